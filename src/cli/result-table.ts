/** What a run gave, as a short table for a terminal: the model beside the rule of thumb, and where everything is. */
import { relative } from "node:path";
import type { TimeKind } from "../core/time.ts";
import type { LearnerMetrics } from "../evaluation/metrics.ts";
import type { RunResult } from "../pipeline/run-result.ts";

type Row = readonly string[];

/** The table, ending in a newline; paths are relative to the working folder. */
export function resultTable(result: RunResult, time: TimeKind, workingFolder = process.cwd()): string {
  const learners = Object.values(result.metrics);
  const regression = learners.some((learner) => learner.rmse !== null);
  const rows = regression ? regressionRows(learners) : failureRows(learners, time);
  const place = (path: string) => relative(workingFolder, path) || ".";
  const published = result.published;
  const lines = [
    "",
    ...align(rows),
    ...(regression ? [] : [`* per ${time === "cycles" ? "1,000 cycles" : "machine-month"}`]),
    "",
    ...result.sources.flatMap(setAside),
    ...(learners.some((learner) => learner.failures === 0)
      ? ["warning    no failure lies wholly in the evaluated rows: these figures show nothing"]
      : []),
    ...result.gates.map((gate) => `${gate.passed ? "✓" : "✗"} ${gate.text}`),
    `report     ${place(result.report)}`,
    `run        ${place(result.report).replace(/[\\/][^\\/]+$/, "")}`,
    published === null
      ? `published  nothing: ${whyNothing(result, learners)}`
      : `published  ${published.model}@${published.version}${published.aliases.map((alias) => ` (${alias})`).join("")}  ${place(published.path)}`,
    "",
  ];
  return lines.join("\n");
}

function whyNothing({ gates, status }: RunResult, learners: readonly LearnerMetrics[]): string {
  if (status === "done") return "the pipeline does not publish";
  if (gates.some((gate) => !gate.passed)) return "a gate said no";
  return `no learner could be scored (${[...new Set(learners.flatMap(({ skipped }) => skipped ?? []))].join(", ")})`;
}

/** A line a source with rows set aside, since a misspelt machine looks like a machine of no interest. */
function setAside({ source, read, quarantined }: RunResult["sources"][number]): string[] {
  const reasons = Object.entries(quarantined).map(([reason, rows]) => `${rows} of ${read} rows: ${reason}`);
  return reasons.length === 0 ? [] : [`set aside  ${source}, ${reasons.join("; ")}`];
}

function failureRows(learners: readonly LearnerMetrics[], time: TimeKind): Row[] {
  const unit = time === "cycles" ? "cycles" : "h";
  const costs = learners.some((learner) => learner.cost !== null);
  const header = [
    "",
    "caught",
    "late",
    "missed",
    "warning",
    "false alarms*",
    ...(costs ? ["cost"] : []),
    "average precision",
  ];
  const body = learners.map((learner) => {
    const name = learner.baseline ? `${learner.learner} (rule of thumb)` : learner.learner;
    if (learner.skipped !== undefined) return [name, learner.skipped];
    return [
      name,
      `${text(learner.caught)} of ${text(learner.failures)}`,
      text(learner.late),
      text(learner.missed),
      learner.warningMedian === null ? "–" : `${text(learner.warningMedian, 1)} ${unit}`,
      text(learner.falseAlarmsPerMachineMonth, 2),
      ...(costs ? [money(learner.cost)] : []),
      interval(learner.averagePrecision, learner.averagePrecisionInterval, 3),
    ];
  });
  const none = learners.find((learner) => learner.costWithoutModel !== null)?.costWithoutModel;
  if (costs && none !== undefined) body.push(["no model", "0", "", "", "", "", money(none)]);
  return [header, ...body];
}

function regressionRows(learners: readonly LearnerMetrics[]): Row[] {
  const header = ["", "RMSE", "MAE", "NASA score"];
  const body = learners.map((learner) => [
    learner.baseline ? `${learner.learner} (rule of thumb)` : learner.learner,
    interval(learner.rmse, learner.rmseInterval, 2),
    text(learner.mae, 2),
    text(learner.nasaScore, 0),
  ]);
  return [header, ...body];
}

function align(rows: readonly Row[]): string[] {
  const width = (i: number) => Math.max(...rows.map((row) => (row[i] ?? "").length));
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
