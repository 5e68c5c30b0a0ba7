/** How a machine differs from the healthy ones of training: along the ways in which those vary, and across them. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import { correlationMatrix } from "../fitting/correlation.ts";
import { standardisation } from "../fitting/standardisation.ts";
import { symmetricEigen } from "../fitting/symmetric-eigen.ts";
import type { ComponentsOutput } from "../outputs/components.ts";
import { type FittingRows, fittingRows, hasAll } from "./fitting-rows.ts";
import { list } from "./list.ts";
import { columnList, planMadeOf } from "./made-of.ts";
import { columnName } from "./names.ts";

export interface PrincipalComponentsSpec {
  feature: "principalComponents";
  columns: readonly string[];
  components?: number;
  explained?: number;
  scores?: boolean;
  name?: string;
}

export interface PrincipalComponentsOptions {
  /** How many components to keep, at most one a column. Default: as many as `explained` asks for. */
  components?: number;
  /** Keep the fewest components that hold this share of the variance, 0..1. Default: 0.95. */
  explained?: number;
  /** Also give each component's score; only together with `components`, so that the columns are known beforehand. Default: false. */
  scores?: boolean;
  /** What the columns' names begin with. Default: "components". */
  name?: string;
}

/** A component with a smaller variance is rounding. */
const LEAST_VARIANCE = 1e-9;

/**
 * `principalComponents(["volt_mean_3h", "rotate_mean_3h", "pressure_mean_3h"])` gives `components_error`, the squared prediction
 * error (SPE, Q): the square of what the kept components leave of the row, and `components_t2`, Hotelling's T squared: the squares
 * of its scores over their variances; with `scores` also `components_score_1` and so on. Columns of features that stand before it,
 * each standardised (a column that does not vary is not looked at); components of their correlations over the healthy training rows
 * where all are known, the largest loading of each positive. All without unit. NaN where a column is missing, and everywhere where
 * such rows are fewer than 10, or than twice the columns; a score beyond the components that there are is NaN. Where no training
 * row is known to be healthy all of them count. After J. E. Jackson and G. S. Mudholkar, "Control procedures for residuals
 * associated with principal component analysis", 1979.
 */
export function principalComponents(
  columns: readonly string[],
  options: PrincipalComponentsOptions = {},
): PrincipalComponentsSpec {
  const { components, explained, scores, name, ...others } = options;
  const spec = {
    feature: "principalComponents",
    columns: list(columns),
    ...(components !== undefined && { components }),
    ...(explained !== undefined && { explained }),
    ...(scores !== undefined && { scores }),
    ...(name !== undefined && { name }),
    ...others,
  };
  return checkSpec(principalComponentsFeature.shape, spec, "principalComponents");
}

export const principalComponentsFeature: Feature<PrincipalComponentsSpec> = {
  shape: z
    .strictObject({
      feature: z.literal("principalComponents"),
      columns: columnList,
      components: z.int().min(1).optional(),
      explained: z.number().gt(0).max(1).optional(),
      scores: z.boolean().optional(),
      name: z.string().min(1).optional(),
    })
    .refine(({ components, explained }) => components === undefined || explained === undefined, {
      message: "either `components` or `explained`",
    })
    .refine(({ components, scores }) => scores !== true || components !== undefined, {
      message: "`components`, so that it is known how many scores there are",
    })
    .refine(({ columns, components = 1 }) => components <= columns.length, {
      message: "at most as many components as columns",
    }),

  plan(spec, context) {
    const { error, tSquared, scores } = namesOf(spec);
    return planMadeOf(spec.columns, [error, tSquared, ...scores], context, "principalComponents");
  },

  compute() {},

  fit(spec, _, training) {
    const { columns } = spec;
    if (!hasAll(training, columns)) return [];
    const found = fittingRows(training, columns);
    const learned = found === undefined ? null : learn(found, spec);
    return [{ from: "components", ...namesOf(spec), columns, learned }];
  },
};

function learn(
  { columns, rows }: FittingRows,
  { components, explained = 0.95 }: PrincipalComponentsSpec,
): ComponentsOutput["learned"] {
  const { means, scales } = standardisation(columns, rows);
  const matrix = correlationMatrix(columns, rows, { means, scales });
  const { values, vectors } = symmetricEigen(matrix, columns.length);
  const known = values.filter((value) => value > LEAST_VARIANCE).length;
  const kept = Math.min(known, components ?? countFor(values, explained));
  return { means, scales, loadings: vectors.slice(0, kept), variances: values.slice(0, kept) };
}

/** The fewest of the first values that make up the share of all. */
function countFor(values: readonly number[], share: number): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (const [i, value] of values.entries()) {
    sum += value;
    if (sum >= share * total) return i + 1;
  }
  return values.length;
}

function namesOf({ name = "components", components = 0, scores = false }: PrincipalComponentsSpec) {
  return {
    error: columnName(name, "error"),
    tSquared: columnName(name, "t2"),
    scores: scores ? Array.from({ length: components }, (_, i) => columnName(name, "score", String(i + 1))) : [],
  };
}
