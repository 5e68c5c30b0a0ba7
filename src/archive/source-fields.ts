/** The fields that a source is read for, by the role it has in the archive: one a column of its table. */
import { valuesByTag, valuesOf } from "./contract-values.ts";
import type { Field } from "./field.ts";
import { isLong, sensorsOf } from "./long.ts";
import type { NamedSource } from "./sources.ts";
import type { SourceSpec } from "./spec.ts";

/** The fields of the source of that name, as `archiveSources` calls it. */
export function sourceFields({ name, spec }: NamedSource): Field[] {
  if (name === "machines") return machineFields(spec);
  if (name === "reference.schedule") return scheduleFields(spec);
  if (name === "reference.limits") return limitFields(spec);
  if (spec.remaining !== undefined) return remainingFields(spec);
  return name.startsWith("events.") ? eventFields(spec) : telemetryFields(spec);
}

/**
 * Machine, time, known at, then the sensors in the order given; of a long source machine, time, known at, the sensor, its reading.
 * @param sensors Default: as the source names them.
 */
export function telemetryFields(spec: SourceSpec, sensors = sensorsOf(spec)): Field[] {
  const key: Field[] = [
    machineField(spec),
    { kind: "instant", column: spec.time, required: "key" },
    { kind: "instant", column: spec.knownAt, required: "known" },
  ];
  if (!isLong(spec.sensors)) {
    const reading = (column: string): Field => ({ kind: "number", column, reading: true, ...valuesOf(spec, column) });
    return [...key, ...sensors.map(reading)];
  }
  const { tag, value, tags } = spec.sensors;
  return [
    ...key,
    { kind: "text", column: tag, required: "key", names: tags },
    { kind: "number", column: value, reading: true, ...valuesByTag(spec, tags, "v3") },
  ];
}

/** Machine, time, known at, kind, end. */
export function eventFields(spec: SourceSpec): Field[] {
  return [
    machineField(spec),
    { kind: "instant", column: spec.time, required: "key" },
    { kind: "instant", column: spec.knownAt, required: "known" },
    { kind: "text", column: spec.kind, required: "key" },
    { kind: "instant", column: spec.end, openEnd: true },
  ];
}

/** Machine, valid from, retired at, commissioned at, then the attributes. */
export function machineFields(spec: SourceSpec): Field[] {
  return [
    machineField(spec),
    { kind: "instant", column: spec.validFrom },
    { kind: "instant", column: spec.retiredAt, openEnd: true },
    { kind: "instant", column: spec.commissionedAt },
    ...Object.entries(spec.attributes ?? {}).map(
      ([column, type]): Field =>
        type === "number"
          ? { kind: "number", column, reading: true, ...valuesOf(spec, column) }
          : { kind: "text", column },
    ),
  ];
}

/** Machine, remaining life. */
export function remainingFields(spec: SourceSpec): Field[] {
  return [
    machineField(spec),
    { kind: "number", column: spec.remaining, required: "value", ...valuesOf(spec, "remaining") },
  ];
}

/** Component, valid from, interval, then the columns to match. */
export function scheduleFields(spec: SourceSpec): Field[] {
  return referenceFields(spec, spec.component, [
    { kind: "number", column: spec.interval, required: "value", ...valuesOf(spec, "interval") },
  ]);
}

/** Sensor, valid from, low, high, then the columns to match. */
export function limitFields(spec: SourceSpec): Field[] {
  const sensors = Object.fromEntries(Object.keys(spec.units ?? {}).map((name) => [name, name]));
  const { convert } = valuesByTag({ units: spec.units }, sensors, "f0");
  const limit = (column: string | undefined): Field => ({ kind: "number", column, infinite: true, convert });
  return referenceFields(spec, spec.sensor, [limit(spec.low), limit(spec.high)]);
}

function referenceFields(spec: SourceSpec, subject: string | undefined, values: readonly Field[]): Field[] {
  return [
    { kind: "text", column: subject, required: "key" },
    { kind: "instant", column: spec.validFrom },
    ...values,
    ...Object.values(spec.match ?? {}).map((column) => ({ kind: "text" as const, column })),
  ];
}

function machineField(spec: SourceSpec): Field {
  return { kind: "machine", column: spec.machine, prefix: spec.machinePrefix, required: "key" };
}
