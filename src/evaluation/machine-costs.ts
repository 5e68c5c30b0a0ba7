/** What each machine's alarms and misses cost, and what one learner saves beside another, machine by machine. */
import type { AlarmTable } from "./alarm-table.ts";
import { costOf, type Policy } from "./cost.ts";
import { countAlarms } from "./count-alarms.ts";
import { type BootstrapOptions, machineBootstrap, percentileInterval } from "./machine-bootstrap.ts";
import type { Interval } from "./metrics.ts";
import type { Costs } from "./predictions.ts";

export interface MachineCost {
  /** Index into the machines. */
  machine: number;
  cost: number;
}

/** The cost of every machine with evaluated rows, in their order. */
export function machineCosts(
  table: AlarmTable,
  raised: readonly number[],
  costs: Costs,
  policy: Policy,
): MachineCost[] {
  const counts = countAlarms(table, raised);
  const evaluated = [...new Set(table.rows.machine)];
  return evaluated.map((machine) => ({ machine, cost: costOf(counts[machine], costs, policy) }));
}

/**
 * The 95 % interval of `schedule` minus `learner`, by bootstrap over machines; above 0 the learner is cheaper. Null where either is
 * null, or they were not evaluated on the same machines.
 */
export function savedInterval(
  schedule: readonly MachineCost[] | null,
  learner: readonly MachineCost[] | null,
  options: BootstrapOptions,
): Interval {
  if (schedule === null || learner === null || schedule.length !== learner.length) return null;
  if (schedule.some(({ machine }, i) => machine !== learner[i].machine)) return null;
  const saved = schedule.map(({ cost }, i) => cost - learner[i].cost);
  const total = (copies: Float64Array) => [saved.reduce((sum, each, i) => sum + copies[i] * each, 0)];
  return percentileInterval(machineBootstrap(saved.length, total, options)?.values[0]);
}
