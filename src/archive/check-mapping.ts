/** Whether a source's mapping names the columns that its role needs, and no others. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { durationLength } from "../core/time.ts";
import { ruleOf } from "./contract.ts";
import { checkContract, type Role as SourceRole } from "./contract-check.ts";
import { isLong, sensorsOf } from "./long.ts";
import { telemetryName } from "./source-name.ts";
import type { ArchiveSpec, SourceSpec } from "./spec.ts";

type Key = keyof SourceSpec;

const contract: readonly Key[] = ["renamed", "missing", "rules", "timeZone"];

const roles = {
  machines: role(
    ["machine"],
    ["machinePrefix", "attributes", "retiredAt", "commissionedAt", "validFrom"],
    ["units", "ranges"],
  ),
  telemetry: role(
    ["machine", "time", "sensors"],
    ["machinePrefix", "knownAt", "delay"],
    ["units", "ranges", "notAfter", "stamp", "stampInterval", "order"],
  ),
  events: role(
    ["machine", "time"],
    ["machinePrefix", "kind", "end", "knownAt", "delay", "outcome"],
    ["notAfter", "order"],
  ),
  remaining: role(["machine", "remaining"], ["machinePrefix"], ["units", "ranges"]),
  schedule: role(["component", "interval"], ["match", "validFrom"], ["units"]),
  limits: role(["sensor"], ["low", "high", "match", "validFrom"], ["units"]),
} satisfies Record<SourceRole, Role>;

/**
 * @throws PIPELINE_MAPPING for the first source that cannot be read as what it is named for, PIPELINE_DURATION for a delay that is no
 * length of the archive's time, and what `checkContract` throws.
 */
export function checkMappings(spec: ArchiveSpec): void {
  checkForms(spec);
  if (spec.telemetry.length === 0)
    throw mapping("telemetry", "an archive has no telemetry", "at least one source", "none");
  if (spec.machines !== undefined) checkSource("machines", roles.machines, spec.machines);
  spec.telemetry.forEach((source, i) => {
    checkTelemetry(telemetryName(i, spec.telemetry.length), source);
  });
  for (const [name, source] of Object.entries(spec.events ?? {})) {
    if (name.includes(".")) {
      const hint = "the part after a dot would name a file of the table";
      throw mapping(
        `events.${name}`,
        "an event table's name cannot be used",
        "a name without dots",
        `\`${name}\``,
        hint,
      );
    }
    if (source.format !== "endOfLife") checkSource(`events.${name}`, roles.events, source);
    else if (source.remaining !== undefined) checkSource(`events.${name}.remaining`, roles.remaining, source.remaining);
  }
  const { schedule, limits } = spec.reference ?? {};
  if (schedule !== undefined) checkReference("reference.schedule", roles.schedule, schedule, spec);
  if (limits !== undefined) {
    checkReference("reference.limits", roles.limits, limits, spec);
    if (limits.low === undefined && limits.high === undefined) {
      throw mapping("reference.limits", "limits name no column", "`low`, `high` or both", "neither");
    }
  }
  checkContracts(spec);
}

function checkTelemetry(name: string, source: SourceSpec): void {
  checkSource(name, roles.telemetry, source);
  const sensors = sensorsOf(source);
  if (sensors.length === 0) throw mapping(name, "a telemetry source names no sensor", "at least one", "none");
  const twice = sensors.find((sensor, at) => sensors.indexOf(sensor) !== at);
  if (twice !== undefined) throw mapping(name, "a sensor is named twice", "each sensor once", `\`${twice}\``);
}

function checkContracts(spec: ArchiveSpec): void {
  const { time, telemetry, events = {}, reference = {} } = spec;
  const shared = { time, machines: spec.machines !== undefined, sensors: telemetry.flatMap(sensorsOf) };
  const check = (name: string, role: SourceRole, source: SourceSpec | undefined) => {
    if (source !== undefined) checkContract(source, { name, role, ...shared });
  };
  check("machines", "machines", spec.machines);
  const settled = new Map<string, string>();
  telemetry.forEach((source, i) => {
    const name = telemetryName(i, telemetry.length);
    check(name, "telemetry", source);
    const key = [...sensorsOf(source)].sort().join("\n");
    const rule = ruleOf(source, "duplicate");
    const other = settled.get(key) ?? rule;
    if (other !== rule) {
      const expected = `${JSON.stringify(other)}, as in the other source with the same sensors`;
      throw mapping(name, "sources of one table settle duplicates differently", expected, JSON.stringify(rule));
    }
    settled.set(key, rule);
  });
  for (const [name, source] of Object.entries(events)) {
    if (source.format === "endOfLife") check(`events.${name}.remaining`, "remaining", source.remaining);
    else check(`events.${name}`, "events", source);
  }
  check("reference.schedule", "schedule", reference.schedule);
  check("reference.limits", "limits", reference.limits);
}

/** Whether every source is one at all, and its delay a length. */
function checkForms({ time, machines, telemetry, events = {}, reference = {} }: ArchiveSpec): void {
  const sources: Record<string, unknown> = {
    machines,
    ...Object.fromEntries(telemetry.map((source, i) => [telemetryName(i, telemetry.length), source ?? null])),
    ...Object.fromEntries(Object.entries(events).map(([name, source]) => [`events.${name}`, source ?? null])),
    "reference.schedule": reference.schedule,
    "reference.limits": reference.limits,
  };
  for (const [name, source] of Object.entries(sources)) {
    if (source === undefined) continue;
    const { format, path, delay, remaining } = (source ?? {}) as Record<string, unknown>;
    const table = format === "csv" || format === "parquet";
    const endOfLife = format === "endOfLife" && name.startsWith("events.");
    if (!endOfLife && !(table && typeof path === "string" && path !== "")) {
      const expected = "what csv(path, …) or parquet(path, …) gives";
      throw mapping(name, "this is no source", expected, JSON.stringify(source) ?? typeof source);
    }
    if (endOfLife && remaining !== undefined && typeof remaining !== "object")
      throw mapping(`${name}.remaining`, "this is no source", "what csv(path, …) gives", JSON.stringify(remaining));
    if (delay !== undefined) durationLength(String(delay), time, `${name}: delay`);
  }
}

interface Role {
  required: readonly Key[];
  allowed: readonly Key[];
}

function role(required: readonly Key[], optional: readonly Key[], promises: readonly Key[]): Role {
  return { required, allowed: [...required, ...optional, ...contract, ...promises] };
}

const forms: Readonly<Record<string, string>> = {
  sensors: "a list of names, or what long({ tag, value, tags }) gives",
  columns: "a list of names",
  attributes: 'each attribute\'s type, "category" or "number"',
  match: "a column for each attribute",
  outcome: "true or false",
  machine: "a name or rowNumber()",
  machinePrefix: "a text",
};

const lists: readonly Key[] = ["sensors", "columns"];
/** What has a form of its own, which is checked by itself. */
const checkedApart: readonly Key[] = [...contract, "units", "ranges", "notAfter", "stamp", "stampInterval", "order"];

/** Whether a value has the form its key asks for; a pipeline may be plain JavaScript. */
function hasForm(key: Key, value: unknown): boolean {
  const isName = (one: unknown) => typeof one === "string" && one !== "";
  if (checkedApart.includes(key)) return true;
  if (key === "sensors" && typeof value === "object" && value !== null && isLong(value as SourceSpec["sensors"])) {
    const { tag, value: reading, tags } = value as Record<string, unknown>;
    return (
      isName(tag) && isName(reading) && typeof tags === "object" && tags !== null && Object.values(tags).every(isName)
    );
  }
  if (lists.includes(key)) return Array.isArray(value) && value.every(isName);
  const members = typeof value === "object" && value !== null ? Object.values(value) : undefined;
  if (key === "attributes") return members?.every((one) => one === "category" || one === "number") ?? false;
  if (key === "match") return members?.every(isName) ?? false;
  if (key === "outcome") return typeof value === "boolean";
  if (key === "machine" && typeof value === "object" && value !== null) return "rowNumber" in value;
  return key === "machinePrefix" ? typeof value === "string" : isName(value);
}

function checkSource(name: string, { required, allowed }: Role, source: SourceSpec): void {
  const missing = required.find((key) => source[key] === undefined);
  if (missing !== undefined)
    throw mapping(name, "a mapping lacks a column", `\`${missing}\``, keysOf(source).join(", "));
  const files: Key[] = source.format === "csv" ? ["format", "path", "delimiter", "columns"] : ["format", "path"];
  const known: string[] = [...files, ...allowed];
  const unknown = keysOf(source).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const expected = known.filter((key) => key !== "format" && key !== "path");
    throw mapping(
      name,
      "a mapping names what its source cannot have",
      expected.join(", "),
      `\`${unknown}\``,
      didYouMean(unknown, expected),
    );
  }
  const wrong = keysOf(source).find((key) => !hasForm(key as Key, source[key as Key]));
  if (wrong !== undefined) {
    const expected = forms[wrong] ?? "a name";
    throw mapping(name, `\`${wrong}\` cannot be read`, expected, JSON.stringify(source[wrong as Key]));
  }
  if (source.delimiter !== undefined && !/^[^"\r\n]{1,4}$/.test(source.delimiter)) {
    throw mapping(
      name,
      "a delimiter cannot be used",
      "one to four characters, no quote and no line end",
      JSON.stringify(source.delimiter),
    );
  }
}

function checkReference(name: string, role: Role, source: SourceSpec, spec: ArchiveSpec): void {
  checkSource(name, role, source);
  const attributes = spec.machines?.attributes ?? {};
  const categories = Object.keys(attributes).filter((attribute) => attributes[attribute] === "category");
  for (const attribute of Object.keys(source.match ?? {})) {
    if (categories.includes(attribute)) continue;
    throw mapping(
      name,
      "reference data match what is no category of the machines",
      categories.join(", ") || "a category among the machines' attributes",
      `\`${attribute}\``,
      didYouMean(attribute, categories),
    );
  }
}

function keysOf(source: SourceSpec): string[] {
  return Object.entries(source).flatMap(([key, value]) => (value === undefined ? [] : [key]));
}

function mapping(where: string, problem: string, expected: string, found: string, hint?: string): ForewarnError {
  return new ForewarnError("PIPELINE_MAPPING", { problem, expected, found, where, hint });
}
