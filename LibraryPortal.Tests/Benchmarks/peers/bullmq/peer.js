// Enqueues and drains no-op jobs with BullMQ and prints one line of JSON.
// usage: node peer.js PORT JOBS SLOTS WARMUPS WARMUPJOBS
import { readFileSync } from "node:fs";
import { Queue, Worker } from "bullmq";

const [port, jobs, slots, warmUps, warmUpJobs] = process.argv.slice(2).map(Number);
const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
const keepNothing = { removeOnComplete: true, removeOnFail: true };
const rate = (count, milliseconds) => Math.round((count * 1000) / milliseconds);

async function timed(count, work) {
  const queue = new Queue("noop", { connection, defaultJobOptions: keepNothing });
  await queue.waitUntilReady();
  await queue.obliterate({ force: true });
  const from = performance.now();
  await work(queue);
  const result = rate(count, performance.now() - from);
  await queue.close();
  return result;
}

const addMany = (count) => async (queue) => {
  for (let at = 0; at < count; at += 1000) {
    const chunk = Math.min(1000, count - at);
    await queue.addBulk(Array.from({ length: chunk }, (_, i) => ({ name: "noop", data: { n: at + i } })));
  }
};

const addByCallers = (count, callers) => async (queue) => {
  let next = 0;
  const caller = async () => {
    while (next < count) await queue.add("noop", { n: next++ });
  };
  await Promise.all(Array.from({ length: callers }, caller));
};

// From the first job taken to the last acknowledged completion.
const drainAll = (count) =>
  new Promise((resolve) => {
    let left = count;
    let from;
    const worker = new Worker("noop", async () => { from ??= performance.now(); }, { connection, concurrency: slots });
    worker.on("completed", async () => {
      if (--left > 0) return;
      const result = rate(count, performance.now() - from);
      await worker.close();
      resolve(result);
    });
  });

// The same phases with the same shares of the jobs as `LibraryPortal bench queue` has in a round.
async function round(count) {
  const bulk = await timed(count, addMany(count));
  const drain = await drainAll(count);
  const half = Math.floor(count / 2);
  const callers64 = await timed(half, addByCallers(half, 64));
  const alone = Math.min(10000, Math.floor(count / 20));
  const one = await timed(alone, addByCallers(alone, 1));
  return { bulk, drain, callers64, one };
}

// What is hot is to be compiled before anything counts.
for (let turn = 0; turn < warmUps; turn++) await round(Math.min(warmUpJobs, jobs));
const figures = await round(jobs);
const { version } = JSON.parse(readFileSync(new URL("./node_modules/bullmq/package.json", import.meta.url)));
console.log(JSON.stringify({ peer: `BullMQ ${version}`, runtime: `Node ${process.versions.node}`, jobs, slots: `${slots} in one process`, ...figures }));
process.exit(0);
