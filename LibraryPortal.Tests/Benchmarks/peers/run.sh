#!/usr/bin/env bash
# Runs the same work, jobs that do nothing, on this engine and on BullMQ, Sidekiq and Celery: one redis-server, in turn, several rounds, medians. Prints a table.
#   run.sh [--rounds N] [--jobs N] [--slots N] [--aof] [--install]
# With --aof the server keeps an append-only file, written to disk every second.
# Installs what is missing with apt (redis-server, nodejs, npm, celery, sidekiq) and npm (bullmq, into an ignored folder) when run with --install.
# PEERS_WRAP is a command put before each measurement, such as one that waits for the machine to be free.
# All get as many jobs, in the same shares (half of them by 64 callers, a twentieth by one), save Celery, as it would need minutes: it gets a twentieth of the jobs, all of which one caller
# sends, and then half as many by 64. What compiles as it runs (this engine, BullMQ) is warmed up first, by the same five rounds. A drain counts from the first job taken, so that
# nobody's start is measured, to the last that ended: acknowledged by the store, or, with Sidekiq, which acknowledges nothing, run.
# Slots: as many as asked for, in one process; Celery, whose slots are processes, gets one for each core.
set -euo pipefail
cd "$(dirname "$0")"
rounds=3 jobs=200000 slots=64 aof=no install=
# As in Hosting/Bench/QueueBench.cs.
warm_ups=5 warm_up_jobs=60000
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift ;;
    --jobs) jobs=$2; shift ;;
    --slots) slots=$2; shift ;;
    --aof) aof=yes ;;
    --install) install=1 ;;
    *) echo "Unknown: $1" >&2; exit 2 ;;
  esac
  shift
done
root=$(cd ../../.. && pwd)

need() {
  command -v "$1" > /dev/null && return
  [ -n "$install" ] || { echo "'$1' is missing: run this with --install, or install $2." >&2; exit 1; }
  local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${@:2}" > /dev/null
}
need redis-server redis-server
need node nodejs npm
need celery celery python3-redis
need sidekiq ruby-sidekiq
python=
for candidate in python3 /usr/bin/python3; do
  [ -z "$python" ] && "$candidate" -c 'import celery, redis' 2> /dev/null && python=$candidate
done
[ -n "$python" ] || { echo "No python3 here has the modules celery and redis." >&2; exit 1; }
[ -d bullmq/node_modules ] || (cd bullmq && npm install --silent --no-audit --no-fund --no-package-lock > /dev/null)
program=$root/LibraryPortal/bin/Release/net10.0/LibraryPortal.dll

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Always: what lies there may be older than the source.
dotnet build -c Release "$root/LibraryPortal/LibraryPortal.csproj" -v q -nologo > "$work/build" || { cat "$work/build" >&2; exit 1; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --dir "$work" --save "" --appendonly "$aof" --appendfsync everysec --daemonize no > /dev/null &
server=$!
trap 'kill $server 2> /dev/null || true; wait $server 2> /dev/null || true; rm -rf "$work"' EXIT
until redis-cli -p "$port" ping > /dev/null 2>&1; do sleep 0.1; done

one() {
  local name=$1; shift
  redis-cli -p "$port" flushall > /dev/null
  if ! ${PEERS_WRAP:-} timeout 600 "$@" > "$work/out" 2> "$work/errors"; then
    echo "$name failed: $(tail -n 3 "$work/errors")" >&2
    return
  fi
  if [ "$name" = ours ]; then tr -d '\n' < "$work/out" >> "$work/ours"; echo >> "$work/ours"
  else tail -n 1 "$work/out" >> "$work/$name"; fi
}
for round in $(seq "$rounds"); do
  echo "round $round of $rounds" >&2
  one ours dotnet "$program" bench queue --store redis --redis "127.0.0.1:$port" --jobs "$jobs" --concurrency "$slots" --brief --json
  one bullmq node bullmq/peer.js "$port" "$jobs" "$slots" "$warm_ups" "$warm_up_jobs"
  one sidekiq ruby sidekiq_peer.rb "$port" "$jobs" "$slots"
  one celery "$python" celery_peer.py "$port" "$((jobs / 20))" "$(nproc)"
done

python3 - "$work" "$rounds" << 'PY'
import json, os, platform, statistics, sys, time
work, rounds = sys.argv[1:]

def rows(name):
    path = os.path.join(work, name)
    return [json.loads(line) for line in open(path)] if os.path.exists(path) else []

def median(rows, read):
    values = [value for value in map(read, rows) if value]
    return statistics.median(values) if values else None

KEYS = ("bulk", "callers64", "one", "drain")
ours = rows("ours")
table = {}
if ours:
    table["LibraryPortal"] = {
        "runtime": ours[0]["machine"].rsplit(", ", 1)[-1], "jobs": ours[0]["jobs"], "slots": f'{ours[0]["concurrency"]} in one process',
        "bulk": median(ours, lambda r: r["enqueueBulk"]["rate"]), "callers64": median(ours, lambda r: r["enqueueCallers"]["rate"]),
        "one": median(ours, lambda r: r["enqueueOneCaller"]["rate"]), "drain": median(ours, lambda r: r["drain"]["rate"])}
for name in ("bullmq", "sidekiq", "celery"):
    found = rows(name)
    if found:
        table[found[0]["peer"]] = {key: found[0][key] for key in ("runtime", "jobs", "slots")} | {key: median(found, lambda r, key=key: r.get(key)) for key in KEYS if key in found[0]}

# A peer leaves out what it has no call for.
def cell(figures, key, base):
    if key not in figures:
        return "has none"
    value = figures[key]
    if not value:
        return "not measured"
    return f"{value / 1000:,.1f} k/s" + (f" (×{base / value:,.1f})" if base and base != value else "")

server = ours[0]["server"] if ours else "Redis"
load = os.getloadavg()[0]
print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.platform(terse=True)}, {server}, medians of {rounds} alternating rounds, "
      f"drains from the first job taken to the last that ended, load average at the end {load:.1f}. In brackets: how many times ours.")
print()
print("| | on | jobs | slots | enqueue in bulk | 64 callers | one caller | drain |")
print("| --- | --- | --- | --- | --- | --- | --- | --- |")
for name, figures in table.items():
    base = table.get("LibraryPortal", {}) if name != "LibraryPortal" else {}
    about = [name, figures["runtime"], f'{figures["jobs"]:,}', figures["slots"]]
    print("| " + " | ".join(about + [cell(figures, key, base.get(key)) for key in KEYS]) + " |")
PY
