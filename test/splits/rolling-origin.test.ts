import assert from "node:assert/strict";
import { test } from "node:test";
import { rollingOrigin } from "../../src/splits/rolling-origin.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { instants } from "../labels/build-fleet.ts";
import { buildRows, cutoffsOf, machinesOf, named } from "./build-rows.ts";

const options = { seed: 1, horizon: 3 };

test("test windows are consecutive, equally long, and the last ends at the fleet's last uncensored cutoff", () => {
  const cutoffs = { m: instants(0, 32), n: instants(0, 20) };
  const rows = buildRows({ cutoffs, fails: ["m 2"], censored: ["m 31", "m 32"], horizon: 3 });
  const folds = splitRows(rollingOrigin({ folds: 2, test: "6c" }), rows, options);
  assert.deepEqual(
    folds.map((fold) => cutoffsOf(rows, fold.evaluate)),
    [instants(19, 24), instants(25, 30)],
  );
  assert.deepEqual(named(rows, folds[0].evaluate).slice(-2), ["n 19", "n 20"], "common to all machines");
  assert.deepEqual(
    folds.map((fold) => fold.name),
    ["18 to 24", "24 to 30"],
  );
});

test("training gives way: its labels end before the first evaluation cutoff", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 2"], horizon: 3 });
  const [fold] = splitRows(rollingOrigin({ folds: 1, test: "6c" }), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.evaluate), instants(25, 30));
  assert.deepEqual(cutoffsOf(rows, fold.train), instants(0, 21), "the label of 21 ends at 24");
});

test("the purge goes by each row's own label, not by the horizon", () => {
  const rows = buildRows({
    cutoffs: { m: instants(0, 30) },
    fails: ["m 2"],
    horizon: 3,
    ends: { "m 5": 25, "m 23": 24 },
  });
  const [fold] = splitRows(rollingOrigin({ folds: 1, test: "6c" }), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.train), [...instants(0, 4), ...instants(6, 21), 23]);
});

test("an embargo moves training away, never the test windows", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 2"], horizon: 3 });
  const [fold] = splitRows(rollingOrigin({ folds: 1, test: "6c", embargo: "4c" }), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.evaluate), instants(25, 30));
  assert.deepEqual(cutoffsOf(rows, fold.train), instants(0, 17));
});

test("with a window training begins that long before the test window", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 2", "m 16"], horizon: 3 });
  const [fold] = splitRows(rollingOrigin({ folds: 1, test: "6c", window: "10c" }), rows, options);
  assert.deepEqual(cutoffsOf(rows, fold.train), instants(15, 21));
});

test("held-out machines are evaluated by models that never saw them, each in one window", () => {
  const cutoffs = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, instants(0, 30)]));
  const rows = buildRows({ cutoffs, fails: ["a 2", "b 2", "c 2", "d 2"], horizon: 3 });
  const folds = splitRows(rollingOrigin({ folds: 2, test: "6c", machines: "held-out" }), rows, options);
  const evaluated = folds.map((fold) => machinesOf(rows, fold.evaluate));
  assert.deepEqual(evaluated.flat().sort(), ["a", "b", "c", "d"]);
  for (const [i, fold] of folds.entries()) {
    assert.deepEqual([...evaluated[i], ...machinesOf(rows, fold.train)].sort(), ["a", "b", "c", "d"]);
  }
});

test("a window before the first failure is skipped and shown", () => {
  const rows = buildRows({ cutoffs: { m: instants(0, 30) }, fails: ["m 20"], horizon: 3 });
  const folds = splitRows(rollingOrigin({ folds: 2, test: "6c" }), rows, options);
  assert.deepEqual(
    folds.map((fold) => fold.skipped),
    ["no failure in training", undefined],
  );
});
