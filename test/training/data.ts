/** Small training sets for the learners' tests, made from a seed. */
import { random } from "../../src/core/random.ts";
import type { Task } from "../../src/labels/labels.ts";
import { gbdt, learnerOf, scheduleRule } from "../../src/training/index.ts";
import type { FitOptions, LearnerSpec, Model, TrainingSet } from "../../src/training/learner.ts";

export const BINARY: Task = { kind: "binary" };
export const CLASSES: Task = { kind: "multiclass", classes: ["none", "comp1", "comp2"] };
export const LIFE: Task = { kind: "regression", cap: 100 };
export const FIT: FitOptions = { seed: 1, time: "timestamp" };

/** Every learner with settings quick to fit. */
export const LEARNERS: Record<string, LearnerSpec> = {
  gbdt: gbdt({ trees: 8, leaves: 6, minRows: 5, learningRate: 0.2 }),
  scheduleRule: scheduleRule(),
};

export function fit(spec: LearnerSpec, train: TrainingSet, options: Partial<FitOptions> = {}): Promise<Model> {
  return learnerOf(spec).fit(spec, train, { ...FIT, ...options });
}

/**
 * Rows whose outcome hangs on three of four columns: two schedule columns, a sensor with missing values and noise; one column is
 * constant. Weights, where asked for, are 1, 2 or 3.
 */
export function trainingSet(
  task: Task,
  rows: number,
  seed: number,
  weighted: "weighted" | "unweighted" = "unweighted",
): TrainingSet {
  const numbers = random(seed, "training set");
  const used1 = new Float32Array(rows);
  const used2 = new Float32Array(rows);
  const sensor = new Float32Array(rows);
  const noise = new Float32Array(rows);
  const target = new Float64Array(rows);
  const weight = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    used1[i] = 1.5 * numbers.uniform();
    used2[i] = 1.5 * numbers.uniform();
    sensor[i] = numbers.normal();
    noise[i] = numbers.normal();
    const wear = used1[i] + (used2[i] > 1 ? 0.4 : 0) + 0.3 * sensor[i] + 0.1 * numbers.normal();
    if (task.kind === "binary") target[i] = wear > 1.1 ? 1 : 0;
    else if (task.kind === "multiclass") target[i] = wear > 1.1 ? (used1[i] > used2[i] ? 1 : 2) : 0;
    else target[i] = Math.min(100, Math.max(0, 100 - 60 * wear));
    weight[i] = 1 + numbers.integer(3);
    if (numbers.uniform() < 0.1) sensor[i] = Number.NaN;
    if (numbers.uniform() < 0.1) used2[i] = Number.NaN;
  }
  const set: TrainingSet = {
    task,
    matrix: {
      rows,
      names: ["schedule_comp1_used", "schedule_comp2_used", "sensor_mean_3h", "noise", "constant"],
      columns: [used1, used2, sensor, noise, new Float32Array(rows).fill(7)],
    },
    target,
  };
  return weighted === "weighted" ? { ...set, weight } : set;
}

/** The rows of a training set picked by index, with a weight of 1. */
export function pickRows(set: TrainingSet, index: readonly number[]): TrainingSet {
  return {
    task: set.task,
    matrix: {
      rows: index.length,
      names: set.matrix.names,
      columns: set.matrix.columns.map((column) => Float32Array.from(index, (row) => column[row])),
    },
    target: Float64Array.from(index, (row) => set.target[row]),
  };
}

/** A training set from columns by name. */
export function setOf(task: Task, columns: Record<string, readonly number[]>, target: readonly number[]): TrainingSet {
  return {
    task,
    matrix: {
      rows: target.length,
      names: Object.keys(columns),
      columns: Object.values(columns).map((column) => Float32Array.from(column)),
    },
    target: Float64Array.from(target),
  };
}

export function modelText(model: Model): string {
  return JSON.stringify(model.toJSON());
}
