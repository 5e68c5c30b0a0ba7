/** The gates a model must pass before it is published: plain data, made by `atLeast`, `atMost` and `notWorseThan`. */
import type { LearnerMetrics } from "../evaluation/metrics.ts";

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

/** The figure must be `value` or more: `atLeast("averagePrecision", 0.5)`. An undefined figure does not pass. */
export function atLeast(metric: MetricName, value: number): AtLeastGate {
  return { gate: "atLeast", metric, value };
}

/** The figure must be `value` or less: `atMost("falseAlarmsPerMachineMonth", 0.2)`. An undefined figure does not pass. */
export function atMost(metric: MetricName, value: number): AtMostGate {
  return { gate: "atMost", metric, value };
}

/**
 * The model must not be worse than the version the alias points to, on the evaluation rows later than both models' last training
 * label. Where there is no such alias yet, it passes and that is recorded.
 */
export function notWorseThan(alias: string, { insufficient = "refuse" }: NotWorseOptions = {}): NotWorseThanGate {
  return { gate: "notWorseThan", alias, insufficient };
}
