/** Fits a learner on each fold's training rows and predicts its evaluation rows, each row once. */
import { ForewarnError } from "../core/errors.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import type { Fold } from "../splits/fold.ts";
import type { LearnerSpec } from "./learner.ts";
import { type PooledRows, poolRows, predictRows } from "./predict-rows.ts";
import { type FittedPart, type PartOptions, type SettledSettings, settle, trainPart } from "./train-part.ts";
import type { TrainingRows } from "./training-rows.ts";

export interface TrainedFold {
  name: string;
  trained: number;
  evaluated: number;
  /** Why the fold was not used. */
  skipped?: string;
  /** What was fitted, where the fold was used. */
  part?: FittedPart;
}

export interface TrainedFolds {
  folds: readonly TrainedFold[];
  /** Pooled over the folds in use, whose order `Predictions.fold` counts; null where no fold could be used. */
  predictions: Predictions | null;
  /** What a refit on more rows takes over; null where no fold could be used. */
  settled: SettledSettings | null;
}

const tooFew: readonly string[] = ["DATA_ONE_CLASS", "DATA_FEW_FAILURES"];

export async function trainFolds(
  spec: LearnerSpec,
  rows: TrainingRows,
  folds: readonly Fold[],
  options: PartOptions,
): Promise<TrainedFolds> {
  const results: TrainedFold[] = [];
  const parts: PooledRows[] = [];
  for (const [i, fold] of folds.entries()) {
    const counts = { name: fold.name, trained: fold.train.length, evaluated: fold.evaluate.length };
    const onProgress = (share: number) => options.onProgress?.((i + share) / folds.length);
    const part =
      fold.skipped === undefined
        ? await unlessTooFew(trainPart(spec, rows, fold.train, { ...options, onProgress }))
        : undefined;
    if (part === undefined) {
      results.push({ ...counts, skipped: fold.skipped ?? "not enough failures" });
    } else {
      results.push({ ...counts, part });
      parts.push({ index: fold.evaluate, predictions: predictRows(rows, part, fold.evaluate, parts.length) });
    }
  }
  if (parts.length === 0) return { folds: results, predictions: null, settled: null };
  const fitted = results.flatMap(({ part }) => part ?? []);
  return {
    folds: results,
    predictions: poolRows(parts).predictions,
    settled: settle(spec, rows, fitted, options),
  };
}

/** Too few failures are a fact about the data, shown beside the fold; every other error is one. */
async function unlessTooFew<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ForewarnError && tooFew.includes(error.code)) return undefined;
    throw error;
  }
}
