/** What one column shows beyond what others let expect. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import { leastSquares } from "../fitting/least-squares.ts";
import { standardisation } from "../fitting/standardisation.ts";
import { plainNumbers } from "../outputs/learned.ts";
import type { ResidualOutput } from "../outputs/residual.ts";
import { type FittingRows, fittingRows, hasAll } from "./fitting-rows.ts";
import { list } from "./list.ts";
import { columnList, planMadeOf } from "./made-of.ts";
import { columnName } from "./names.ts";

export interface ResidualOfSpec {
  feature: "residualOf";
  column: string;
  given: readonly string[];
  /** Default: "residual". */
  name?: string;
}

export interface ResidualOfOptions {
  /** The columns that explain it. */
  given: string | readonly string[];
  /** What the new column's name has after that of the column, to tell several residuals of one column apart. Default: "residual". */
  name?: string;
}

/**
 * `residualOf("temperature_mean_3h", { given: ["load_mean_3h", "ambient_mean_3h"] })` gives `temperature_mean_3h_residual`, in the
 * column's unit: the column less what a linear least-squares fit (with an intercept) expects of the others, all of them columns of
 * features that stand before it. Fitted on the healthy training rows where all are known. Of given columns that determine each
 * other (less than a millionth of a column's sd is its own) the ones with the most of their own explain, the others count 0, as
 * does a column that does not vary. NaN where a column is missing, and everywhere where such rows are fewer than 10, or than twice
 * the columns. Where no training row is known to be healthy all of them count.
 */
export function residualOf(column: string, options: ResidualOfOptions): ResidualOfSpec {
  const { given, name, ...others } = options ?? {};
  const spec = { feature: "residualOf", column, given: list(given), ...(name !== undefined && { name }), ...others };
  return checkSpec(residualOfFeature.shape, spec, "residualOf");
}

export const residualOfFeature: Feature<ResidualOfSpec> = {
  shape: z
    .strictObject({
      feature: z.literal("residualOf"),
      column: z.string(),
      given: columnList,
      name: z.string().min(1).optional(),
    })
    .refine(({ column, given }) => !given.includes(column), "other columns than the one explained"),

  plan(spec, context) {
    const { column, given } = spec;
    return planMadeOf([column, ...given], [nameOf(spec)], context, `residualOf("${column}")`);
  },

  compute() {},

  fit(spec, _, training) {
    const { column, given } = spec;
    if (!hasAll(training, [column, ...given])) return [];
    const found = fittingRows(training, [...given, column]);
    const learned = found === undefined ? null : learn(found);
    return [{ from: "residual", name: nameOf(spec), column, given, learned }];
  },
};

function learn({ columns, rows }: FittingRows): ResidualOutput["learned"] {
  const { means, scales } = standardisation(columns, rows);
  const last = columns.length - 1;
  const coefficients = leastSquares(columns, rows, { means, scales }).map((coefficient, i) =>
    scales[i] === 0 ? 0 : (coefficient * scales[last]) / scales[i],
  );
  return { mean: means[last], means: means.slice(0, last), coefficients: plainNumbers(coefficients) };
}

function nameOf({ column, name = "residual" }: ResidualOfSpec): string {
  return columnName(column, name);
}
