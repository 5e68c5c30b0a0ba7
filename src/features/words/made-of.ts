/** The plan of a word that is made of columns of features before it. */
import { z } from "zod";
import type { PlanContext, PlannedFeature } from "../feature.ts";
import { requireColumn } from "./require-column.ts";

/** @throws PIPELINE_UNKNOWN_COLUMN */
export function planMadeOf(
  columns: readonly string[],
  fittedNames: readonly string[],
  { before = [] }: PlanContext,
  where: string,
): PlannedFeature {
  const known = new Set(before);
  for (const column of columns) if (!known.has(column)) requireColumn(before, column, where);
  return { columns: [], reads: [], inputs: [...new Set(columns)], fittedNames };
}

/** The shape of a list of columns. */
export const columnList = z
  .array(z.string())
  .min(1)
  .refine((columns) => new Set(columns).size === columns.length, "each column once");
