/** One fit as plain data, so that a worker thread can do it. */
import type { ErrorCode, ErrorDetails } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import type { FitOptions, LearnerSpec, TrainingSet } from "./learner.ts";

export interface FitTask extends Pick<FitOptions, "seed" | "time" | "iterations" | "validation" | "threads"> {
  spec: LearnerSpec;
  train: TrainingSet;
}

/** What the worker tells while it fits, and what it ends with. */
export type FitMessage =
  | { progress: number }
  | { model: Json }
  | { error: { code: ErrorCode; details: Omit<ErrorDetails, "cause"> } };
