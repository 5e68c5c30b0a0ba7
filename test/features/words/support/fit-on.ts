/** Fits words on columns written by hand: each is a sensor's newest reading at the cutoffs 0, 1, 2 … of one machine. */
import type { Matrix } from "../../../../src/core/matrix.ts";
import { applyFeaturizer } from "../../../../src/features/apply.ts";
import { type Featurizer, fitFeaturizer } from "../../../../src/features/featurizer.ts";
import type { OutputNode } from "../../../../src/features/outputs/table.ts";
import { planFeatures } from "../../../../src/features/plan.ts";
import { describeFleet } from "../../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../../src/features/spec.ts";
import { rolling } from "../../../../src/features/words/rolling.ts";
import { columnsOf } from "../../support/compute.ts";
import { cutoffsAt, makeFleet } from "../../support/make-fleet.ts";

export interface FitOptions {
  /** Default: all rows. */
  trainRows?: readonly number[];
  /** 0 healthy, 1 fails, 2 censored. Default: unknown. */
  labelState?: readonly number[];
}

export interface Fitted {
  featurizer: Featurizer;
  /** The columns it was fitted on. */
  raw: Matrix;
  columns: Record<string, number[]>;
  node<From extends OutputNode["from"]>(from: From): Extract<OutputNode, { from: From }>;
}

/** The column of a sensor. */
export const of = (sensor: string) => `${sensor}_last_1c`;

export function fitOn(
  sensors: Readonly<Record<string, readonly number[]>>,
  specs: readonly FeatureSpec[],
  { trainRows, labelState }: FitOptions = {},
): Fitted {
  const names = Object.keys(sensors);
  const rows = sensors[names[0]].length;
  const values = (time: number) => Object.fromEntries(names.map((name) => [name, sensors[name][time]]));
  const readings = Array.from({ length: rows }, (_, time) => ({ time, values: values(time) }));
  const fleet = makeFleet({ telemetry: { t: readings }, sensors: { t: names } });
  const cutoffs = cutoffsAt(fleet, [...readings.keys()]);
  const plan = planFeatures([rolling(names, { over: "1c", stats: "last" }), ...specs], describeFleet(fleet));
  // What `rolling` gives of them, without its kernel.
  const columns = names.map((name) => Float32Array.from(sensors[name], (value) => value + 0));
  const raw = { rows, names: names.map(of), columns };
  const train = trainRows === undefined ? Uint32Array.from(readings.keys()) : Uint32Array.from(trainRows);
  const known = labelState === undefined ? {} : { labelState: Uint8Array.from(labelState) };
  const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, train, known);
  return {
    featurizer,
    raw,
    columns: columnsOf(applyFeaturizer(featurizer, raw)),
    node(from) {
      const found = featurizer.outputs.find((output) => output.from === from);
      if (found === undefined) throw new Error(`no node "${from}"`);
      return found as Extract<OutputNode, { from: typeof from }>;
    },
  };
}
