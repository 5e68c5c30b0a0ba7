/** Why evaluation begins some time after the split: a split by time leaves out the rows into which training labels reach. */
import { lifeUnit } from "../../core/time.ts";
import type { ReportData } from "../data.ts";
import { defined, instant, span } from "../format.ts";

/** Null unless the split is one by time and evaluation begins after it. */
export function gapAfterSplit({ splitAt: at, evaluated: { from }, time }: ReportData): string | null {
  if (at === null || !defined(from) || from <= at) return null;
  const gap = span((from - at) / lifeUnit(time), time);
  return `Split at ${instant(at, time)}. The ${gap} after it are left out: the labels of the last training rows reach into them.`;
}
