/** Whether what a source's contract says can be understood, and can have an effect. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { durationLength, parseInstant, type TimeKind } from "../core/time.ts";
import { ruleOf, type Violation, violations } from "./contract.ts";
import { isTimeZone } from "./contract-time-zone.ts";
import { readConversion } from "./contract-units.ts";
import { isLong, sensorsOf } from "./long.ts";
import type { SourceSpec } from "./spec.ts";

export type Role = "machines" | "telemetry" | "events" | "remaining" | "schedule" | "limits";

export interface ContractPlace {
  /** Where the pipeline names the source. */
  name: string;
  role: Role;
  time: TimeKind;
  /** Whether the archive has a machine table. */
  machines: boolean;
  /** All sensors of the archive's telemetry. */
  sensors: readonly string[];
}

const anyTable = [
  "brokenLine",
  "missingKey",
  "badName",
  "badTime",
  "timeNotUnique",
  "duplicate",
  "columnDropped",
  "columnAdded",
  "columnRetyped",
] as const;
const numbers = ["badValue", "infiniteValue"] as const;
const readings = [...numbers, "outOfRange", "missingValue"] as const;

/** The violations that rows of each role can commit. */
const violationsOf: Readonly<Record<Role, readonly Violation[]>> = {
  machines: [...anyTable, ...readings, "unknownMachine"],
  telemetry: [...anyTable, ...readings, "missingKnownAt", "unknownTag", "futureTime", "outOfOrder", "unlistedMachine"],
  events: [...anyTable, "missingKnownAt", "impossibleValue", "futureTime", "outOfOrder", "unknownMachine"],
  remaining: [...anyTable, ...numbers, "outOfRange", "impossibleValue", "unknownMachine"],
  schedule: [...anyTable, ...numbers, "impossibleValue"],
  limits: [...anyTable, "badValue", "impossibleValue", "unknownSensor"],
};

/** @throws PIPELINE_MAPPING, PIPELINE_UNIT, PIPELINE_DURATION, PIPELINE_INSTANT */
export function checkContract(spec: SourceSpec, place: ContractPlace): void {
  const { name, time } = place;
  checkRules(spec, place);
  checkUnits(spec, place);
  checkRanges(spec, place);
  checkRenamed(spec, name);
  const { missing, timeZone, notAfter, stamp, stampInterval, order } = spec;
  if (
    missing !== undefined &&
    !(Array.isArray(missing) && missing.every((text) => typeof text === "string" && text !== ""))
  )
    throw broken(name, "missing", 'texts such as ["-", "-999"]', missing);
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw broken(name, "timeZone", 'the name of a time zone such as "Europe/Berlin"', timeZone);
  if (timeZone !== undefined && time === "cycles")
    throw broken(name, "timeZone", "none where time counts cycles", timeZone);
  if (notAfter !== undefined) parseInstant(notAfter, time, `${name}: notAfter`);
  if (order !== undefined && order !== "sorted" && order !== "any")
    throw broken(name, "order", '"sorted" or "any"', order);
  if (stamp !== undefined && stamp !== "start" && stamp !== "end")
    throw broken(name, "stamp", '"start" or "end"', stamp);
  if ((stamp === "start") !== (stampInterval !== undefined)) {
    const expected = 'both stamp: "start" and stampInterval, the length of the interval, or neither';
    throw broken(name, "stampInterval", expected, stampInterval);
  }
  if (stampInterval !== undefined) durationLength(stampInterval, time, `${name}: stampInterval`);
}

function checkRules(spec: SourceSpec, { name, role, machines }: ContractPlace): void {
  const { rules } = spec;
  if (rules === undefined) return;
  if (typeof rules !== "object" || rules === null) throw broken(name, "rules", "a rule for each violation", rules);
  for (const [violation, rule] of Object.entries(rules)) {
    if (rule === undefined) continue;
    const known = violationsOf[role];
    if (!known.some((one) => one === violation)) {
      throw new ForewarnError("PIPELINE_MAPPING", {
        problem: "a rule is for no violation that the source can have",
        expected: known.join(", "),
        found: `\`${violation}\``,
        where: `${name}: rules`,
        hint: didYouMean(violation, known),
      });
    }
    const can: readonly string[] = violations[violation as Violation].rules;
    if (!can.includes(rule)) {
      const expected = can.map((one) => JSON.stringify(one)).join(", ");
      throw broken(name, `rules.${violation}`, expected, rule, didYouMean(String(rule), can));
    }
  }
  const isLate = spec.knownAt !== undefined;
  const needs: readonly (readonly [violation: Violation, isMet: boolean, need: string])[] = [
    ["timeNotUnique", spec.timeZone !== undefined, "`timeZone`"],
    ["outOfRange", spec.ranges !== undefined, "`ranges`"],
    ["outOfOrder", spec.order === "sorted", '`order: "sorted"`'],
    ["unknownTag", isLong(spec.sensors), "`sensors: long(…)`"],
    ["unlistedMachine", machines || ruleOf(spec, "unlistedMachine") === "keep", "a machine table"],
    ["missingKnownAt", isLate, "`knownAt`"],
    ["duplicate", isLate || ruleOf(spec, "duplicate") !== "latestKnown", "telemetry or events with a `knownAt` column"],
    // Which rows are set aside may not hang on the day on which they are read.
    ["futureTime", spec.notAfter !== undefined || ruleOf(spec, "futureTime") !== "quarantine", "`notAfter`"],
  ];
  for (const [violation, isMet, need] of needs) {
    if (rules[violation] === undefined || isMet) continue;
    throw broken(name, `rules.${violation}`, `${need} beside it`, rules[violation]);
  }
}

/** The names that a contract can say units and ranges of. */
function numberNames(spec: SourceSpec, { role, sensors }: ContractPlace): readonly string[] {
  if (role === "telemetry") return sensorsOf(spec);
  if (role === "limits") return sensors;
  if (role === "schedule") return ["interval"];
  if (role === "remaining") return ["remaining"];
  return Object.entries(spec.attributes ?? {}).flatMap(([attribute, type]) => (type === "number" ? [attribute] : []));
}

function checkUnits(spec: SourceSpec, place: ContractPlace): void {
  const { units } = spec;
  if (units === undefined) return;
  checkNames("units", units, numberNames(spec, place), place.name);
  for (const [of, unit] of Object.entries(units)) readConversion(unit, `${place.name}: units.${of}`);
}

function checkRanges(spec: SourceSpec, place: ContractPlace): void {
  const { ranges } = spec;
  if (ranges === undefined) return;
  checkNames("ranges", ranges, numberNames(spec, place), place.name);
  for (const [of, range] of Object.entries(ranges as Record<string, unknown>)) {
    const ends: unknown[] = Array.isArray(range) ? range : [];
    const [least, greatest] = ends;
    const isEnd = (end: unknown) => end === null || (typeof end === "number" && Number.isFinite(end));
    const isRange = ends.length === 2 && ends.every(isEnd) && ends.some((end) => end !== null);
    if (isRange && (least === null || greatest === null || Number(least) <= Number(greatest))) continue;
    throw broken(place.name, `ranges.${of}`, "[least, greatest], null where one is open", range);
  }
}

function checkRenamed(spec: SourceSpec, name: string): void {
  const { renamed } = spec;
  if (renamed === undefined) return;
  const mapped = mappedColumns(spec);
  checkNames("renamed", renamed, mapped, name);
  for (const [column, names] of Object.entries(renamed as Record<string, unknown>)) {
    const isList = Array.isArray(names) && names.every((one) => typeof one === "string" && one !== "");
    if (!isList) throw broken(name, `renamed.${column}`, "a list of the names that the column had", names);
    const other = names.find((one) => mapped.includes(one));
    if (other === undefined) continue;
    throw broken(name, `renamed.${column}`, "names that no other column is mapped by", other);
  }
}

function mappedColumns(spec: SourceSpec): string[] {
  const { machine, time, kind, end, knownAt, attributes, retiredAt, commissionedAt, validFrom, match } = spec;
  const { component, interval, sensor, low, high, remaining, sensors } = spec;
  const sensorColumns = isLong(sensors) ? [sensors.tag, sensors.value] : (sensors ?? []);
  const single = [machine, time, kind, end, knownAt, retiredAt, commissionedAt, validFrom, component, interval];
  const all = [...single, sensor, low, high, remaining, ...sensorColumns, ...Object.keys(attributes ?? {})];
  return [...all, ...Object.values(match ?? {})].filter((column) => typeof column === "string");
}

function checkNames(option: string, value: unknown, known: readonly string[], name: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw broken(name, option, "an object by name", value);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw broken(name, option, `one of ${known.join(", ")}`, unknown, didYouMean(unknown, known));
}

function broken(name: string, option: string, expected: string, found: unknown, hint?: string): ForewarnError {
  return new ForewarnError("PIPELINE_MAPPING", {
    problem: `\`${option}\` cannot be used`,
    expected,
    found: found === undefined ? "nothing" : JSON.stringify(found),
    where: name,
    hint,
  });
}
