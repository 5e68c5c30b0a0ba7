import assert from "node:assert/strict";
import { test } from "node:test";
import type { Predictions } from "../../src/evaluation/predictions.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { compareWithAlias } from "../../src/pipeline/compare-alias.ts";
import type { TrainedLearner } from "../../src/pipeline/learn-stages.ts";
import type { PipelineOptions } from "../../src/pipeline/options.ts";
import { notWorseThan } from "../../src/registry/gates.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { withPublished } from "../scoring/published.ts";
import { smallFleet } from "./support/small-fleet.ts";

interface Evaluated {
  /** Cycles of machine b, in order. */
  cutoffs: readonly number[];
  /** The fold of each, from 0. */
  fold?: readonly number[];
  /** Until which cycle each fold's model, and the alias's, was trained. */
  foldsTrainedUntil: readonly number[];
  aliasTrainedUntil: number;
}

/** A candidate with predictions for some cutoffs of machine b, which fails at cycle 30, held against "production". */
async function compared(given: Evaluated) {
  const { cutoffs, fold = cutoffs.map(() => 0), foldsTrainedUntil, aliasTrainedUntil } = given;
  let comparison: Awaited<ReturnType<typeof compareWithAlias>>;
  const action: Parameters<typeof withPublished>[1] = async ({ registry, fleet, manifest }) => {
    const predictions: Predictions = {
      task: { kind: "binary" },
      time: "cycles",
      rows: {
        machines: fleet.machines,
        machine: new Uint32Array(cutoffs.length).fill(1),
        cutoff: Float64Array.from(cutoffs),
      },
      fold: Uint16Array.from(fold),
      target: Float64Array.from(cutoffs, (cutoff) => (cutoff >= 25 && cutoff < 30 ? 1 : 0)),
      predicted: new Float32Array(cutoffs.length).fill(0.5),
      score: new Float64Array(cutoffs.length),
    };
    const candidate: TrainedLearner = {
      spec: gbdt(),
      folds: foldsTrainedUntil.map((trainedUntil, i) => ({
        name: `fold ${i}`,
        trained: 1,
        evaluated: 1,
        part: { featurizer: {}, model: {}, threshold: 0, trainedUntil },
      })),
      predictions,
      settled: null,
    };
    comparison = await compareWithAlias("production", {
      registry,
      options: { name: "press", label: manifest.label, features: [] as PipelineOptions["features"] } as PipelineOptions,
      data: { fleet, sources: [] },
      history: buildHistory(fleet, manifest.label),
      candidate,
      part: null,
      threads: 1,
    });
  };
  await withPublished({ kind: "binary" }, action, { trainedUntil: aliasTrainedUntil });
  assert.ok(comparison !== undefined);
  return comparison;
}

test("a failure counts in a comparison where a row compared lies in the horizon before it, not where rows lie only after it", async () => {
  const never = { foldsTrainedUntil: [0], aliasTrainedUntil: 0 };
  assert.equal((await compared({ ...never, cutoffs: [20, 25, 29] })).failures, 1);
  assert.equal((await compared({ ...never, cutoffs: [20, 24] })).failures, 0, "the horizon is 5 cycles");
  assert.equal((await compared({ ...never, cutoffs: [20, 30, 31, 34] })).failures, 0, "at and after the failure");
});

test("rows that either model may know from training are not compared", async () => {
  const cutoffs = [25, 27];
  const both = async (fold: number, alias: number) =>
    (await compared({ cutoffs, foldsTrainedUntil: [fold], aliasTrainedUntil: alias })).failures;
  assert.equal(await both(26, 26), 1, "27 is new to both");
  assert.equal(await both(27, 0), 0, "the candidate's fold knows both");
  assert.equal(await both(0, 27), 0, "the alias's model knows both");
  const ofFolds = (fold: readonly number[]) =>
    compared({ cutoffs, fold, foldsTrainedUntil: [30, 20], aliasTrainedUntil: 0 });
  assert.equal((await ofFolds([0, 0])).failures, 0);
  assert.equal((await ofFolds([0, 1])).failures, 1, "each row is held against its own fold");
});

test("a split by machine, whose folds know the whole time span, leaves nothing to compare on", async (context) => {
  const small = await smallFleet(context);
  const publish = { alias: "production", when: [notWorseThan("production")], refit: false };
  const evaluate = { resamples: 20 };
  const learners = [gbdt({ trees: 5, leaves: 4 })];
  await small.run({ publish, evaluate, learners, split: byTime("2025-02-01") });
  const { gates } = await small.run({ publish, evaluate, learners, split: byMachine({ share: 0.5 }) });
  assert.equal(gates[0].verdict, "insufficient", gates[0].text);
});
