import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkers, type WorkerPool } from "../../src/core/worker-pool.ts";

const script = new URL("./support/echo-worker.ts", import.meta.url);

async function withPool(use: (pool: WorkerPool) => Promise<void>, signal?: AbortSignal): Promise<void> {
  const pool = openWorkers(script, { workers: 2, data: (worker) => `worker ${worker}`, signal });
  try {
    await use(pool);
  } finally {
    await pool.close();
  }
}

test("each message is answered by the worker it is sent to, in order", async () => {
  await withPool(async (pool) => {
    const answers = await Promise.all([pool.ask(0, 1), pool.ask(1, 2), pool.ask(0, 3)]);
    assert.deepEqual(answers, [
      ["worker 0", 1],
      ["worker 1", 2],
      ["worker 0", 3],
    ]);
  });
});

test("a worker that fails or ends fails all that is asked, and what is asked later", async () => {
  await withPool(async (pool) => {
    const waiting = assert.rejects(pool.ask(1, "wait"), /asked to fail/);
    await assert.rejects(pool.ask(0, "fail"), /asked to fail/);
    await waiting;
    await assert.rejects(pool.ask(1, 1), /asked to fail/);
  });
  await withPool(async (pool) => {
    await assert.rejects(pool.ask(0, "end"), /ended with code 0/);
  });
});

test("an abort rejects with its reason, also before anything is asked", async () => {
  const controller = new AbortController();
  await withPool(async (pool) => {
    const asked = assert.rejects(pool.ask(0, "wait"), /enough/);
    controller.abort(new Error("enough"));
    await asked;
  }, controller.signal);
  await withPool(async (pool) => {
    await assert.rejects(pool.ask(0, 1), /enough/);
  }, controller.signal);
});
