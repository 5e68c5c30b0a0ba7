/** The sources of an archive, each under the name that messages and reports call it by. */
import { telemetryName } from "./source-name.ts";
import type { ArchiveSpec, SourceSpec } from "./spec.ts";

export interface NamedSource {
  /** Where the pipeline names it: "machines", "telemetry[0]", "events.errors", "reference.schedule". */
  name: string;
  spec: SourceSpec;
}

/** All sources that name files, in the order machines, telemetry, events, reference. */
export function archiveSources(archive: ArchiveSpec): NamedSource[] {
  const { machines, telemetry, events = {}, reference = {} } = archive;
  const all: (readonly [name: string, spec: SourceSpec | undefined])[] = [
    ["machines", machines],
    ...telemetry.map((source, i) => [telemetryName(i, telemetry.length), source] as const),
    ...Object.entries(events).map(([name, source]) =>
      source.format === "endOfLife"
        ? ([`events.${name}.remaining`, source.remaining] as const)
        : ([`events.${name}`, source] as const),
    ),
    ["reference.schedule", reference.schedule],
    ["reference.limits", reference.limits],
  ];
  return all.flatMap(([name, spec]) => (spec === undefined ? [] : [{ name, spec }]));
}
