/** The rule of thumb as a model: the share of the recommended interval that is used, and what training rows say it means. */
import { z } from "zod";
import type { Json } from "../../core/json.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Task } from "../../labels/labels.ts";
import { LARGEST_FLOAT32 } from "../float32.ts";
import { type Steps, stepAt } from "../isotonic.ts";
import type { Model } from "../learner.ts";
import { modelColumns } from "../model-columns.ts";
import { invalidModel, readModel, taskSchema } from "../model-door.ts";
import { scheduleColumn } from "./columns.ts";
import { SCHEDULE_THRESHOLD } from "./options.ts";

/** The rule of thumb with what it learned, as exporters read it. */
export interface ScheduleModel extends Model {
  readonly learner: "scheduleRule";
  /** Shares into probabilities or lives: one for binary and regression, one a component for multiclass. */
  readonly steps: readonly Steps[];
}

/**
 * `steps` turns shares into probabilities or lives: one step function for binary and regression, one a component (in the order of
 * the classes after "none") for multiclass.
 */
export function scheduleModel(task: Task, features: readonly string[], steps: readonly Steps[]): ScheduleModel {
  return {
    learner: "scheduleRule",
    task,
    features,
    steps,
    raw: (matrix) => rawScores(task, features, matrix),
    link: (raw) => link(task, steps, raw),
    alarmScore: (raw) => largestOfRow(task, raw),
    toJSON: () => ({ learner: "scheduleRule", version: 1, task, features, steps }) as unknown as Json,
  };
}

/**
 * Binary and regression: the largest share used of any component; unknown ones (NaN) are skipped, and where all are unknown it is 0.
 * Multiclass: each component's own share (0 where unknown), and the threshold, 1, for "none"; so the highest class is the component
 * most overdue, and "none" while nothing is due.
 */
export function rawScores(task: Task, features: readonly string[], matrix: Matrix): Float32Array {
  const columns = modelColumns(matrix, features);
  if (task.kind !== "multiclass")
    return Float32Array.from({ length: matrix.rows }, (_, row) => largestShare(columns, row));
  const outputs = task.classes.length;
  const result = new Float32Array(matrix.rows * outputs);
  task.classes.forEach((name, output) => {
    const own = columns.filter((_, i) => features[i] === scheduleColumn(name));
    for (let row = 0; row < matrix.rows; row++) {
      result[row * outputs + output] = output === 0 ? SCHEDULE_THRESHOLD : largestShare(own, row);
    }
  });
  return result;
}

function largestShare(columns: readonly Float32Array[], row: number): number {
  let largest = Number.NaN;
  for (const column of columns) {
    if (!(column[row] <= largest)) largest = Number.isNaN(column[row]) ? largest : column[row];
  }
  return Number.isNaN(largest) ? 0 : Math.min(largest, LARGEST_FLOAT32);
}

/** The largest share of any component: from the threshold, 1, on, one of them is due. */
function largestOfRow(task: Task, raw: Float32Array): Float64Array {
  if (task.kind !== "multiclass") return Float64Array.from(raw);
  const outputs = task.classes.length;
  return Float64Array.from({ length: raw.length / outputs }, (_, row) =>
    raw.subarray(row * outputs + 1, (row + 1) * outputs).reduce((a, b) => Math.max(a, b)),
  );
}

function link(task: Task, steps: readonly Steps[], raw: Float32Array): Float32Array {
  if (task.kind === "binary") return raw.map((share) => stepAt(steps[0], share));
  if (task.kind === "regression") {
    const cap = task.cap ?? Number.POSITIVE_INFINITY;
    return raw.map((share) => Math.min(Math.max(stepAt(steps[0], share), 0), cap));
  }
  const classes = task.classes.length;
  const result = new Float32Array(raw.length);
  for (let start = 0; start < raw.length; start += classes) {
    const chances = steps.map((own, i) => stepAt(own, raw[start + 1 + i]));
    const any = chances.reduce((sum, chance) => sum + chance, 0);
    // The components' chances are fitted one by one; where together they leave nothing for "none", all are scaled to sum to 1.
    const none = Math.max(1 - any, 0);
    result[start] = none / (none + any);
    for (let k = 1; k < classes; k++) result[start + k] = chances[k - 1] / (none + any);
  }
  return result;
}

const schema = z.strictObject({
  learner: z.literal("scheduleRule"),
  version: z.literal(1),
  task: taskSchema,
  features: z.array(z.string()).min(1),
  steps: z.array(z.strictObject({ from: z.array(z.number()).min(1), value: z.array(z.number()) })),
});

/** Reads what `toJSON` wrote. @throws MODEL_INVALID */
export function loadSchedule(json: unknown): ScheduleModel {
  const { task, features, steps } = readModel(schema, json);
  const needed = task.kind === "multiclass" ? task.classes.length - 1 : 1;
  if (steps.length !== needed) throw invalidModel(`it needs step functions: ${needed}`, "steps");
  for (const [i, { from, value }] of steps.entries()) {
    if (from.length !== value.length) throw invalidModel("one value a step is needed", `steps[${i}]`);
    if (from.some((start, p) => p > 0 && !(from[p - 1] < start)))
      throw invalidModel("steps are out of order", `steps[${i}]`);
    const chance = task.kind !== "regression";
    if (chance && value.some((p) => p < 0 || p > 1)) throw invalidModel("a probability is not in 0..1", `steps[${i}]`);
  }
  return scheduleModel(task, features, steps);
}
