/** The split "evaluate on machines that no model was trained on" as plain data. */
import { ForewarnError } from "../core/errors.ts";
import type { ByMachineSpec } from "./spec.ts";

export type ByMachineOptions =
  /** The share of machines held out, between 0 and 1: one fold. */
  | { share: number; folds?: undefined }
  /** The number of folds, at least 2: each machine is held out once. */
  | { folds: number; share?: undefined };

/**
 * `byMachine({ folds: 5 })` or `byMachine({ share: 0.25 })`.
 * @throws PIPELINE_SPLIT when both or neither are given, or out of range.
 */
export function byMachine({ share, folds }: ByMachineOptions): ByMachineSpec {
  if (folds === undefined && share !== undefined && share > 0 && share < 1) return { split: "byMachine", share };
  if (share === undefined && Number.isSafeInteger(folds) && Number(folds) >= 2) return { split: "byMachine", folds };
  throw new ForewarnError("PIPELINE_SPLIT", {
    problem: "a split by machine needs a share or a number of folds",
    expected: "{ share } between 0 and 1, or { folds } of at least 2",
    found: JSON.stringify({ share, folds }),
    where: "byMachine",
  });
}
