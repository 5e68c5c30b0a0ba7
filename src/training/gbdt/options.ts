/** Settings of the boosted trees: `gbdt({ trees: 300, leaves: 31 })` as a pipeline writes them. */
import { ForewarnError } from "../../core/errors.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { LearnerSpec } from "../learner.ts";

export interface GbdtOptions {
  /** The name in reports, metrics and comparisons. Default: "gbdt". */
  name?: string;
  /** Iterations: one tree each, for several classes one tree a class each. Default: 300. */
  trees?: number;
  /** The most leaves a tree grows, 2 to 65,536. Default: 31. */
  leaves?: number;
  /** What share of each tree's step is taken, above 0 and at most 1. Default: 0.05. */
  learningRate?: number;
  /** The least weight of rows (without weights: their number) in a leaf, 1 or more. Default: 20. */
  minRows?: number;
  /** The least sum of second derivatives of the loss in a leaf. Default: 0.001. */
  minHessian?: number;
  /** Added to a leaf's sum of second derivatives, so that small leaves say less. Default: 0. */
  l2?: number;
  /**
   * A split's gain must be above this. Gain is the sum over both sides of G^2 / (H + l2), less that of the whole; G and H are
   * the sums of the loss's first and second derivatives. Default: 0.
   */
  minGain?: number;
  /** Bins of values a column is cut into, 2 to 255; missing values have one more. Default: 255. */
  maxBins?: number;
  /**
   * Stop when the validation loss (log loss, or squared error) has not become smaller for this many iterations, and keep the
   * trees up to the best one. Without validation rows, or where the iterations are fixed, it does nothing. Default: off.
   */
  earlyStopping?: number;
}

export interface GbdtSpec extends LearnerSpec, Required<Omit<GbdtOptions, "earlyStopping">> {
  learner: "gbdt";
  baseline: false;
  earlyStopping?: number;
}

/** Each setting: what it must be, and whether a value is that. */
const rules: Record<keyof GbdtOptions, { expected: string; holds: (value: unknown) => boolean }> = {
  name: { expected: "a text that is not empty", holds: (value) => typeof value === "string" && value !== "" },
  trees: wholeNumber(1, 100_000),
  leaves: wholeNumber(2, 65_536),
  learningRate: {
    expected: "a number above 0, at most 1",
    holds: (value) => isNumber(value) && value > 0 && value <= 1,
  },
  minRows: { expected: "a number, 1 or more", holds: (value) => isNumber(value) && value >= 1 },
  minHessian: { expected: "a number, 0 or more", holds: (value) => isNumber(value) && value >= 0 },
  l2: { expected: "a number, 0 or more", holds: (value) => isNumber(value) && value >= 0 },
  minGain: { expected: "a number, 0 or more", holds: (value) => isNumber(value) && value >= 0 },
  maxBins: wholeNumber(2, 255),
  earlyStopping: wholeNumber(1, 100_000),
};

/**
 * Gradient boosted trees: binary and multiclass log loss, squared error for remaining life.
 * @throws PIPELINE_GBDT when an option is unknown or out of its range.
 */
export function gbdt(options: GbdtOptions = {}): GbdtSpec {
  const { earlyStopping, ...given } = checked(options);
  const spec: GbdtSpec = {
    learner: "gbdt",
    name: "gbdt",
    baseline: false,
    trees: 300,
    leaves: 31,
    learningRate: 0.05,
    minRows: 20,
    minHessian: 1e-3,
    l2: 0,
    minGain: 0,
    maxBins: 255,
    ...given,
  };
  return earlyStopping === undefined ? spec : { ...spec, earlyStopping };
}

/** The options that are set, each within its range. */
function checked(options: GbdtOptions): GbdtOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [option, value] of given) {
    const rule = Object.hasOwn(rules, option) ? rules[option as keyof GbdtOptions] : undefined;
    if (rule?.holds(value)) continue;
    throw new ForewarnError("PIPELINE_GBDT", {
      problem: rule === undefined ? "gbdt has no such option" : "an option of gbdt is out of its range",
      expected: rule?.expected,
      found: rule === undefined ? option : (JSON.stringify(value) ?? typeof value),
      where: `gbdt({ ${option} })`,
      hint: rule === undefined ? didYouMean(option, Object.keys(rules)) : undefined,
    });
  }
  return Object.fromEntries(given);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function wholeNumber(least: number, most: number): { expected: string; holds: (value: unknown) => boolean } {
  return {
    expected: `a whole number, ${least} to ${most}`,
    holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}
