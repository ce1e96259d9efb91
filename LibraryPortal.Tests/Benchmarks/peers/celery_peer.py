"""Enqueues and drains no-op jobs with Celery and prints one line of JSON. It has no call that enqueues many.

usage: celery_peer.py PORT JOBS SLOTS     (SLOTS: worker processes)
"""
import json
import os
import platform
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import celery
import redis

CALLERS = 64
port = os.environ.get("PEER_PORT") or sys.argv[1]
app = celery.Celery("celery_peer", broker=f"redis://127.0.0.1:{port}/0")
# A connection for each caller.
app.conf.update(broker_pool_limit=CALLERS, task_ignore_result=True, task_acks_late=True, worker_prefetch_multiplier=128, worker_hijack_root_logger=False)


@app.task
def noop(n):
    pass


def rate(count, seconds):
    return round(count / seconds)


def drain(store, jobs, slots):
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "celery_peer", "worker", "-c", str(slots), "--without-gossip", "--without-mingle", "-l", "ERROR"],
        cwd=os.path.dirname(os.path.abspath(__file__)), env={**os.environ, "PEER_PORT": port, "C_FORCE_ROOT": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while store.llen("celery") >= jobs:  # the worker still starts
            time.sleep(0.001)
        began = time.perf_counter()
        while store.llen("celery") + store.hlen("unacked") > 0:
            time.sleep(0.005)
        return rate(jobs, time.perf_counter() - began)
    finally:
        worker.terminate()
        worker.wait()


def main():
    jobs, slots = int(sys.argv[2]), int(sys.argv[3])
    store = redis.Redis(port=int(port))
    store.flushall()
    began = time.perf_counter()
    for n in range(jobs):
        noop.delay(n)
    one = rate(jobs, time.perf_counter() - began)
    drained = drain(store, jobs, slots)
    began = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(noop.delay, range(jobs // 2)))
    callers64 = rate(jobs // 2, time.perf_counter() - began)
    print(json.dumps({"peer": f"Celery {celery.__version__}", "runtime": f"Python {platform.python_version()}", "jobs": jobs, "slots": f"{slots} processes", "one": one, "callers64": callers64, "drain": drained}))


if __name__ == "__main__":
    main()
