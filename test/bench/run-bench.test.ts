import assert from "node:assert/strict";
import { test } from "node:test";
import type { BenchProcess } from "../../bench/harness/bench.ts";
import { runBench } from "../../bench/harness/run-bench.ts";

const script = "../test/bench/fixture.ts";
const work = { rows: 3 };

function saying(seconds: number, rows = 3, more: Partial<BenchProcess> = {}): BenchProcess {
  return { script, input: { seconds, peakMemory: 1000 * seconds, version: "1", checks: { rows } }, ...more };
}

test("a ratio is the peer's seconds over ours", async () => {
  const order: string[] = [];
  const result = await runBench(
    { work, ours: saying(2), peers: { quick: saying(1), slow: saying(6) } },
    { name: "fixture", runs: 2, onProcess: (name, run) => order.push(`${name} ${run}`) },
  );
  assert.deepEqual(result.ratio, { quick: 0.5, slow: 3 });
  assert.deepEqual(result.ours, { seconds: 2, runs: [2, 2], peakMemory: 2000, version: "1" });
  assert.deepEqual([result.bench, result.work], ["fixture", work]);
  assert.deepEqual(order, ["ours 0", "quick 0", "slow 0", "ours 1", "quick 1", "slow 1"]);
});

test("two processes with different results give no figures", async () => {
  const bench = { work, ours: saying(2), peers: { other: saying(1, 4) } };
  await assert.rejects(
    runBench(bench, { name: "fixture", runs: 1 }),
    /other has another result: {"rows":4}; expected {"rows":3}/,
  );
});

test("a process that fails gives no figures", async () => {
  const bench = { work, ours: { script, input: {} }, peers: {} };
  await assert.rejects(runBench(bench, { name: "fixture", runs: 1 }), /ours .* ended with 7/);
});

test("a peer that needs more memory than is free is left out and said to be", async () => {
  const peers = { greedy: saying(1, 3, { memoryNeeded: 1e18 }) };
  const result = await runBench({ work, ours: saying(2), peers }, { name: "fixture", runs: 1 });
  assert.deepEqual(result.ratio, {});
  assert.match(JSON.stringify(result.peers), /"greedy":{"skipped":"needs/);
});
