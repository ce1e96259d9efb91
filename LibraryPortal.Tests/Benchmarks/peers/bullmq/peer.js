// Enqueues and drains no-op jobs with BullMQ and prints one line of JSON.
// usage: node peer.js PORT JOBS SLOTS
import { Queue, Worker } from "bullmq";

const [port, jobs, slots] = process.argv.slice(2).map(Number);
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

// What is hot is to be compiled before anything counts.
const warmUp = Math.min(jobs, 10000);
await timed(warmUp, addMany(warmUp));
await drainAll(warmUp);

const bulk = await timed(jobs, addMany(jobs));
const drain = await drainAll(jobs); // those of the bulk

const few = Math.min(jobs, 20000);
const callers = await timed(few, async (queue) => {
  let next = 0;
  const caller = async () => {
    while (next < few) await queue.add("noop", { n: next++ });
  };
  await Promise.all(Array.from({ length: 64 }, caller));
});
const one = await timed(few / 4, async (queue) => {
  for (let n = 0; n < few / 4; n++) await queue.add("noop", { n });
});

console.log(JSON.stringify({ peer: "BullMQ 6.7.0", jobs, slots, bulk, callers64: callers, one, drain }));
process.exit(0);
