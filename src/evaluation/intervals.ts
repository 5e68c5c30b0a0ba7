/** The intervals of a learner's figures, from one bootstrap over machines. */

import type { AlarmTable } from "./alarm-table.ts";
import { failing, rankingScore } from "./any-failure.ts";
import { type AlarmCounts, costOf, type Policy } from "./cost.ts";
import { countAlarms } from "./count-alarms.ts";
import { type BootstrapOptions, machineBootstrap, machineSlots, percentileInterval } from "./machine-bootstrap.ts";
import { machineMonths } from "./machine-months.ts";
import type { BootstrapMetrics, Interval } from "./metrics.ts";
import type { Costs, Predictions } from "./predictions.ts";
import { type RankFigures, rankFigures } from "./ranking.ts";
import { squaredErrors, weightedRmse } from "./weighted-rmse.ts";

interface Raised {
  table: AlarmTable;
  /** The rows at which an alarm is raised. */
  raised: readonly number[];
  costs?: Costs;
  policy: Policy;
}

export interface Intervals {
  averagePrecisionInterval: Interval;
  rocAucInterval: Interval;
  rmseInterval: Interval;
  caughtShareInterval: Interval;
  falseAlarmsPerMachineMonthInterval: Interval;
  costInterval: Interval;
  bootstrap?: BootstrapMetrics;
}

/** @param alarms where the planner's figures are wanted */
export function intervals(predictions: Predictions, alarms: Raised | undefined, options: BootstrapOptions): Intervals {
  const { slot, machines } = machineSlots(predictions.rows.machine);
  const rank = rankFiguresOf(predictions, slot);
  const errors =
    predictions.task.kind === "regression" ? squaredErrors(predictions.target, predictions.predicted, slot) : undefined;
  const planner = alarms === undefined ? noFigures : plannerFiguresOf(alarms, machines, predictions);
  const bootstrap = machineBootstrap(
    machines.length,
    (copies) => {
      const { averagePrecision, rocAuc } = rank(copies);
      return [averagePrecision, rocAuc, errors === undefined ? null : weightedRmse(errors, copies), ...planner(copies)];
    },
    options,
  );
  const interval = (figure: number) => percentileInterval(bootstrap?.values[figure]);
  return {
    averagePrecisionInterval: interval(0),
    rocAucInterval: interval(1),
    rmseInterval: interval(2),
    caughtShareInterval: interval(3),
    falseAlarmsPerMachineMonthInterval: interval(4),
    costInterval: interval(5),
    ...(bootstrap === undefined ? {} : { bootstrap: { resamples: bootstrap.resamples, redrawn: bootstrap.redrawn } }),
  };
}

function rankFiguresOf(predictions: Predictions, slot: Uint32Array): (copies: Float64Array) => RankFigures {
  if (predictions.task.kind === "regression") return () => ({ averagePrecision: null, rocAuc: null });
  return rankFigures(failing(predictions), rankingScore(predictions), slot);
}

type PlannerValues = readonly [caughtShare: number | null, falseAlarmRate: number | null, cost: number | null];

function noFigures(): PlannerValues {
  return [null, null, null];
}

function plannerFiguresOf(
  { table, raised, costs, policy }: Raised,
  machines: readonly number[],
  { time }: Predictions,
): (copies: Float64Array) => PlannerValues {
  const all = countAlarms(table, raised);
  const counts: AlarmCounts[] = machines.map((machine) => all[machine]);
  const months = machineMonths(table.observed, time);
  return (copies) => {
    let [failures, caught, falseAlarms, watched, cost] = [0, 0, 0, 0, 0];
    counts.forEach((of, slot) => {
      failures += copies[slot] * of.failures;
      caught += copies[slot] * of.caught;
      falseAlarms += copies[slot] * of.falseAlarms;
      watched += copies[slot] * months[machines[slot]];
      if (costs !== undefined) cost += copies[slot] * costOf(of, costs, policy);
    });
    return [
      failures > 0 ? caught / failures : null,
      watched > 0 ? falseAlarms / watched : null,
      costs === undefined ? null : cost,
    ];
  };
}
