/** The planner's figures: failures caught, warning time, false alarms and cost. */
import type { TimeKind } from "../core/time.ts";
import type { AlarmTable } from "./alarm-table.ts";
import { costOf, type Policy } from "./cost.ts";
import { countAlarms, sumCounts } from "./count-alarms.ts";
import { machineMonths } from "./machine-months.ts";
import type { FailureOutcome, PlannerMetrics } from "./metrics.ts";
import type { Costs } from "./predictions.ts";

/** The figures of a task that raises no alarms. */
export const noPlannerFigures: PlannerMetrics = {
  failures: null,
  partlyObserved: null,
  caught: null,
  late: null,
  missed: null,
  caughtShareInterval: null,
  alarms: null,
  falseAlarms: null,
  endedByPlanned: null,
  machineMonths: null,
  falseAlarmsPerMachineMonth: null,
  falseAlarmsPerMachineMonthInterval: null,
  warningMedian: null,
  warningShortest: null,
  warningLongest: null,
  cost: null,
  costInterval: null,
  costWithoutModel: null,
  costOfSchedule: null,
  costSavedInterval: null,
};

export interface PlannerInput {
  table: AlarmTable;
  /** The rows at which an alarm is raised. */
  raised: readonly number[];
  failures: readonly FailureOutcome[];
  time: TimeKind;
  costs?: Costs;
  policy: Policy;
}

/** The figures without their intervals, which are null here, as is the cost of the schedule. */
export function plannerFigures({ table, raised, failures, time, costs, policy }: PlannerInput): PlannerMetrics {
  const counts = sumCounts(countAlarms(table, raised));
  const months = machineMonths(table.observed, time).reduce((sum, value) => sum + value, 0);
  const warnings = warningTimes(failures);
  const outcomes = (of: FailureOutcome["outcome"]) => failures.filter(({ outcome }) => outcome === of).length;
  return {
    ...noPlannerFigures,
    failures: counts.failures,
    partlyObserved: outcomes("partly observed"),
    caught: counts.caught,
    late: outcomes("late"),
    missed: outcomes("missed"),
    alarms: raised.length,
    falseAlarms: counts.falseAlarms,
    endedByPlanned: raised.filter((row) => table.verdict[row] === "planned").length,
    machineMonths: months,
    falseAlarmsPerMachineMonth: months > 0 ? counts.falseAlarms / months : null,
    warningMedian: median(warnings),
    warningShortest: warnings.at(0) ?? null,
    warningLongest: warnings.at(-1) ?? null,
    cost: costs === undefined ? null : costOf(counts, costs, policy),
    costWithoutModel: costs === undefined ? null : costs.missed * counts.failures,
  };
}

/** The warning times of the caught failures in hours or cycles, shortest first. */
export function warningTimes(failures: readonly FailureOutcome[]): number[] {
  const times = failures.flatMap(({ outcome, warning }) => (outcome === "caught" && warning !== null ? [warning] : []));
  return times.sort((a, b) => a - b);
}

function median(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  return (sorted[(sorted.length - 1) >>> 1] + sorted[sorted.length >>> 1]) / 2;
}
