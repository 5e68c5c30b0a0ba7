import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR, parseInstant } from "../../src/core/time.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { instants } from "../labels/build-fleet.ts";
import { buildRows, cutoffsOf, named } from "./build-rows.ts";

const options = { seed: 1, horizon: 5 };

test("training cutoffs lie before the instant, evaluation cutoffs a horizon after it", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 3"], horizon: 5 });
  const [fold] = splitRows(byTime(10), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.train), instants(0, 9));
  assert.deepEqual(cutoffsOf(rows, fold.evaluate), instants(15, 30));
  assert.equal(fold.skipped, undefined);
});

test("a row at the instant itself neither trains nor is evaluated, also where no row lies a horizon after it", () => {
  const rows = buildRows({ cutoffs: { m: [8, 9, 10, 12, 18, 20] }, fails: ["m 8"], horizon: 5 });
  const [fold] = splitRows(byTime(10), rows, options);
  assert.deepEqual(
    [cutoffsOf(rows, fold.train), cutoffsOf(rows, fold.evaluate)],
    [
      [8, 9],
      [18, 20],
    ],
  );
});

test("an embargo comes on top of the horizon", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 3"], horizon: 5 });
  const [fold] = splitRows(byTime(10, { embargo: "3c" }), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.train), instants(0, 9));
  assert.deepEqual(cutoffsOf(rows, fold.evaluate), instants(18, 30));
});

test("a training row whose label became known after the first evaluation cutoff goes", () => {
  const ends = { "m 3": 14, "m 4": 15, "m 5": 40 };
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 3"], horizon: 5, ends });
  const [fold] = splitRows(byTime(10), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.train), [0, 1, 2, 3, 6, 7, 8, 9]);
});

test("uncapped lives train only where they ended before the instant", () => {
  const ends = Object.fromEntries(instants(0, 30).map((t) => [`m ${t}`, t < 6 ? 6 : 25]));
  const rows = buildRows({ cutoffs: { m: instants(0, 24) }, fails: instants(0, 24).map((t) => `m ${t}`), ends });
  const [fold] = splitRows(byTime(10), rows, { seed: 1, horizon: 0 });
  assert.deepEqual(cutoffsOf(rows, fold.train), instants(0, 5));
  assert.deepEqual(cutoffsOf(rows, fold.evaluate), instants(10, 24));
});

test("an evaluation window may reach back over training rows", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 3"], horizon: 5, lookback: 20 });
  assert.equal(splitRows(byTime(10), rows, options)[0].train.length, 10);
});

test("censored rows are in no fold", () => {
  const censored = ["m 2", "m 20"];
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 3"], censored, horizon: 5 });
  const [fold] = splitRows(byTime(10), rows, options);
  assert.deepEqual(
    [...named(rows, fold.train), ...named(rows, fold.evaluate)].filter((row) => censored.includes(row)),
    [],
  );
});

test("a fold without a failure in training is skipped with its reason, an empty evaluation likewise", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 12", "m 20"], horizon: 5 });
  assert.equal(splitRows(byTime(10), rows, options)[0].skipped, "no failure in training");
  assert.equal(splitRows(byTime(28), rows, options)[0].skipped, "no row to evaluate");
});

test("an instant is read as UTC and names its fold", () => {
  const day = parseInstant("2015-03-01", "timestamp");
  const cutoffs = { m: instants(-2, 3).map((i) => day + i * MICROS_PER_HOUR) };
  const rows = buildRows({ time: "timestamp", cutoffs, fails: [`m ${cutoffs.m[0]}`], horizon: MICROS_PER_HOUR });
  const [fold] = splitRows(byTime("2015-03-01"), rows, { seed: 1, horizon: MICROS_PER_HOUR });
  assert.deepEqual([...fold.train], [0, 1]);
  assert.deepEqual([...fold.evaluate], [3, 4, 5]);
  assert.equal(fold.name, "at 2015-03-01T00:00:00Z");
});
