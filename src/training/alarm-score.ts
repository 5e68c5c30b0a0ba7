/** The one number alarms are raised on: the raw score, for several classes the log odds of any failure, or what the model says it is. */
import { exp, log } from "../core/math.ts";
import type { Task } from "../labels/labels.ts";
import type { Model } from "./learner.ts";

/**
 * Alarm scores, one a row, from a model's raw scores (rows x outputs, row-major); empty for regression, which raises no alarm.
 * For several classes, unless the model has its own: log(sum of exp(raw of each component)) - raw of "none".
 */
export function alarmScores(model: Pick<Model, "task" | "alarmScore">, raw: Float32Array): Float64Array {
  const { task } = model;
  if (task.kind !== "regression" && model.alarmScore !== undefined) return model.alarmScore(raw);
  return alarmScore(task, raw);
}

/** As `alarmScores`, for a model without an alarm score of its own. */
function alarmScore(task: Task, raw: Float32Array): Float64Array {
  if (task.kind === "regression") return new Float64Array(0);
  if (task.kind === "binary") return Float64Array.from(raw);
  const outputs = task.classes.length;
  return Float64Array.from({ length: raw.length / outputs }, (_, row) => {
    const scores = raw.subarray(row * outputs + 1, (row + 1) * outputs);
    const highest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (const score of scores) sum += exp(score - highest);
    return highest + log(sum) - raw[row * outputs];
  });
}
