import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFold } from "../../src/check/check-splits.ts";
import { CENSORED, FAILS, HEALTHY } from "../../src/labels/labels.ts";
import type { SplitRows } from "../../src/splits/rows.ts";

/** Ten rows at cycles 0 to 9, alternately of machines m and n; windows reach 1 back, labels 2 ahead. */
const rows: SplitRows = {
  time: "cycles",
  cutoffs: {
    machines: ["m", "n"],
    machine: Uint32Array.from({ length: 10 }, (_, row) => row % 2),
    cutoff: Float64Array.from({ length: 10 }, (_, row) => row),
  },
  state: Uint8Array.from({ length: 10 }, (_, row) => (row === 9 ? CENSORED : row % 3 === 0 ? FAILS : HEALTHY)),
  windowStart: Float64Array.from({ length: 10 }, (_, row) => row - 1),
  labelEnd: Float64Array.from({ length: 10 }, (_, row) => row + 2),
};
const fold = (train: number[], evaluate: number[]) => ({
  name: "f",
  train: Uint32Array.from(train),
  evaluate: Uint32Array.from(evaluate),
});
const reasons = (train: number[], evaluate: number[], apart: ("time" | "machines")[], embargo = 0) =>
  checkFold(rows, fold(train, evaluate), { apart, embargo }).map(({ reason, rows, cutoff }) => [reason, rows, cutoff]);

test("a training label that ends before the first evaluation cutoff is clear of it, one that reaches it is not", () => {
  assert.deepEqual(reasons([0, 1, 2], [5, 6], ["time"]), []);
  assert.deepEqual(reasons([0, 1, 2, 3], [5, 6], ["time"]), [["overlaps an evaluation label", 1, 3]]);
  assert.deepEqual(checkFold(rows, fold([3], [5, 6]), { apart: ["time"], embargo: 0 })[0], {
    leak: "split",
    fold: "f",
    reason: "overlaps an evaluation label",
    rows: 1,
    machine: "n",
    cutoff: 3,
    interval: [2, 5],
    evaluation: [5, 8],
  });
});

test("a training row after evaluation starts its window where the last evaluation label ends, or later", () => {
  assert.deepEqual(reasons([0, 5], [2], ["time"]), [["overlaps an evaluation label", 1, 0]]);
  assert.deepEqual(reasons([5], [2], ["time"]), []);
  assert.deepEqual(reasons([4], [2], ["time"]), [["overlaps an evaluation label", 1, 4]]);
});

test("the embargo is kept", () => {
  assert.deepEqual(reasons([0, 1, 2], [6, 7], ["time"], 2), [["within the embargo", 1, 2]]);
  assert.deepEqual(reasons([0, 1], [6, 7], ["time"], 2), []);
});

test("apart by machines, times may overlap, machines may not", () => {
  assert.deepEqual(reasons([0, 2, 4], [1, 3, 5], ["machines"]), []);
  assert.deepEqual(reasons([0, 2, 3], [1, 5], ["machines"]), [["machine in both parts", 1, 3]]);
});

test("a row in both parts, a censored row, and a row outside the outer training are found", () => {
  assert.deepEqual(reasons([0, 1], [1, 7], ["time"])[0], ["row in both parts", 1, 1]);
  assert.deepEqual(reasons([0], [8, 9], ["time"]), [["censored row", 1, 9]]);
  const inner = checkFold(rows, fold([0], [5, 7]), { apart: ["time"], embargo: 0, within: Uint32Array.of(0, 5) });
  assert.deepEqual(
    inner.map(({ reason, cutoff }) => [reason, cutoff]),
    [["row outside training", 7]],
  );
});
