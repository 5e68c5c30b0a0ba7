/** Failures whose score was high long before: alarms that the rule counts as false, though the failure came after all. */
import { durationLength, lifeUnit } from "../../core/time.ts";
import type { FailureTimeline, ReportData } from "../data.ts";
import { count, plural } from "../format.ts";

/** How far before a failure an alarm is still taken to be about it, in horizons. */
const HORIZONS = 2;

/**
 * How long before the failure, in hours or cycles, the first false alarm was raised that lies within two horizons of it and after
 * the machine's failure before; null where there is none. It changes no figure.
 */
export function earlyWarning(data: ReportData, failure: FailureTimeline): number | null {
  if (data.horizon === null) return null;
  const reach = HORIZONS * durationLength(data.horizon, data.time);
  const others = data.failures.filter(({ machine, time }) => machine === failure.machine && time < failure.time);
  const from = others.reduce((latest, { time }) => Math.max(latest, time), failure.time - reach);
  const raised = failure.alarms
    .filter(({ verdict, raisedAt }) => verdict === "false" && raisedAt >= from && raisedAt < failure.time)
    .reduce((first, { raisedAt }) => Math.min(first, raisedAt), failure.time);
  return raised === failure.time ? null : (failure.time - raised) / lifeUnit(data.time);
}

/** How many of the late and missed failures had such an alarm; nothing where none had. */
export function earlySentence(data: ReportData): string[] {
  const wrong = data.failures.filter(({ outcome }) => outcome === "late" || outcome === "missed");
  const early = wrong.filter((failure) => earlyWarning(data, failure) !== null).length;
  if (early === 0) return [];
  return [
    `Of the ${plural(wrong.length, "late or missed failure")}, ${count(early)} had an alarm before the horizon began: too early for the rule, which counts it as false.`,
  ];
}
