/** Columns without the extremes that training hardly saw. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { Feature, Training } from "../feature.ts";
import { completeRows, LEAST_ROWS } from "../fitting/complete-rows.ts";
import { quantileOf } from "../fitting/quantile.ts";
import type { ClippedOutput } from "../outputs/clipped.ts";
import { list } from "./list.ts";
import { columnList, planMadeOf } from "./made-of.ts";
import { columnName } from "./names.ts";

export interface ClipSpec {
  feature: "clip";
  columns: readonly string[];
  from: number;
  to: number;
  /** Default: "clipped". */
  name?: string;
}

export interface ClipOptions {
  /** The share of training values below the lower bound, 0..1. Default: 0.01. */
  from?: number;
  /** The share of training values below the upper bound, from `from` to 1. Default: 0.99. */
  to?: number;
  /** What the new columns' names have after those of the columns, to tell several clips of one column apart. Default: "clipped". */
  name?: string;
}

/**
 * `clip("volt_max_3h")` gives `volt_max_3h_clipped` beside it, in its unit: its value, held between two quantiles of what all
 * training rows know of it (linear between order statistics). Takes columns of features that stand before it. NaN where the column
 * is missing, and everywhere where fewer than 10 training rows know it.
 */
export function clip(columns: string | readonly string[], options: ClipOptions = {}): ClipSpec {
  const { from = 0.01, to = 0.99, name, ...others } = options;
  const spec = {
    feature: "clip",
    columns: list(columns),
    from,
    to,
    ...(name !== undefined && { name }),
    ...others,
  };
  return checkSpec(clipFeature.shape, spec, "clip");
}

export const clipFeature: Feature<ClipSpec> = {
  shape: z
    .strictObject({
      feature: z.literal("clip"),
      columns: columnList,
      from: z.number().min(0).max(1),
      to: z.number().min(0).max(1),
      name: z.string().min(1).optional(),
    })
    .refine(({ from, to }) => from <= to, "`from` not above `to`"),

  plan({ columns, name }, context) {
    const names = columns.map((column) => nameOf(column, name));
    return planMadeOf(columns, names, context, "clip");
  },

  compute() {},

  fit({ columns, from, to, name }, _, training) {
    return columns
      .filter((column) => training.has(column))
      .map((column) => ({
        from: "clipped",
        name: nameOf(column, name),
        column,
        bounds: boundsOf(training, column, from, to),
      }));
  },
};

function boundsOf(training: Training, column: string, from: number, to: number): ClippedOutput["bounds"] {
  const values = training.column(column);
  const known = Float32Array.from(completeRows([values], training.rows), (row) => values[row]).sort();
  if (known.length < LEAST_ROWS) return null;
  return { low: quantileOf(known, from), high: quantileOf(known, to) };
}

function nameOf(column: string, name = "clipped"): string {
  return columnName(column, name);
}
