import assert from "node:assert/strict";
import { test } from "node:test";
import { resultText } from "../../bench/harness/result-text.ts";
import type { BenchResult, WorkResult } from "../../bench/harness/run-bench.ts";

const machine = { processor: "a processor", threads: 2, memory: 1, system: "a system", node: "24" };
const figures = { seconds: 2, runs: [2], peakMemory: 3e6, version: "1" };

/** The table's rows, each as its cells. */
function table(work: WorkResult): string[][] {
  const result: BenchResult = { bench: "fixture", machine, ...work };
  const [, , , , ...lines] = resultText(result).trimEnd().split("\n");
  return lines.map((line) => line.split(/ {2,}/));
}

test("a work with latencies shows each of them, ours beside the peers'", () => {
  const rows = table({
    work: { readings: 1200 },
    ours: { ...figures, microseconds: { median: 7.5, p99: 21 } },
    peers: { slow: { ...figures, seconds: 20, microseconds: { median: 75, p99: 400 } }, absent: { skipped: "why" } },
    ratio: { slow: 10 },
  });
  assert.deepEqual(rows, [
    ["", "seconds", "median µs", "p99 µs", "peak memory", "against ours"],
    ["ours", "2", "7.5", "21", "3 MB"],
    ["slow 1", "20", "75", "400", "3 MB", "10 x"],
    ["absent", "skipped", "why"],
  ]);
});

test("a work without latencies has no column for them", () => {
  const rows = table({ work: { rows: 1200 }, ours: figures, peers: {}, ratio: {} });
  assert.deepEqual(rows, [
    ["", "seconds", "peak memory", "against ours"],
    ["ours", "2", "3 MB"],
  ]);
});
