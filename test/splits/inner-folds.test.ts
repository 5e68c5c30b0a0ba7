import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { innerFolds } from "../../src/splits/inner-folds.ts";
import { instants } from "../labels/build-fleet.ts";
import { buildRows, cutoffsOf, machinesOf } from "./build-rows.ts";

const hours = (from: number, to: number) => instants(from, to).map((i) => i * MICROS_PER_HOUR);
const names = [..."abcd"];
const fleet = (time: "timestamp" | "cycles") => {
  const cutoffs = Object.fromEntries(
    names.map((name) => [name, time === "timestamp" ? hours(0, 200) : instants(0, 200)]),
  );
  return buildRows({
    time,
    cutoffs,
    fails: names.flatMap((name) => cutoffs[name].slice(10, 20).map((t) => `${name} ${t}`)),
    horizon: 5 * (time === "timestamp" ? MICROS_PER_HOUR : 1),
  });
};

test("forward splits in timestamps have forward inner folds over the last 60 % of the training span, in its rows alone", () => {
  const rows = fleet("timestamp");
  const train = Uint32Array.from(rows.cutoffs.cutoff.keys()).filter(
    (row) => rows.cutoffs.cutoff[row] <= 100 * MICROS_PER_HOUR,
  );
  const folds = innerFolds(byTime("1970-01-06"), rows, train, { seed: 1, folds: 3 });
  assert.deepEqual(
    folds.map((fold) => cutoffsOf(rows, fold.evaluate)),
    [hours(41, 60), hours(61, 80), hours(81, 100)],
  );
  assert.deepEqual(
    folds.map((fold) => cutoffsOf(rows, fold.train)),
    [hours(0, 35), hours(0, 55), hours(0, 75)],
  );
});

test("inner folds keep the split's embargo", () => {
  const rows = fleet("timestamp");
  const train = Uint32Array.from(rows.cutoffs.cutoff.keys());
  const [fold] = innerFolds(byTime("1970-01-20", { embargo: "10h" }), rows, train, { seed: 1, folds: 1 });
  assert.deepEqual(cutoffsOf(rows, fold.evaluate), hours(81, 200));
  assert.deepEqual(cutoffsOf(rows, fold.train), hours(0, 65));
});

test("splits by machine, and counters, have inner folds of whole machines", () => {
  for (const [spec, rows] of [
    [byMachine({ folds: 5 }), fleet("timestamp")],
    [byTime(150), fleet("cycles")],
  ] as const) {
    const train = Uint32Array.from(rows.cutoffs.cutoff.keys()).filter((row) => rows.cutoffs.machine[row] !== 2);
    const folds = innerFolds(spec, rows, train, { seed: 1, folds: 3 });
    assert.deepEqual(folds.flatMap((fold) => machinesOf(rows, fold.evaluate)).sort(), ["a", "b", "d"]);
    for (const fold of folds) assert.equal(fold.train.length + fold.evaluate.length, train.length);
  }
});
