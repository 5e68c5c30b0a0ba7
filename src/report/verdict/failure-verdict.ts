/** The verdict on a model that warns of failures: caught, false alarms, cost, and how far the data carry it. */
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, figure, interval, percent, plural, rate, span, withInterval } from "../format.ts";
import { baselineOf, durationInWords, rateUnit } from "../words.ts";
import { costVerdict } from "./cost-verdict.ts";
import type { Verdict } from "./types.ts";

/** Below this many failures the verdict says that they are few. */
const FEW_FAILURES = 20;
/** Below this many failures nothing is called shown. */
const TOO_FEW_FAILURES = 5;

export function failureVerdict(data: ReportData, best: LearnerMetrics): Verdict {
  const rows = rowSentences(data, best);
  if (!defined(best.failures) || !defined(best.caught)) {
    return {
      tone: "unproven",
      headline: "Failures caught and false alarms were not counted",
      sentences: ["The planner's figures are not defined for these data; only figures over rows can be given."],
      details: rows,
    };
  }
  if (best.failures === 0) {
    return {
      tone: "unknown",
      headline: "No failure to judge by",
      sentences: [
        `No failure lies ${best.partlyObserved === 0 ? "" : "wholly "}in the evaluated rows, so nothing can be said about how many the model would catch.`,
        falseAlarmSentence(data, best),
      ],
      caveats: partlySentence(best),
      details: rows,
    };
  }
  const cost = costVerdict(data, best);
  const words = {
    sentences: [
      caughtSentence(data, best, best.failures, best.caught),
      ...lateMissedSentence(data, best),
      falseAlarmSentence(data, best),
      ...cost.sentences,
    ],
    caveats: [...fewSentence(best.failures, best), ...(cost.caveats ?? []), ...partlySentence(best)],
    details: rows,
  };
  if (best.caught === 0)
    return { tone: "poor", headline: `It caught none of ${plural(best.failures, "failure")}`, ...words };
  if (best.failures < TOO_FEW_FAILURES && cost.tone !== "poor")
    return { tone: "unproven", headline: `Too few failures to judge by: ${count(best.failures)}`, ...words };
  if (best.failures < FEW_FAILURES && cost.tone === "good")
    return { tone: "unproven", headline: `${cost.headline}, but on few failures`, ...words };
  return { tone: cost.tone, headline: cost.headline, ...words };
}

function caughtSentence(data: ReportData, best: LearnerMetrics, failures: number, caught: number): string {
  if (caught === 0) return `${best.learner} caught none of ${plural(failures, "failure")}.`;
  const range = interval(best.caughtShareInterval, percent);
  const share = `${percent(caught / failures)}${range === null ? "" : `; 95 % interval ${range}`}`;
  const warning =
    best.warningMedian === null
      ? ""
      : caught === 1
        ? `, with ${span(best.warningMedian, data.time)} of warning`
        : `, with a median warning of ${span(best.warningMedian, data.time)} (${span(best.warningShortest, data.time)} to ${span(best.warningLongest, data.time)})`;
  return `${best.learner} caught ${count(caught)} of ${plural(failures, "failure")} (${share})${warning}.`;
}

function lateMissedSentence(data: ReportData, best: LearnerMetrics): string[] {
  const parts: string[] = [];
  if (defined(best.late) && best.late > 0) {
    const lead = data.leadTime === null ? "" : ` (less than ${durationInWords(data.leadTime)} ahead)`;
    parts.push(`warned of ${count(best.late)} too late${lead}`);
  }
  if (defined(best.missed) && best.missed > 0) parts.push(`missed ${count(best.missed)}`);
  return parts.length === 0 ? [] : [`It ${parts.join(" and ")} of them.`];
}

function falseAlarmSentence(data: ReportData, best: LearnerMetrics): string {
  if (best.falseAlarmsPerMachineMonth === null) return "The rate of false alarms is not defined.";
  if (best.falseAlarms === 0) return `It raised no false alarm${observedText(data, best)}.`;
  const range = interval(best.falseAlarmsPerMachineMonthInterval, rate);
  const perUnit = `${rate(best.falseAlarmsPerMachineMonth)} false alarms per ${rateUnit(data.time)}`;
  const total = defined(best.falseAlarms) ? `${count(best.falseAlarms)} in all` : null;
  const details = [range === null ? null : `95 % interval ${range}`, total].filter((part) => part !== null);
  return `It raised ${perUnit}${details.length === 0 ? "" : ` (${details.join("; ")})`}.`;
}

function observedText(data: ReportData, best: LearnerMetrics): string {
  if (!defined(best.machineMonths)) return "";
  return data.time === "cycles"
    ? ` in ${count(best.machineMonths * 1000)} cycles`
    : ` in ${figure(best.machineMonths)} machine-months`;
}

function fewSentence(failures: number, best: LearnerMetrics): string[] {
  if (failures >= FEW_FAILURES) return [];
  const range = interval(best.caughtShareInterval, percent);
  const width = range === null ? "the figures may change a lot" : `the share caught may be anything from ${range}`;
  return [`With only ${plural(failures, "failure")}, ${width}; only more data can settle it.`];
}

function partlySentence(best: LearnerMetrics): string[] {
  if (!defined(best.partlyObserved) || best.partlyObserved === 0) return [];
  const was =
    best.partlyObserved === 1 ? "was observed only in part and counts" : "were observed only in part and count";
  return [`${plural(best.partlyObserved, "more failure")} ${was} in no figure.`];
}

function rowSentences(data: ReportData, best: LearnerMetrics): string[] {
  if (best.averagePrecision === null) return ["Average precision is not defined on these rows."];
  const base = defined(best.positives) && best.rows > 0 ? best.positives / best.rows : null;
  const own = `Over ${plural(best.rows, "row")}, average precision is ${withInterval(best.averagePrecision, best.averagePrecisionInterval, figure)}`;
  const chance = base === null ? "" : `; guessing would give ${figure(base)}`;
  const low = best.averagePrecisionInterval?.[0];
  const guessing =
    base !== null && defined(low) && low <= base ? ["The data do not tell that apart from guessing."] : [];
  return [`${own}${chance}.`, ...guessing, ...besideBaseline(data, best.averagePrecision)];
}

function besideBaseline(data: ReportData, precision: number): string[] {
  const baseline = baselineOf(data);
  if (baseline === undefined || !defined(baseline.averagePrecision)) return [];
  const other = `${baseline.learner} ${withInterval(baseline.averagePrecision, baseline.averagePrecisionInterval, figure)}`;
  if (baseline.averagePrecision >= precision) return [`The baseline does at least as well: ${other}.`];
  return [`The baseline has ${withInterval(baseline.averagePrecision, baseline.averagePrecisionInterval, figure)}.`];
}
