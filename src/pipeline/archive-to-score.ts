/** The contract of a model's archive, as it holds for files that are newer than those the model learned from. */
import type { ArchiveSpec, EndOfLifeSpec, SourceSpec } from "../archive/spec.ts";
import { instantName } from "../core/time.ts";

const DAY_MICROS = 86_400_000_000;

/**
 * `notAfter` said where the archive to learn from ended; whoever scores later means their own clock, with the day of grace that a load gives.
 * A counter has no clock: there no cycle is too late.
 */
export function archiveToScore(archive: ArchiveSpec, now: Date): ArchiveSpec {
  const source = (spec: SourceSpec): SourceSpec => {
    if (spec.notAfter === undefined) return spec;
    if (archive.time === "timestamp") {
      return { ...spec, notAfter: instantName(now.getTime() * 1000 + DAY_MICROS, archive.time) };
    }
    const { notAfter: _, rules, ...rest } = spec;
    const { futureTime: __, ...others } = rules ?? {};
    return rules === undefined ? rest : { ...rest, rules: others };
  };
  const event = (spec: SourceSpec | EndOfLifeSpec) => (spec.format === "endOfLife" ? spec : source(spec));
  const { telemetry, events } = archive;
  return {
    ...archive,
    telemetry: telemetry.map(source),
    ...(events && { events: Object.fromEntries(Object.entries(events).map(([name, spec]) => [name, event(spec)])) }),
  };
}
