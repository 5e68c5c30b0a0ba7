/** What a planner can choose between: failures caught against false alarms, threshold by threshold. */
import type { TimeKind } from "../core/time.ts";
import type { AlarmTable } from "./alarm-table.ts";
import { candidateThresholds } from "./candidate-thresholds.ts";
import { costOf, type Policy } from "./cost.ts";
import { countAlarms, sumCounts } from "./count-alarms.ts";
import { machineMonths } from "./machine-months.ts";
import type { Costs } from "./predictions.ts";
import { raiseAlarms } from "./raise-alarms.ts";
import { thin } from "./thin.ts";

export interface PlanPoint {
  /** One for all folds, on the raw score. */
  threshold: number;
  caught: number;
  falseAlarms: number;
  /** Per 1,000 cycles for counters; null where nothing was observed. */
  falseAlarmsPerMachineMonth: number | null;
  /** Null where no costs are given. */
  cost: number | null;
}

export interface PlanCurveInput {
  table: AlarmTable;
  score: Float64Array;
  time: TimeKind;
  costs?: Costs;
  policy: Policy;
}

/** By falling threshold, from never raising an alarm on; points at which nothing changes are left out, at most 100 stay. */
export function planCurve({ table, score, time, costs, policy }: PlanCurveInput): PlanPoint[] {
  const months = machineMonths(table.observed, time).reduce((sum, value) => sum + value, 0);
  const high = new Uint8Array(score.length);
  const points: PlanPoint[] = [];
  for (const threshold of candidateThresholds(score, 400)) {
    for (let row = 0; row < score.length; row++) high[row] = score[row] >= threshold ? 1 : 0;
    const counts = sumCounts(countAlarms(table, raiseAlarms(table, high)));
    const { caught, falseAlarms } = counts;
    const last = points.at(-1);
    if (last !== undefined && last.caught === caught && last.falseAlarms === falseAlarms) continue;
    points.push({
      threshold,
      caught,
      falseAlarms,
      falseAlarmsPerMachineMonth: months > 0 ? falseAlarms / months : null,
      cost: costs === undefined ? null : costOf(counts, costs, policy),
    });
  }
  return thin(points, 100);
}
