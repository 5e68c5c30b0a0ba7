/** The alarm threshold of a fold or a published model, from out-of-fold scores of its training part. */
import type { AlarmContext } from "./alarm-context.ts";
import { type AlarmTable, alarmTable } from "./alarm-table.ts";
import { failing } from "./any-failure.ts";
import { candidateThresholds, NEVER } from "./candidate-thresholds.ts";
import { checkPredictions } from "./check-predictions.ts";
import { costOf } from "./cost.ts";
import { countAlarms, sumCounts } from "./count-alarms.ts";
import type { Costs, Predictions } from "./predictions.ts";
import { raiseAlarms } from "./raise-alarms.ts";
import { rankRows } from "./ranking.ts";

export interface ThresholdInput extends AlarmContext {
  /** Pooled out-of-fold predictions, each row once. */
  predictions: Predictions;
  /** What alarms and misses cost. Default: the threshold with the best F1 over rows is chosen. */
  costs?: Costs;
}

export interface ChosenThreshold {
  /** On the raw score; `NEVER` where never raising an alarm is best, or nothing failed. */
  threshold: number;
  /** What it was chosen by: the lowest cost, or (no costs, or no failure wholly observed) the best F1; "nothing" without a positive row. */
  by: "cost" | "f1" | "nothing";
  /** The cost or the F1 it has on the rows it was chosen on. */
  value: number | null;
}

/** How many distinct scores are tried. */
const MOST_CANDIDATES = 400;

/**
 * The threshold on the raw score with the lowest cost under the alarm rule; among equals the highest.
 * @throws DATA_PREDICTIONS_INVALID, BUG_ROW_NOT_A_CUTOFF, PIPELINE_LEAD_TIME
 */
export function chooseThreshold({ predictions, costs, ...context }: ThresholdInput): ChosenThreshold {
  checkPredictions(predictions);
  const positive = failing(predictions);
  if (!positive.includes(1)) return { threshold: NEVER, by: "nothing", value: null };
  if (costs !== undefined) {
    const table = alarmTable(predictions.rows, context);
    if (table.events.some(({ counted }) => counted)) return byCost(table, predictions.score, costs);
  }
  return byF1(predictions.score, positive);
}

function byCost(table: AlarmTable, score: Float64Array, costs: Costs): ChosenThreshold {
  let best: ChosenThreshold | undefined;
  const high = new Uint8Array(score.length);
  for (const threshold of candidateThresholds(score, MOST_CANDIDATES)) {
    for (let row = 0; row < score.length; row++) high[row] = score[row] >= threshold ? 1 : 0;
    const value = costOf(sumCounts(countAlarms(table, raiseAlarms(table, high))), costs, "alarms");
    if (best === undefined || value < (best.value ?? 0)) best = { threshold, by: "cost", value };
  }
  return best ?? { threshold: NEVER, by: "nothing", value: null };
}

function byF1(score: Float64Array, positive: Uint8Array): ChosenThreshold {
  const { order, groupEnd } = rankRows(score);
  const positives = positive.reduce((sum, value) => sum + value, 0);
  let found = 0;
  let best = { threshold: NEVER, by: "f1" as const, value: 0 };
  order.forEach((row, i) => {
    found += positive[row];
    const value = (2 * found) / (i + 1 + positives);
    if (groupEnd[i] === 1 && value > best.value) best = { threshold: score[row], by: "f1", value };
  });
  return best;
}
