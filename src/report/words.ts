/** The words of a report that depend on the task and the kind of time. */
import type { TimeKind } from "../core/time.ts";
import type { LearnerMetrics } from "../evaluation/metrics.ts";
import type { ReportData } from "./data.ts";
import { span } from "./format.ts";

/** "hours" or "cycles". */
export function lifeUnitName(time: TimeKind): string {
  return time === "cycles" ? "cycles" : "hours";
}

/** What false alarms are counted per: "machine-month" or "1,000 cycles". */
export function rateUnit(time: TimeKind): string {
  return time === "cycles" ? "1,000 cycles" : "machine-month";
}

/** The task in words: "fails within 24 h", "which component fails within 24 h", "remaining life in cycles, up to 125". */
export function taskInWords(data: ReportData): string {
  const within = data.horizon === null ? "" : ` within ${durationInWords(data.horizon)}`;
  if (data.task.kind === "binary") return `fails${within}`;
  if (data.task.kind === "multiclass") return `which component fails first${within}`;
  const cap = data.task.cap === undefined ? "" : `, up to ${span(data.task.cap, data.time)}`;
  return `remaining life in ${lifeUnitName(data.time)}${cap}`;
}

/** "24h" as "24 h", "5c" as "5 cycles", "30m" as "30 min". */
export function durationInWords(duration: string): string {
  const match = /^([\d.]+)\s*([a-z]+)$/.exec(duration.trim());
  if (match === null) return duration;
  const unit = match[2] === "c" ? (match[1] === "1" ? "cycle" : "cycles") : match[2] === "m" ? "min" : match[2];
  return `${match[1]} ${unit}`;
}

/** The learner the report is about, where one was scored. */
export function bestLearner(data: ReportData): LearnerMetrics | undefined {
  return data.learners.find((learner) => learner.learner === data.best && learner.skipped === undefined);
}

/** The schedule, or whichever baseline comes first among those scored. */
export function baselineOf(data: ReportData): LearnerMetrics | undefined {
  return data.learners.find(
    (learner) => learner.baseline && learner.skipped === undefined && learner.learner !== data.best,
  );
}

/** All learners in reading order: the best, other learned ones, baselines. */
export function inReadingOrder(data: ReportData): LearnerMetrics[] {
  const rank = (learner: LearnerMetrics) => (learner.learner === data.best ? 0 : learner.baseline ? 2 : 1);
  return data.learners
    .map((learner, index) => ({ learner, index }))
    .sort((a, b) => rank(a.learner) - rank(b.learner) || a.index - b.index)
    .map(({ learner }) => learner);
}
