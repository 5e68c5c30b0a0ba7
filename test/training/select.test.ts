/** Columns are selected on a part's own training rows and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { featurizerToJson } from "../../src/features/featurizer.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { relevantFeatures } from "../../src/features/selection/relevant-features.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { refitPart } from "../../src/training/train-part.ts";
import type { TrainingRows } from "../../src/training/training-rows.ts";
import { cutoffsAt, makeFleet } from "../features/support/make-fleet.ts";

const ROWS = 80;
const TRAINED = 60;
const instants = Array.from({ length: ROWS }, (_, row) => row);
const fleet = makeFleet({
  telemetry: { t: instants.map((time) => ({ time, values: { volt: time, temp: 1, flow: 2 } })) },
});
const plan = planFeatures([rolling(["flow", "temp", "volt"], { over: "1c", stats: "last" })], describeFleet(fleet));
const cutoffs = cutoffsAt(fleet, instants);
const fails = Float64Array.from(instants, (row) => (row % 5 === 0 ? 1 : 0));
const wild = (row: number) => (row * 7919) % 101;

/** Among the training rows only `volt` has to do with failing; `later` says what the other rows hold. */
function rowsWith(later: (row: number) => number): TrainingRows {
  const column = (value: (row: number) => number) =>
    Float32Array.from(instants, (row) => (row < TRAINED ? value(row) : later(row)));
  const raw: Matrix = {
    rows: ROWS,
    names: plan.rawNames,
    columns: [
      column((row) => (row * 37) % 13),
      column((row) => (row * 53) % 17),
      column((row) => 40 * fails[row] + wild(row)),
    ],
  };
  const value = fails.map((own, row) => (row < TRAINED ? own : later(row) > 0 ? 1 : 0));
  const labels = {
    task: { kind: "binary" as const },
    state: Uint8Array.from(value),
    value,
    end: cutoffs.cutoff.map((cutoff) => cutoff + 1),
  };
  return { fleet, plan, cutoffs, raw, labels } as unknown as TrainingRows;
}

const train = Uint32Array.from(instants.slice(0, TRAINED));
const options = { seed: 0, select: relevantFeatures({ atLeast: 1 }) };
const settled = { threshold: 0, iterations: 3 };

test("rows outside the training part change neither what is selected nor what is learned", async () => {
  const learned = async (later: (row: number) => number) => {
    const part = await refitPart(gbdt({ trees: 3, leaves: 3, minRows: 3 }), rowsWith(later), train, settled, options);
    return { selection: part.selection, featurizer: featurizerToJson(part.featurizer), model: part.model.toJSON() };
  };
  const one = await learned(() => 0);
  assert.deepEqual(one.selection?.kept, ["volt_last_1c"]);
  assert.deepEqual(await learned((row) => 1000 * fails[row] - 500), one);
  assert.deepEqual(await learned(() => Number.NaN), one);
});

test("what a part publishes reads only the sensor it needs", async () => {
  const { featurizer } = await refitPart(
    gbdt({ trees: 3, leaves: 3, minRows: 3 }),
    rowsWith(() => 0),
    train,
    settled,
    options,
  );
  assert.deepEqual(featurizer.plan.schema.sensors, ["volt"]);
  assert.deepEqual(featurizer.plan.rawNames, ["volt_last_1c"]);
});

test("a learner that finds its columns by name is given all of them", async () => {
  await assert.rejects(
    refitPart(
      scheduleRule(),
      rowsWith(() => 0),
      train,
      settled,
      options,
    ),
    (error) => error instanceof ForewarnError && error.details.found === "3 other columns",
  );
});
