/** The maintenance schedule as a learner: it needs no failures, only to learn what a share of the interval has meant so far. */
import { ForewarnError } from "../../core/errors.ts";
import { isotonicSteps, type Steps } from "../isotonic.ts";
import type { FitOptions, Learner, Model, TrainingSet } from "../learner.ts";
import { type WeightedRows, weightedRows } from "../rows.ts";
import { scheduleColumns } from "./columns.ts";
import { loadSchedule, rawScores, scheduleModel } from "./model.ts";
import { SCHEDULE_THRESHOLD, type ScheduleSpec } from "./options.ts";

/**
 * Unlike other learners it fits rows of one class, so that a pipeline without failures has something to go on with.
 * The raw score is the share itself; its link is the isotonic regression of the target on it over the training rows: failure
 * rates rise with the share, remaining lives fall.
 */
export const scheduleLearner: Learner<ScheduleSpec> = {
  fit,
  picksColumns: true,
  quick: true,
  fixedThreshold: SCHEDULE_THRESHOLD,
  policy: "schedule",
  load: loadSchedule,
};

async function fit(_spec: ScheduleSpec, train: TrainingSet, { signal, onProgress }: FitOptions): Promise<Model> {
  if (signal?.aborted === true) {
    throw new ForewarnError("INTERRUPTED_FIT", { problem: "training was interrupted", cause: signal.reason });
  }
  const { task } = train;
  const features = scheduleColumns(train.matrix.names);
  const rows = weightedRows(train);
  const raw = rawScores(task, features, rows.matrix);
  onProgress?.(1, 1);
  if (task.kind === "regression") {
    return scheduleModel(task, features, [isotonicSteps(raw, rows.target, rows, "decreasing")]);
  }
  const outputs = raw.length / rows.target.length;
  const failing = task.kind === "binary" ? 1 : outputs - 1;
  const steps = Array.from({ length: failing }, (_, i) => {
    const share = raw.filter((_score, at) => at % outputs === outputs - failing + i);
    const target = rows.target.map((value) => (value === i + 1 ? 1 : 0));
    return heldToHalfARow(isotonicSteps(share, target, rows, "increasing"), rows);
  });
  return scheduleModel(task, features, steps);
}

/** No rule is certain: a chance is at least that of half a failure among all training rows and at most that of half a healthy one. */
function heldToHalfARow({ from, value }: Steps, { totalWeight }: WeightedRows): Steps {
  const least = 0.5 / (totalWeight + 1);
  return { from, value: value.map((chance) => Math.min(Math.max(chance, least), 1 - least)) };
}
