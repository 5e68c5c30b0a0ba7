/** The gates a model must pass before it is published: plain data, made by `atLeast`, `atMost` and `notWorseThan`. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { LearnerMetrics } from "../evaluation/metrics.ts";
import { checkAliasName } from "./names.ts";

/** The figures that are numbers. */
export type MetricName = {
  [Name in keyof LearnerMetrics]-?: LearnerMetrics[Name] extends number | null ? Name : never;
}[keyof LearnerMetrics];

export interface AtLeastGate {
  gate: "atLeast";
  metric: MetricName;
  value: number;
}

export interface AtMostGate {
  gate: "atMost";
  metric: MetricName;
  value: number;
}

export interface NotWorseOptions {
  /** What to do when fewer than 5 failures can be compared: "refuse" (default) or "pass". */
  insufficient?: "refuse" | "pass";
}

export interface NotWorseThanGate {
  gate: "notWorseThan";
  alias: string;
  insufficient: "refuse" | "pass";
}

export type GateSpec = AtLeastGate | AtMostGate | NotWorseThanGate;

/**
 * The figure must be `value` or more: `atLeast("averagePrecision", 0.5)`. An undefined figure does not pass.
 * @throws PIPELINE_GATE when there is no such figure or the value is no number.
 */
export function atLeast(metric: MetricName, value: number): AtLeastGate {
  checkBound("atLeast", metric, value);
  return { gate: "atLeast", metric, value };
}

/**
 * The figure must be `value` or less: `atMost("falseAlarmsPerMachineMonth", 0.2)`. An undefined figure does not pass.
 * @throws PIPELINE_GATE when there is no such figure or the value is no number.
 */
export function atMost(metric: MetricName, value: number): AtMostGate {
  checkBound("atMost", metric, value);
  return { gate: "atMost", metric, value };
}

/**
 * The model must not be worse than the version the alias points to, on the evaluation rows later than both models' last training
 * label. Where there is no such alias yet, it passes and that is recorded.
 * @throws REGISTRY_NAME when that is no name of an alias, PIPELINE_GATE when `insufficient` is not one of its values.
 */
export function notWorseThan(alias: string, { insufficient = "refuse" }: NotWorseOptions = {}): NotWorseThanGate {
  checkAliasName(alias);
  if (insufficient !== "refuse" && insufficient !== "pass") {
    throw badGate("an option of a gate is not one of its values", {
      expected: '"refuse" or "pass"',
      found: JSON.stringify(insufficient),
      where: `notWorseThan("${alias}"): insufficient`,
    });
  }
  return { gate: "notWorseThan", alias, insufficient };
}

/** Every figure a gate can ask for. */
const metricNames: Readonly<Record<MetricName, true>> = {
  rows: true,
  positives: true,
  averagePrecision: true,
  rocAuc: true,
  logLoss: true,
  brier: true,
  macroF1: true,
  rmse: true,
  mae: true,
  nasaScore: true,
  failures: true,
  partlyObserved: true,
  caught: true,
  late: true,
  missed: true,
  alarms: true,
  falseAlarms: true,
  endedByPlanned: true,
  machineMonths: true,
  falseAlarmsPerMachineMonth: true,
  warningMedian: true,
  warningShortest: true,
  warningLongest: true,
  cost: true,
  costWithoutModel: true,
  costOfSchedule: true,
};

/** Found before anything is trained, not when the gate is reached hours later. */
function checkBound(gate: string, metric: string, value: number): void {
  const where = `${gate}("${metric}", ${value})`;
  if (!Object.hasOwn(metricNames, metric)) {
    const hint = didYouMean(metric, Object.keys(metricNames));
    throw badGate("a gate asks for a figure that does not exist", { found: metric, where, hint });
  }
  if (!Number.isFinite(value)) {
    throw badGate("a gate has no bound", { expected: "a number", found: String(value), where });
  }
}

function badGate(problem: string, details: { expected?: string; found: string; where: string; hint?: string }) {
  return new ForewarnError("PIPELINE_GATE", { problem, ...details });
}
