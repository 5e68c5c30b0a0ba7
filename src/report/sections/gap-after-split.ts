/** Why evaluation begins some time after the split: a split by time leaves out the rows into which training labels reach. */
import { lifeUnit } from "../../core/time.ts";
import type { ReportData } from "../data.ts";
import { defined, instant, span } from "../format.ts";
import { bestLearner } from "../words.ts";

/** Null unless the only fold is one by time, as its name says, and evaluation begins after it. */
export function gapAfterSplit(data: ReportData): string | null {
  const folds = bestLearner(data)?.folds ?? [];
  const at = folds.length === 1 ? splitInstant(folds[0].name, data.time) : null;
  const from = data.evaluated.from;
  if (at === null || !defined(from) || from <= at) return null;
  return `Split at ${instant(at, data.time)}. The ${span((from - at) / lifeUnit(data.time), data.time)} after it are left out: the labels of the last training rows reach into them.`;
}

/** The instant in "at 2015-03-01T00:00:00Z" or "at 120". */
function splitInstant(name: string, time: ReportData["time"]): number | null {
  const text = /^at (\S+)$/.exec(name)?.[1];
  if (text === undefined) return null;
  const at = time === "cycles" ? Number(text) : Date.parse(text) * 1000;
  return Number.isFinite(at) ? at : null;
}
