import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { given } from "../../src/splits/given.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { instants } from "../labels/build-fleet.ts";
import { buildRows, named } from "./build-rows.ts";

const options = { seed: 1, horizon: 0 };
const cutoffs = { "train-1": [1, 2], "train-2": [1], "test-1": [1, 2, 3], "test-2": [1, 2], other: [5] };
const rows = buildRows({ cutoffs, fails: ["train-1 2"], censored: ["test-2 2"] });

test("machines train and evaluate as their names say, others do neither", () => {
  const [fold] = splitRows(given({ train: "train-*", evaluate: "test-*" }), rows, options);
  assert.deepEqual(named(rows, fold.train), ["train-1 1", "train-1 2", "train-2 1"]);
  assert.deepEqual(named(rows, fold.evaluate), ["test-1 1", "test-1 2", "test-1 3", "test-2 1"]);
});

test('"last" evaluates each machine\'s last known row only', () => {
  const [fold] = splitRows(given({ train: "train-*", evaluate: "test-*", cutoffs: "last" }), rows, options);
  assert.deepEqual(named(rows, fold.evaluate), ["test-1 3", "test-2 1"]);
});

test("nothing in a glob is special but the star", () => {
  const named = buildRows({ cutoffs: { "a.1": [1], ab1: [1], "(b)+": [1] }, fails: ["a.1 1"] });
  const [fold] = splitRows(given({ train: "a.*", evaluate: "(b)+" }), named, options);
  assert.deepEqual([fold.train.length, fold.evaluate.length], [1, 1]);
});

test("a glob that matches no machine, or a machine that matches both, is an error", () => {
  const refused = (train: string, evaluate: string) =>
    assert.throws(
      () => splitRows(given({ train, evaluate }), rows, options),
      (error) => error instanceof ForewarnError && error.code === "PIPELINE_SPLIT_MACHINES",
    );
  refused("train-*", "tset-*");
  refused("t*", "test-*");
});

test("training without a failure is skipped", () => {
  const healthy = buildRows({ cutoffs: { "train-1": instants(1, 3), "test-1": [1] }, fails: ["test-1 1"] });
  const [fold] = splitRows(given({ train: "train-*", evaluate: "test-*" }), healthy, options);
  assert.equal(fold.skipped, "no failure in training");
});
