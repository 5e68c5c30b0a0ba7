import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { instants } from "../labels/build-fleet.ts";
import { buildRows, machinesOf } from "./build-rows.ts";

const names = [..."abcdefghij"];
const fleet = (failing: string) =>
  buildRows({
    cutoffs: Object.fromEntries(names.map((name) => [name, instants(0, 3)])),
    fails: [...failing].map((m) => `${m} 1`),
  });
const failingAmong = (machines: string[], failing: string) => machines.filter((name) => failing.includes(name)).length;

test("machines are whole: none is in training and evaluation of one fold, each is evaluated once", () => {
  const rows = fleet("abcde");
  const folds = splitRows(byMachine({ folds: 3 }), rows, { seed: 7, horizon: 1 });
  assert.deepEqual(folds.flatMap((fold) => machinesOf(rows, fold.evaluate)).sort(), names);
  for (const fold of folds) {
    assert.deepEqual([...machinesOf(rows, fold.train), ...machinesOf(rows, fold.evaluate)].sort(), names);
  }
  assert.deepEqual(
    folds.map((fold) => fold.name),
    ["machines 1 of 3", "machines 2 of 3", "machines 3 of 3"],
  );
});

test("machines that fail are spread evenly over the folds", () => {
  for (let seed = 0; seed < 20; seed++) {
    const rows = fleet("abcdef");
    const folds = splitRows(byMachine({ folds: 3 }), rows, { seed, horizon: 1 });
    const evaluated = folds.map((fold) => machinesOf(rows, fold.evaluate));
    assert.deepEqual(
      evaluated.map((machines) => failingAmong(machines, "abcdef")),
      [2, 2, 2],
    );
    assert.deepEqual(
      evaluated.map((machines) => machines.length),
      [4, 3, 3],
    );
  }
});

test("the seed decides who is held out", () => {
  const rows = fleet("abcdef");
  const heldOut = (seed: number) =>
    machinesOf(rows, splitRows(byMachine({ share: 0.3 }), rows, { seed, horizon: 1 })[0].evaluate).join("");
  assert.equal(heldOut(3), heldOut(3));
  assert.ok(new Set(instants(0, 9).map(heldOut)).size > 5);
});

test("a share of all machines and of those that fail is held out", () => {
  for (let seed = 0; seed < 20; seed++) {
    const rows = fleet("abcdef");
    const [fold] = splitRows(byMachine({ share: 0.5 }), rows, { seed, horizon: 1 });
    const heldOut = machinesOf(rows, fold.evaluate);
    assert.deepEqual([heldOut.length, failingAmong(heldOut, "abcdef")], [5, 3]);
  }
});

test("the only machine that fails is trained on, of two one is held out", () => {
  for (let seed = 0; seed < 20; seed++) {
    for (const failing of ["c", "ch"]) {
      const rows = fleet(failing);
      const [fold] = splitRows(byMachine({ share: 0.2 }), rows, { seed, horizon: 1 });
      assert.equal(fold.skipped, undefined);
      assert.equal(failingAmong(machinesOf(rows, fold.train), failing), 1);
      assert.equal(machinesOf(rows, fold.evaluate).length, 2);
    }
  }
});

test("one machine alone can't be held out: the fold is skipped", () => {
  const rows = buildRows({ cutoffs: { a: [1, 2] }, fails: ["a 1"] });
  assert.equal(splitRows(byMachine({ share: 0.5 }), rows, { seed: 1, horizon: 1 })[0].skipped, "no row to evaluate");
  assert.equal(splitRows(byMachine({ folds: 5 }), rows, { seed: 1, horizon: 1 })[0].skipped, "no failure in training");
});

test("byMachine takes a share or a number of folds", () => {
  const bad = [{}, { share: 0 }, { share: 1 }, { folds: 1 }, { folds: 2.5 }, { share: 0.5, folds: 2 }];
  for (const options of bad) {
    assert.throws(
      () => byMachine(options as { folds: number }),
      (error) => error instanceof ForewarnError && error.code === "PIPELINE_SPLIT",
    );
  }
});
