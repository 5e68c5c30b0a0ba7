import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { BenchProcess, PreparedWork } from "../../bench/harness/bench.ts";
import { checkAlike } from "../../bench/harness/check-alike.ts";
import { runBench } from "../../bench/harness/run-bench.ts";
import { writeColumns } from "../../bench/harness/write-columns.ts";

const script = "../test/bench/fixture.ts";
const work = { rows: 3 };

function saying(seconds: number, rows = 3, more: Partial<BenchProcess> = {}): BenchProcess {
  return { script, input: { seconds, peakMemory: 1000 * seconds, version: "1", checks: { rows } }, ...more };
}

test("a ratio is the peer's seconds over ours", async () => {
  const order: string[] = [];
  const result = await runBench(
    [{ name: "one", work, ours: saying(2), peers: { quick: saying(1), slow: saying(6) } }],
    { name: "fixture", runs: 2, onProcess: (name, run) => order.push(`${name} ${run}`) },
  );
  assert.deepEqual(result.ratio, { quick: 0.5, slow: 3 });
  assert.deepEqual(result.ours, { seconds: 2, runs: [2, 2], peakMemory: 2000, version: "1" });
  assert.deepEqual([result.bench, result.work], ["fixture", work]);
  assert.deepEqual(order, ["ours 0", "quick 0", "slow 0", "ours 1", "quick 1", "slow 1"]);
});

test("two processes with different results give no figures", async () => {
  const bench = { name: "one", work, ours: saying(2), peers: { other: saying(1, 4) } };
  await assert.rejects(
    runBench([bench], { name: "fixture", runs: 1 }),
    /other has another result: {"rows":4}; expected {"rows":3}/,
  );
});

test("a process that fails gives no figures", async () => {
  const bench = { name: "one", work, ours: { script, input: {} }, peers: {} };
  await assert.rejects(runBench([bench], { name: "fixture", runs: 1 }), /ours .* ended with 7/);
});

test("a peer that needs more memory than is free is left out and said to be", async () => {
  const peers = { greedy: saying(1, 3, { memoryNeeded: 1e18 }) };
  const result = await runBench([{ name: "one", work, ours: saying(2), peers }], { name: "fixture", runs: 1 });
  assert.deepEqual(result.ratio, {});
  assert.match(JSON.stringify(result.peers), /"greedy":{"skipped":"needs/);
});

test("a bench of several works has the ratios of all their peers, and each work's own figures", async () => {
  const works: PreparedWork[] = [
    { name: "short", work, ours: saying(2), peers: { quick: saying(1) } },
    { name: "long", work: { rows: 9 }, ours: saying(10), peers: { slow: saying(30) } },
  ];
  const result = await runBench(works, { name: "fixture", runs: 1 });
  assert.deepEqual(result.ratio, { quick: 0.5, slow: 3 });
  assert.deepEqual(result.ours.seconds, 2);
  assert.deepEqual(
    Object.entries(result.works ?? {}).map(([name, { ours, work }]) => [name, ours.seconds, work["rows"]]),
    [
      ["short", 2, 3],
      ["long", 10, 9],
    ],
  );
});

test("numbers of two processes may differ by rounding and by nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-bench-"));
  try {
    const file = (name: string, values: readonly number[]) =>
      writeColumns(join(folder, name), ["a", "b"], pair(values));
    const pair = (values: readonly number[]) => [Float32Array.from(values), Float32Array.of(Infinity, Number.NaN, 0)];
    const ours = await file("ours", [1000, Number.NaN, 1]);
    await checkAlike("peer", await file("alike", [1000.001, Number.NaN, 1.005]), ours);
    const others = { far: [1000, Number.NaN, 1.02], missing: [Number.NaN, Number.NaN, 1], found: [1000, 5, 1] };
    for (const [name, values] of Object.entries(others)) {
      const columns = await file(name, values);
      await assert.rejects(checkAlike("peer", columns, ours), /peer has another a in row [012]/, name);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
