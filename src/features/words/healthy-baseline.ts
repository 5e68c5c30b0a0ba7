/** How far a machine is from the healthy ones of training. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import { choleskyFactor } from "../fitting/cholesky.ts";
import { correlationMatrix, recommendedShrinkage } from "../fitting/correlation.ts";
import { standardisation } from "../fitting/standardisation.ts";
import { plainNumbers } from "../outputs/learned.ts";
import type { MahalanobisOutput } from "../outputs/mahalanobis.ts";
import { type FittingRows, fittingRows, hasAll } from "./fitting-rows.ts";
import { list } from "./list.ts";
import { columnList, planMadeOf } from "./made-of.ts";
import { columnName } from "./names.ts";

export interface HealthyBaselineSpec {
  feature: "healthyBaseline";
  columns: readonly string[];
  /** 0..1. Default: the recommended one. */
  shrinkage?: number;
  /** Default: "baseline". */
  name?: string;
}

export interface HealthyBaselineOptions {
  /**
   * How far the covariances are taken towards 0 (the variances stay), 0..1; at least 1e-6, so that columns that move in lockstep
   * leave a distance. Default: what is expected to come nearest to the true ones (Schäfer and Strimmer 2005), near 0 for many rows.
   */
  shrinkage?: number;
  /** What the column's name begins with. Default: "baseline". */
  name?: string;
}

const LEAST_SHRINKAGE = 1e-6;

/**
 * `healthyBaseline(["volt_mean_3h", "rotate_mean_3h"])` gives `baseline_mahalanobis`, a number of standard deviations from 0 up:
 * the Mahalanobis distance sqrt((x - m)' S^-1 (x - m)) of columns of features that stand before it, with mean m and covariance S of
 * the healthy training rows where all of them are known (P. C. Mahalanobis, 1936). A column that does not vary there is not looked
 * at. NaN where a column is missing, and everywhere where such rows are fewer than 10, or than twice the columns. Where no training
 * row is known to be healthy all of them count.
 */
export function healthyBaseline(
  columns: string | readonly string[],
  options: HealthyBaselineOptions = {},
): HealthyBaselineSpec {
  const { shrinkage, name, ...others } = options;
  const spec = {
    feature: "healthyBaseline",
    columns: list(columns),
    ...(shrinkage !== undefined && { shrinkage }),
    ...(name !== undefined && { name }),
    ...others,
  };
  return checkSpec(healthyBaselineFeature.shape, spec, "healthyBaseline");
}

export const healthyBaselineFeature: Feature<HealthyBaselineSpec> = {
  shape: z.strictObject({
    feature: z.literal("healthyBaseline"),
    columns: columnList,
    shrinkage: z.number().min(0).max(1).optional(),
    name: z.string().min(1).optional(),
  }),

  plan(spec, context) {
    return planMadeOf(spec.columns, [nameOf(spec)], context, "healthyBaseline");
  },

  compute() {},

  fit(spec, _, training) {
    const { columns, shrinkage } = spec;
    if (!hasAll(training, columns)) return [];
    const found = fittingRows(training, columns);
    const learned = found === undefined ? null : learn(found, shrinkage);
    return [{ from: "mahalanobis", name: nameOf(spec), columns, learned }];
  },
};

function learn({ columns, rows }: FittingRows, given: number | undefined): MahalanobisOutput["learned"] {
  const size = columns.length;
  const { means, scales } = standardisation(columns, rows);
  const matrix = correlationMatrix(columns, rows, { means, scales });
  const shrinkage = Math.max(LEAST_SHRINKAGE, given ?? recommendedShrinkage(columns, rows, { means, scales }, matrix));
  const shrunk = matrix.map((value, at) => (at % (size + 1) === 0 ? 1 : (1 - shrinkage) * value));
  return { means, scales, factor: plainNumbers(choleskyFactor(shrunk, size)) };
}

function nameOf({ name = "baseline" }: HealthyBaselineSpec): string {
  return columnName(name, "mahalanobis");
}
