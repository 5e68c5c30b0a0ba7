/** The label of every cutoff: what became of the machine within the horizon, or how long it still lived. */

export const HEALTHY = 0;
export const FAILS = 1;
export const CENSORED = 2;

/** What a model is to predict. */
export type Task =
  | { kind: "binary" }
  /** `classes[0]` is "none"; the others are components, sorted by bytes. */
  | { kind: "multiclass"; classes: readonly string[] }
  /** Hours or cycles, held to 0..cap. */
  | { kind: "regression"; cap?: number };

/** How many numbers a model says of a row: one a class for several classes, else 1. */
export function outputsOf(task: Task): number {
  return task.kind === "multiclass" ? task.classes.length : 1;
}

export interface Labels {
  task: Task;
  /** 0 healthy, 1 fails, 2 censored, one a row. For remaining life: 0 known at the cap, 1 known with a failure, 2 censored. */
  state: Uint8Array;
  /** The target, one a row: 0 or 1 (binary), the class index (multiclass), the remaining life in hours or cycles (regression). NaN where censored. */
  value: Float64Array;
  /** State per component, for `label_<component>_state`. */
  components: Readonly<Record<string, Uint8Array>>;
  /** The instant up to which the label of each row looks; a split purges by it. */
  end: Float64Array;
}

/** A failure after merging, with the repair that ends its outage. */
export interface Failure {
  /** Index into the fleet's machines. */
  machine: number;
  component: string;
  time: number;
  /** When its record became known; not before `time`. Default: `time`. */
  knownAt?: number;
  /** The first maintenance record of the component at or after `time` and before its next failure; undefined where there is none. */
  repairedAt?: number;
}

/** A replacement that repairs no failure. */
export interface PlannedReplacement {
  machine: number;
  component: string;
  time: number;
}

/** What happened to a fleet, as the labels and the planner's figures read it. */
export interface History {
  /** Sorted by machine, time, component. */
  failures: readonly Failure[];
  /** Sorted by machine, time, component. */
  planned: readonly PlannedReplacement[];
  /** All components that fail or are replaced, sorted by bytes. */
  components: readonly string[];
}
