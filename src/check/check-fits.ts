/** Fits a fold again with everything outside its training rows changed: featurizer, model and threshold have to stay equal to the byte. */
import { ForewarnError } from "../core/errors.ts";
import { canonicalJson } from "../core/json.ts";
import type { Fold } from "../splits/fold.ts";
import { jsonDifference } from "./json-difference.ts";
import type { FitInput, FitLeak } from "./leak.ts";
import { fitInputs, type OtherRowsOptions, otherRows } from "./other-rows.ts";
import type { FitRows, FittedState, LearnerSubject } from "./subject.ts";

export interface FitFindings {
  /** Fits repeated with other rows. */
  repeated: number;
  /** The fold holds too few failures to fit on. */
  isTooSmall: boolean;
  leak?: FitLeak;
}

/** Others first: a fit that reads them goes through and shows what it made of them, where missing ones may only make it fail. */
const ways: readonly OtherRowsOptions["way"][] = ["other", "missing"];
const stages = ["featurizer", "model", "threshold"] as const;

/** How many fits `checkFit` makes where it finds nothing. */
export const FITS_A_FOLD = 1 + ways.length;

/** @param onFit called after each fit. */
export async function checkFit(
  learner: LearnerSubject,
  rows: FitRows,
  fold: Fold,
  { seed, onFit }: { seed: number; onFit: () => void },
): Promise<FitFindings> {
  const fit = async (given: FitRows) => {
    const state = await learner.fit(given, fold);
    onFit();
    return state;
  };
  const fitOther = (other: OtherRowsOptions) => fit(otherRows(rows, fold, other)).catch(failure);
  const base = await fit(rows);
  if (base === undefined) return { repeated: 0, isTooSmall: true };
  let repeated = 0;
  for (const way of ways) {
    repeated++;
    const difference = firstDifference(base, await fitOther({ way, seed }));
    if (difference === undefined) continue;
    const reads: FitInput[] = [];
    for (const input of fitInputs) {
      const state = await fitOther({ way, seed, inputs: [input] });
      if (firstDifference(base, state) !== undefined) reads.push(input);
    }
    const leak: FitLeak = { leak: "fit", learner: learner.name, fold: fold.name, ...difference, reads };
    return { repeated, isTooSmall: false, leak };
  }
  return { repeated, isTooSmall: false };
}

/** A fit that fails only with other rows outside training has read them; what stops the check itself is thrown on. */
function failure(error: unknown): string {
  if (error instanceof ForewarnError && !error.code.startsWith("INTERRUPTED_")) return error.message;
  throw error;
}

function firstDifference(base: FittedState, other: FittedState | string | undefined) {
  if (other === undefined || typeof other === "string") {
    return { stage: "model" as const, where: "", values: ["a model", other ?? "too few failures to fit on"] as const };
  }
  for (const stage of stages) {
    // Their stored bytes decide; the difference says where.
    if (canonicalJson(base[stage]) === canonicalJson(other[stage])) continue;
    const [ours, theirs] = [base[stage], other[stage]].map((state) => JSON.parse(canonicalJson(state)));
    const found = jsonDifference(ours, theirs);
    if (found !== undefined) return { stage, ...found };
  }
  return undefined;
}
