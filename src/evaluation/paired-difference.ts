/** Whether one model is better than another on the same rows, paired: by bootstrap over machines of the difference. */
import { ForewarnError } from "../core/errors.ts";
import { failing, rankingScore } from "./any-failure.ts";
import { checkPredictions } from "./check-predictions.ts";
import { type BootstrapOptions, machineBootstrap, machineSlots, percentileInterval } from "./machine-bootstrap.ts";
import type { Interval } from "./metrics.ts";
import type { Predictions } from "./predictions.ts";
import { rankFigures } from "./ranking.ts";
import { squaredErrors, weightedRmse } from "./weighted-rmse.ts";

export interface PairedDifference {
  /** Average precision (higher is better) for classes, RMSE (lower is better) for remaining life. */
  figure: "averagePrecision" | "rmse";
  a: number | null;
  b: number | null;
  /** a - b. */
  difference: number | null;
  differenceInterval: Interval;
  /** The share of resamples in which a is better, and in which it is worse; equal ones are in neither. */
  shareBetter: number | null;
  shareWorse: number | null;
  /** Resamples drawn again because none of their machines failed. */
  redrawn: number;
}

/** @throws DATA_PREDICTIONS_INVALID, DATA_PREDICTIONS_UNPAIRED unless both have the same machines, cutoffs, targets and task. */
export function pairedDifference(a: Predictions, b: Predictions, options: BootstrapOptions): PairedDifference {
  checkPredictions(a);
  checkPredictions(b);
  checkPaired(a, b);
  const { slot, machines } = machineSlots(a.rows.machine);
  const figureOf = a.task.kind === "regression" ? rmseOf : averagePrecisionOf;
  const [ofA, ofB] = [figureOf(a, slot), figureOf(b, slot)];
  const one = new Float64Array(machines.length).fill(1);
  const bootstrap = machineBootstrap(machines.length, (copies) => [minus(ofA(copies), ofB(copies))], options);
  const values = bootstrap?.values[0];
  const better = a.task.kind === "regression" ? -1 : 1;
  return {
    figure: a.task.kind === "regression" ? "rmse" : "averagePrecision",
    a: ofA(one),
    b: ofB(one),
    difference: minus(ofA(one), ofB(one)),
    differenceInterval: percentileInterval(values),
    shareBetter: share(values, (value) => value * better > 0),
    shareWorse: share(values, (value) => value * better < 0),
    redrawn: bootstrap?.redrawn ?? 0,
  };
}

type Figure = (copies: Float64Array) => number | null;

function averagePrecisionOf(predictions: Predictions, slot: Uint32Array): Figure {
  const figures = rankFigures(failing(predictions), rankingScore(predictions), slot);
  return (copies) => figures(copies).averagePrecision;
}

function rmseOf({ target, predicted }: Predictions, slot: Uint32Array): Figure {
  const errors = squaredErrors(target, predicted, slot);
  return (copies) => weightedRmse(errors, copies);
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function share(values: Float64Array | undefined, of: (value: number) => boolean): number | null {
  return values === undefined ? null : values.filter(of).length / values.length;
}

function checkPaired(a: Predictions, b: Predictions): void {
  const same =
    a.task.kind === b.task.kind &&
    a.target.length === b.target.length &&
    a.target.every(
      (target, row) =>
        target === b.target[row] &&
        a.rows.cutoff[row] === b.rows.cutoff[row] &&
        a.rows.machines[a.rows.machine[row]] === b.rows.machines[b.rows.machine[row]],
    );
  if (same) return;
  throw new ForewarnError("DATA_PREDICTIONS_UNPAIRED", {
    problem: "two models can only be compared on the same rows",
    expected: "equal machines, cutoffs and targets",
    found: `${a.target.length} and ${b.target.length} rows that differ`,
  });
}
