/** What a run gave, as a short table for a terminal: the model beside the rule of thumb, and where everything is. */
import { relative } from "node:path";
import type { TimeKind } from "../core/time.ts";
import type { LearnerMetrics } from "../evaluation/metrics.ts";
import type { RunResult } from "../pipeline/run-result.ts";
import { isRemote } from "../stores/place.ts";
import { setAside } from "./set-aside.ts";

/** A figure: its name, and what it is for a learner. */
type Figure = readonly [name: string, of: (learner: LearnerMetrics) => string];

/** The table (a column a learner, at most 80 wide for two) ending in a newline; paths are relative to the working folder. */
export function resultTable(result: RunResult, time: TimeKind, workingFolder = process.cwd()): string {
  const learners = Object.values(result.metrics);
  const place = (path: string) => (isRemote(path) ? path : relative(workingFolder, path) || ".");
  const { published } = result;
  const lines = [
    "",
    ...align(learners, learners.some(({ rmse }) => rmse !== null) ? lifeFigures : failureFigures(learners, time)),
    "",
    ...result.sources.flatMap(setAside),
    ...(learners.some((learner) => learner.failures === 0)
      ? ["warning    no failure lies wholly in the evaluated rows: these figures show nothing"]
      : []),
    ...dearer(learners),
    ...result.gates.map((gate) => `${gate.passed ? "✓" : "✗"} ${gate.text}`),
    `report     ${place(result.report)}`,
    `run        ${place(result.report.replace(/[/\\][^/\\]*$/, ""))}`,
    published === null
      ? `published  nothing: ${whyNothing(result, learners)}`
      : `published  ${published.model}@${published.version}${published.aliases.map((alias) => ` (${alias})`).join("")}  ${place(published.path)}`,
    "",
  ];
  return lines.join("\n");
}

/** A model that costs more than doing without it is told of, whatever the gates ask for. */
function dearer(learners: readonly LearnerMetrics[]): string[] {
  return learners.flatMap(({ learner, baseline, cost, costWithoutModel }) =>
    baseline || cost === null || costWithoutModel === null || cost <= costWithoutModel
      ? []
      : [`warning    ${learner} costs more than no model at all: ${money(cost)}, not ${money(costWithoutModel)}`],
  );
}

function whyNothing({ gates, status }: RunResult, learners: readonly LearnerMetrics[]): string {
  if (status === "done") return "the pipeline does not publish";
  if (gates.some((gate) => !gate.passed)) return "a gate said no";
  return `no learner could be scored (${[...new Set(learners.flatMap(({ skipped }) => skipped ?? []))].join(", ")})`;
}

function failureFigures(learners: readonly LearnerMetrics[], time: TimeKind): Figure[] {
  const [unit, rate] = time === "cycles" ? [" cycles", "1,000 cycles"] : [" h", "machine-month"];
  const nothing = learners.find(({ costWithoutModel }) => costWithoutModel !== null)?.costWithoutModel ?? null;
  const figures: Figure[] = [
    ["caught", ({ caught, failures }) => `${text(caught)} of ${text(failures)}`],
    ["late, missed", ({ late, missed }) => `${text(late)}, ${text(missed)}`],
    ["median warning", ({ warningMedian }) => (warningMedian === null ? "–" : `${text(warningMedian, 1)}${unit}`)],
    [`false alarms/${rate}`, ({ falseAlarmsPerMachineMonth }) => text(falseAlarmsPerMachineMonth, 2)],
  ];
  if (nothing !== null) figures.push([`cost (no model: ${money(nothing)})`, ({ cost }) => money(cost)]);
  figures.push([
    "average precision",
    ({ averagePrecision, averagePrecisionInterval }) => interval(averagePrecision, averagePrecisionInterval, 3),
  ]);
  return figures;
}

const lifeFigures: Figure[] = [
  ["RMSE", ({ rmse, rmseInterval }) => interval(rmse, rmseInterval, 2)],
  ["MAE", ({ mae }) => text(mae, 2)],
  ["NASA score", ({ nasaScore }) => text(nasaScore)],
];

function align(learners: readonly LearnerMetrics[], figures: readonly Figure[]): string[] {
  const names = learners.map(({ learner, baseline }) => (baseline ? `${learner} (rule of thumb)` : learner));
  const rows = [
    ["", ...names],
    ...figures.map(([name, of], i) => [
      name,
      ...learners.map((learner) => (learner.skipped === undefined ? of(learner) : i === 0 ? learner.skipped : "")),
    ]),
  ];
  const width = (i: number) => Math.max(...rows.map((row) => row[i].length));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(width(i)) : cell.padStart(width(i))))
      .join("  ")
      .trimEnd(),
  );
}

function text(value: number | null, digits = 0): string {
  return value === null ? "–" : value.toFixed(digits);
}

function money(value: number | null): string {
  return value === null
    ? "–"
    : Math.round(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ",");
}

function interval(value: number | null, range: LearnerMetrics["averagePrecisionInterval"], digits: number): string {
  if (value === null) return "–";
  return range === null
    ? value.toFixed(digits)
    : `${value.toFixed(digits)} (${range[0].toFixed(digits)} to ${range[1].toFixed(digits)})`;
}
