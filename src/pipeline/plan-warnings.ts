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
    ...lossWarnings(options, sources),
    ...columnWarnings(sources),
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
  return Object.entries(failures?.quarantined ?? {}).map(([reason, rows]) => {
    const question = reason === "unknownMachine" ? ": are its machines called as in the telemetry?" : "";
    return `${rows} of ${failures?.read} rows of events.${label.of} are set aside (${reason})${question}`;
  });
}

/** A source whose rows are mostly set aside is read in the wrong way more often than it is broken. */
function lossWarnings({ label }: PipelineOptions, sources: readonly SourceReport[]): string[] {
  return sources
    .filter(
      ({ source, read, used }) => source !== `events.${label.of}` && source.startsWith("telemetry") && 2 * used < read,
    )
    .map(({ source, read, used, quarantined }) => {
      const [[reason]] = Object.entries(quarantined).sort(([, a], [, b]) => b - a);
      return `${read - used} of ${read} rows of ${source} are set aside, most of them for ${reason}`;
    });
}

function columnWarnings(sources: readonly SourceReport[]): string[] {
  return sources.flatMap(({ source, columns = [] }) =>
    columns.map(({ change, column, file, unlike }) => {
      if (change === "added") return `${source}: \`${column}\` is in ${file}, not in ${unlike}`;
      if (change === "dropped") return `${source}: \`${column}\` is not in ${file}, but in ${unlike}`;
      return `${source}: \`${column}\` has another type in ${file} than in ${unlike}`;
    }),
  );
}
