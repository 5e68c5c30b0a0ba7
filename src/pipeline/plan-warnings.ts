/** What in a pipeline's plan is likely not meant, one sentence each. */
import type { SourceReport } from "../archive/source-report.ts";
import { instantName, parseInstant } from "../core/time.ts";
import { FAILS, type Labels } from "../labels/labels.ts";
import type { Fold } from "../splits/fold.ts";
import { delayWarnings } from "./delay-warnings.ts";
import type { PipelineOptions } from "./options.ts";

export interface PlanFacts {
  options: PipelineOptions;
  sources: readonly SourceReport[];
  /** The first and the last telemetry instant. */
  span: readonly [first: number, last: number];
  labels: Labels;
  folds: readonly Fold[];
}

export function planWarnings({ options, sources, span, labels, folds }: PlanFacts): string[] {
  return [
    ...splitWarnings(options, span),
    ...folds.flatMap((fold) => foldWarnings(fold, labels)),
    ...asideWarnings(options, sources),
    ...delayWarnings(options),
  ];
}

function splitWarnings({ split, time = "timestamp" }: PipelineOptions, [first, last]: PlanFacts["span"]): string[] {
  if (split.split !== "byTime") return [];
  const at = parseInstant(split.at, time, "split.at");
  if (at > first && at <= last) return [];
  const name = (instant: number) => instantName(instant, time);
  return [`the split at ${name(at)} lies outside the data, which go from ${name(first)} to ${name(last)}`];
}

function foldWarnings({ name, train, evaluate }: Fold, { state }: Labels): string[] {
  const parts = [["training", train] as const, ["evaluation", evaluate] as const];
  return parts
    .filter(([, rows]) => !rows.some((row) => state[row] === FAILS))
    .map(([part]) => `fold ${name}: no failure in ${part}`);
}

/** A misspelt machine looks like a machine of no interest; among the failures that costs what the model learns from. */
function asideWarnings({ label }: PipelineOptions, sources: readonly SourceReport[]): string[] {
  const failures = sources.find(({ source }) => source === `events.${label.of}`);
  return Object.entries(failures?.quarantined ?? {}).map(
    ([reason, rows]) =>
      `${rows} of ${failures?.read} rows of events.${label.of} are set aside (${reason}): are its machines called as in the telemetry?`,
  );
}
