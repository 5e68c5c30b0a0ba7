/** Columns without the extremes that training hardly saw. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { Feature, Training } from "../feature.ts";
import { completeRows } from "../fitting/complete-rows.ts";
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
}

export interface ClipOptions {
  /** The share of training values below the lower bound, 0..1. Default: 0.01. */
  from?: number;
  /** The share of training values below the upper bound, from `from` to 1. Default: 0.99. */
  to?: number;
}

const LEAST_ROWS = 10;

/**
 * `clip("volt_max_3h")` gives `volt_max_3h_clipped` beside it, in its unit: its value, held between two quantiles of what all
 * training rows know of it (linear between order statistics). Takes columns of features that stand before it. NaN where the column
 * is missing, and everywhere where fewer than 10 training rows know it.
 */
export function clip(columns: string | readonly string[], options: ClipOptions = {}): ClipSpec {
  const { from = 0.01, to = 0.99, ...others } = options;
  return checkSpec(clipFeature.shape, { feature: "clip", columns: list(columns), from, to, ...others }, "clip");
}

export const clipFeature: Feature<ClipSpec> = {
  shape: z
    .strictObject({
      feature: z.literal("clip"),
      columns: columnList,
      from: z.number().min(0).max(1),
      to: z.number().min(0).max(1),
    })
    .refine(({ from, to }) => from <= to, "`from` not above `to`"),

  plan({ columns }, context) {
    return planMadeOf(columns, columns.map(nameOf), context, "clip");
  },

  compute() {},

  fit({ columns, from, to }, _, training) {
    return columns
      .filter((column) => training.has(column))
      .map((column) => ({
        from: "clipped",
        name: nameOf(column),
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

function nameOf(column: string): string {
  return columnName(column, "clipped");
}
