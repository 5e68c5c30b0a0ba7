/** What no fold may know: the rows it is evaluated on, and anything that happened after its training labels end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalJson } from "../../src/core/json.ts";
import { takeCutoffs } from "../../src/core/matrix.ts";
import { MICROS_PER_HOUR as HOUR } from "../../src/core/time.ts";
import { chooseThreshold } from "../../src/evaluation/choose-threshold.ts";
import { featurize } from "../../src/features/apply.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { featurizerToJson } from "../../src/features/featurizer.ts";
import * as words from "../../src/features/index.ts";
import { gridCutoffs } from "../../src/labels/cutoffs.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelRows } from "../../src/labels/label-rows.ts";
import { observe } from "../../src/labels/observation.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { innerFolds } from "../../src/splits/inner-folds.ts";
import { rollingOrigin } from "../../src/splits/rolling-origin.ts";
import type { SplitSpec } from "../../src/splits/spec.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { trainFolds } from "../../src/training/train-folds.ts";
import type { FittedPart } from "../../src/training/train-part.ts";
import { bitsOf } from "../features/support/compute.ts";
import { type FleetRows, makeFleet } from "../features/support/make-fleet.ts";
import { mixedFates, type Stamp } from "./two-fates.ts";

const every = HOUR;
const horizon = 12 * HOUR;
const label = failsWithin("12h", { of: "failures" });
const learner = gbdt({ trees: 12, leaves: 4, minRows: 5, earlyStopping: 3 });
const features = [
  words.rolling("volt", { over: ["3h", "1d"], stats: ["mean", "slope"], resetOn: "maintenance" }),
  words.lag("volt", { by: "2h" }),
  words.countOf("errors", { over: "12h" }),
  words.timeSince("maintenance"),
  words.usedSince("maintenance"),
  words.scheduleUsed(words.learnedSchedule({ of: "failures", quantile: 0.3 })),
  words.attributes("model", "age"),
];
const splitAt = byTime("1970-01-06T12:00", { embargo: "3h" });
/** The first version alone. */
const always = () => true;

/** All of training for one fold of a split, from the rows of a fleet to a model. */
async function trained(split: SplitSpec, fold: number, rows: FleetRows) {
  const fleet = makeFleet(rows);
  const history = buildHistory(fleet, label);
  const observation = observe(fleet, history, { every });
  const cutoffs = gridCutoffs(fleet, observation, every);
  const labels = labelRows(label, fleet, history, observation, cutoffs);
  const plan = words.planFeatures(features, words.describeFleet(fleet), { every });
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const windowStart = cutoffs.cutoff.map((cutoff) => cutoff - plan.lookback);
  const toSplit = { time: fleet.time, cutoffs, state: labels.state, windowStart, labelEnd: labels.end };
  const folds = splitRows(split, toSplit, { seed: 3, horizon });
  const alarms = { history, cutoffs, every, horizon, leadTime: 2 * HOUR };
  const costs = { missed: 100, falseAlarm: 10, planned: 5 };
  const { folds: fitted, predictions } = await trainFolds(
    learner,
    { fleet, plan, cutoffs, raw, labels },
    [folds[fold]],
    {
      seed: 3,
      threads: 2,
      innerFolds: (train) => innerFolds(split, toSplit, train, { seed: 3, folds: 2 }),
      threshold: (outOfFold) => chooseThreshold({ ...alarms, predictions: outOfFold, costs }).threshold,
    },
  );
  const part = fitted[0].part ?? assert.fail(fitted[0].skipped);
  const firstEvaluated = folds[fold].evaluate.reduce((least, row) => Math.min(least, cutoffs.cutoff[row]), Infinity);
  const heldOut = new Set(Array.from(folds[fold].evaluate, (row) => fleet.machines[cutoffs.machine[row]]));
  return { fleet, cutoffs, part, predictions, heldOut, firstEvaluated };
}

/** All that a fold has learned, as bytes. */
function learned({ part }: { part: FittedPart }): string {
  const { featurizer, model, threshold, trainedUntil } = part;
  return canonicalJson({ featurizer: featurizerToJson(featurizer), model, threshold, trainedUntil });
}

/** The first version up to an instant, the second from there on. */
const until = (instant: number) => mixedFates(({ knownAt }) => knownAt <= instant);

const forward: [claim: string, split: SplitSpec, fold: number][] = [
  ["byTime", splitAt, 0],
  ["the first window of rollingOrigin", rollingOrigin({ folds: 2, test: "36h" }), 0],
  ["the last window of rollingOrigin", rollingOrigin({ folds: 2, test: "36h" }), 1],
  ["rollingOrigin on other machines", rollingOrigin({ folds: 2, test: "48h", machines: "held-out" }), 1],
];
for (const [claim, split, fold] of forward) {
  test(`${claim}: another future after the last training label leaves featurizer, model and threshold equal to the byte`, async () => {
    const base = await trained(split, fold, mixedFates(always));
    assert.ok(base.part.trainedUntil < base.firstEvaluated, "training labels end before the first evaluation cutoff");
    const other = await trained(split, fold, until(base.part.trainedUntil));
    assert.equal(learned(other), learned(base));
    assert.notDeepEqual(other.predictions, base.predictions, "the evaluation rows were others");
  });
}

test("another past within the training rows is learned", async () => {
  const base = await trained(splitAt, 0, mixedFates(always));
  const other = await trained(splitAt, 0, until(base.part.trainedUntil - 30 * HOUR));
  assert.notEqual(learned(other), learned(base));
});

test("byMachine: another history of the held-out machines leaves featurizer, model and threshold equal to the byte", async () => {
  const split = byMachine({ folds: 3 });
  const base = await trained(split, 0, mixedFates(always));
  const rows = mixedFates(({ machine }) => !base.heldOut.has(machine));
  const other = await trained(split, 0, rows);
  assert.deepEqual(other.heldOut, base.heldOut);
  assert.equal(learned(other), learned(base));
  assert.notDeepEqual(other.predictions, base.predictions, "the evaluation rows were others");
  const [before, after] = [await trained(split, 1, mixedFates(always)), await trained(split, 1, rows)];
  assert.notEqual(learned(after), learned(before), "another fold is trained on them");
});

test("another future after a cutoff changes no feature and no score there", async () => {
  const { fleet, cutoffs, part } = await trained(splitAt, 0, mixedFates(always));
  const evaluated = [...new Set(cutoffs.cutoff)].filter((cutoff) => cutoff > part.trainedUntil);
  for (let i = 0; i < evaluated.length; i += 4) {
    const t = evaluated[i];
    const rows = takeCutoffs(
      cutoffs,
      Uint32Array.from(cutoffs.cutoff.keys()).filter((row) => cutoffs.cutoff[row] === t),
    );
    const visible = ({ knownAt, outcome }: Stamp) => (outcome ? knownAt < t : knownAt <= t);
    const ours = await featurize(part.featurizer, fleet, rows);
    const theirs = await featurize(part.featurizer, makeFleet(mixedFates(visible)), rows);
    assert.deepEqual(bitsOf(theirs), bitsOf(ours), `at hour ${t / HOUR}`);
    assert.deepEqual(part.model.raw(theirs), part.model.raw(ours));
  }
});
