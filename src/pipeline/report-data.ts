/** What the report says of a run, gathered from its stages. Nothing of one run (its id, clock or host) is in it. */
import type { ColumnChange, SourceReport } from "../archive/source-report.ts";
import { sigmoid } from "../core/math.ts";
import { durationLength, parseInstant } from "../core/time.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import type { Labels } from "../labels/labels.ts";
import type { GateVerdict } from "../registry/judge-gates.ts";
import type { FailureTimeline, LearnerCurves, ReportData } from "../report/data.ts";
import type { EvaluatedLearners, TrainedLearner } from "./learn-stages.ts";
import type { PipelineOptions } from "./options.ts";
import type { RowTotals } from "./run-result.ts";
import type { LoadedData } from "./run-stages.ts";
import { openPart } from "./stored-part.ts";

export interface ReportInput {
  options: PipelineOptions;
  data: LoadedData;
  labels: Labels;
  trained: readonly TrainedLearner[];
  evaluated: EvaluatedLearners;
  rows: RowTotals;
  gates: readonly GateVerdict[];
  planId: string;
  packageVersion: string;
}

export function reportData(input: ReportInput): ReportData {
  const { options, data, labels, trained, evaluated, rows, gates } = input;
  const best = trained.findIndex((learner) => learner.spec.name === evaluated.best);
  const predictions = trained[best]?.predictions ?? null;
  const cutoffs = predictions?.rows.cutoff;
  const extent = (pick: (a: number, b: number) => number) =>
    cutoffs === undefined || cutoffs.length === 0 ? null : cutoffs.reduce((a, b) => pick(a, b));
  const passed = gates.every((gate) => gate.passed);
  const publishes = options.publish !== undefined && evaluated.best !== null && passed;
  return {
    pipeline: options.name,
    task: labels.task,
    time: data.fleet.time,
    horizon: options.label.label === "failsWithin" ? options.label.horizon : null,
    leadTime: options.evaluate?.leadTime ?? null,
    costs: options.evaluate?.cost ?? null,
    machines: data.fleet.machines,
    evaluated: {
      from: extent(Math.min),
      to: extent(Math.max),
      machines: predictions === null ? null : new Set(predictions.rows.machine).size,
    },
    splitAt: options.split.split === "byTime" ? parseInstant(options.split.at, data.fleet.time) : null,
    learners: evaluated.learners.map(({ metrics }) => metrics),
    best: evaluated.best,
    published: publishes
      ? {
          model: options.name,
          aliases: options.publish?.alias === undefined ? [] : [options.publish.alias],
          refitted: options.publish?.refit ?? true,
        }
      : null,
    notPublished: publishes ? null : whyNot(options, evaluated, gates),
    curves: trained.map((learner, i) => curvesOf(learner, evaluated.learners[i])),
    failures:
      best === -1 || predictions === null
        ? []
        : timelines(options, trained[best], predictions, evaluated.learners[best].evaluation),
    sources: data.sources.map(sourceRows),
    failuresSource: `events.${options.label.of}`,
    rows: { censored: rows.censored, trained: rows.trained, evaluated: rows.evaluated },
    features: featureCount(trained[best]),
    gates: gates.map(({ gate, passed: ok, verdict, text }) => ({
      gate:
        gate.gate === "notWorseThan"
          ? `not worse than ${gate.alias}`
          : `${gate.metric} ${gate.gate === "atLeast" ? "at least" : "at most"} ${gate.value}`,
      verdict: ok ? "passed" : verdict === "insufficient" ? "insufficient" : "refused",
      // What the registry held at the time is a fact of the run, kept in its manifest: this page is part of the version it publishes.
      detail: ok && gate.gate === "notWorseThan" ? `held against ${gate.alias}, as the registry had it` : text,
    })),
    planId: input.planId,
    packageVersion: input.packageVersion,
    seed: options.seed ?? 0,
  };
}

function sourceRows({
  source,
  files,
  repaired = {},
  columns = [],
  ...counts
}: SourceReport): ReportData["sources"][number] {
  return {
    name: source,
    ...rowCounts(counts),
    repaired: Object.entries(repaired).map(([reason, values]) => ({ reason, values })),
    files: files.map((file) => ({ path: file.path, ...rowCounts(file) })),
    changes: columns.map(changeSentence),
  };
}

function rowCounts({ read, used, quarantined }: Pick<SourceReport, "read" | "used" | "quarantined">) {
  const reasons = Object.entries(quarantined).map(([reason, rows]) => ({ reason, rows }));
  return { read, used, quarantined: read - used, reasons };
}

function changeSentence({ change, column, file, unlike, types }: ColumnChange): string {
  if (change === "added") return `${column} is in ${file}, not in ${unlike}`;
  if (change === "dropped") return `${column} is not in ${file}, but in ${unlike}`;
  return `${column} is ${types?.[1]} in ${file}, and ${types?.[0]} in ${unlike}`;
}

function whyNot(options: PipelineOptions, { best }: EvaluatedLearners, gates: readonly GateVerdict[]): string {
  if (best === null) return "no learner could be scored";
  if (options.publish === undefined) return "the pipeline does not publish";
  return gates.find((gate) => !gate.passed)?.text ?? "a gate said no";
}

function featureCount(learner: TrainedLearner | undefined): number | null {
  const part = learner?.folds.findLast((fold) => fold.part !== undefined)?.part;
  return part === undefined ? null : openPart(part).model.features.length;
}

function curvesOf(
  { spec, folds, predictions }: TrainedLearner,
  { metrics, evaluation }: EvaluatedLearners["learners"][number],
): LearnerCurves {
  const part = folds.findLast((fold) => fold.part !== undefined)?.part;
  const importance = part === undefined ? undefined : openPart(part).model.importance?.();
  const curves = evaluation?.curves;
  const failures = Math.max(1, metrics.failures ?? 0);
  const isRegression = predictions?.task.kind === "regression";
  return {
    learner: spec.name,
    precisionRecall: someOf(curves?.precisionRecall.map(({ recall, precision }) => ({ recall, precision }))),
    calibration: someOf(curves?.calibration.map(({ predicted, observed, count }) => ({ predicted, observed, count }))),
    plan: someOf(
      curves?.plan.flatMap(({ caught, falseAlarmsPerMachineMonth: falseAlarms }) =>
        falseAlarms === null ? [] : [{ falseAlarms, caught: caught / failures }],
      ),
    ),
    warnings: curves === undefined || isRegression ? null : curves.warningTimes,
    importance: importance ?? null,
    life:
      predictions === null || !isRegression
        ? null
        : Array.from(predictions.target, (actual, row) => ({ actual, predicted: predictions.predicted[row] })),
  };
}

function someOf<T>(points: readonly T[] | undefined): readonly T[] | null {
  return points === undefined || points.length === 0 ? null : points;
}

/** How far before a failure its timeline begins, in horizons. */
const TIMELINE_HORIZONS = 3;

/** Scores as probabilities, from three horizons before each failure. */
function timelines(
  options: PipelineOptions,
  { folds }: TrainedLearner,
  predictions: Predictions,
  evaluation: EvaluatedLearners["learners"][number]["evaluation"],
): FailureTimeline[] {
  if (evaluation === null || options.label.label !== "failsWithin") return [];
  const span = TIMELINE_HORIZONS * durationLength(options.label.horizon, predictions.time);
  // A learner with an alarm score of its own (a share, say) is drawn on that; the others' raw scores are log odds.
  const part = folds.findLast((fold) => fold.part !== undefined)?.part;
  const onScale =
    part !== undefined && openPart(part).model.alarmScore !== undefined ? (score: number) => score : sigmoid;
  const thresholds = folds.filter((fold) => fold.part !== undefined).map((fold) => fold.part?.threshold ?? null);
  const { machine, cutoff } = predictions.rows;
  return evaluation.failures.map((failure) => {
    const points: { cutoff: number; score: number }[] = [];
    let threshold: number | null = null;
    for (let row = 0; row < machine.length; row++) {
      if (machine[row] !== failure.machine || cutoff[row] >= failure.time || cutoff[row] < failure.time - span)
        continue;
      points.push({ cutoff: cutoff[row], score: onScale(predictions.score[row]) });
      threshold = thresholds[predictions.fold[row]];
    }
    const alarms = evaluation.alarms
      .filter(
        (alarm) =>
          alarm.machine === failure.machine && alarm.raisedAt < failure.time && alarm.raisedAt >= failure.time - span,
      )
      .map(({ machine: _, ...alarm }) => alarm);
    return { ...failure, points, threshold: threshold === null ? null : onScale(threshold), alarms };
  });
}
