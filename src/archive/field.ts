/** One value a row that a source is read for: how SQL casts its column, and which values are refused. */
import { type ErrorCode, ForewarnError } from "../core/errors.ts";
import type { TimeKind } from "../core/time.ts";
import { literal } from "./sql.ts";

/** "machine" is a name, "instant" a point of the fleet's time, "text" a category or kind, "number" a reading. */
export type FieldKind = "machine" | "instant" | "text" | "number";

export interface Field {
  kind: FieldKind;
  /** The column it is read from; not given, it is absent (NULL) in every row. */
  column?: string | { rowNumber: true };
  /** Rows without a value are refused: as part of their key, or as a value that must be there. */
  required?: "key" | "value";
  /** Infinite numbers are values, not refused. */
  infinite?: boolean;
  /** An instant after the year 2255 ("9999-12-31") means never, and is not refused. */
  openEnd?: boolean;
  /** Put before every machine's name. */
  prefix?: string;
}

/** A condition over the columns r<i> (as read) and f<i> (as cast) that no row may meet. */
export interface Check {
  code: ErrorCode;
  problem: string;
  expected?: string;
  /** The field it is about, as an index. */
  field: number;
  sql: string;
}

type Family = "text" | "integer" | "real" | "boolean" | "instant" | "nanoseconds";

function familyOf(type: string): Family | undefined {
  if (/^(VARCHAR|UUID|ENUM\b.*)$/s.test(type)) return "text";
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type)) return "integer";
  if (/^(FLOAT|DOUBLE|DECIMAL\b.*)$/.test(type)) return "real";
  if (type === "BOOLEAN") return "boolean";
  if (type === "TIMESTAMP_NS") return "nanoseconds";
  if (/^(DATE|TIMESTAMP|TIMESTAMP_S|TIMESTAMP_MS|TIMESTAMP WITH TIME ZONE)$/.test(type)) return "instant";
  return undefined;
}

/** The column as read: text as VARCHAR with nothing for an empty text, anything else as it is. */
export function rawSql(sql: string, type: string): string {
  return familyOf(type) === "text" ? `nullif(CAST(${sql} AS VARCHAR), '')` : sql;
}

/** The type of the field in a table. */
export function fieldType(kind: FieldKind): "VARCHAR" | "DOUBLE" {
  return kind === "machine" || kind === "text" ? "VARCHAR" : "DOUBLE";
}

/**
 * The cast of a raw column to its field: NULL where the value cannot be read as one.
 * @throws DATA_COLUMN_TYPE, DATA_TIME_TYPE when no value of the type could be.
 */
export function castSql(field: Field, raw: string, type: string, time: TimeKind, where: string): string {
  const family = familyOf(type);
  const sql = family === undefined ? undefined : casts[field.kind](raw, family, time, field.prefix ?? "");
  if (sql !== undefined) return sql;
  const instant = field.kind === "instant";
  throw new ForewarnError(instant ? "DATA_TIME_TYPE" : "DATA_COLUMN_TYPE", {
    problem: "a column has another type than its use needs",
    expected: instant && time === "cycles" ? "whole numbers" : expectedTypes[field.kind],
    found: type,
    where,
    hint: instant
      ? time === "cycles"
        ? "leave out `cycles` where the fleet's time is a timestamp"
        : "cast it to a timestamp when it is written, or say that the fleet's time counts cycles"
      : undefined,
  });
}

const expectedTypes: Record<FieldKind, string> = {
  machine: "texts or whole numbers",
  instant: "timestamps",
  text: "texts, numbers or booleans",
  number: "numbers",
};

const casts: Record<FieldKind, (raw: string, family: Family, time: TimeKind, prefix: string) => string | undefined> = {
  machine(raw, family, _time, prefix) {
    const name =
      family === "text"
        ? `regexp_replace(${raw}, '^0+([0-9]+)$', '\\1')`
        : family === "integer"
          ? `CAST(${raw} AS VARCHAR)`
          : family === "real"
            ? wholeText(raw)
            : undefined;
    return name === undefined || prefix === "" ? name : `${literal(prefix)} || ${name}`;
  },
  text(raw, family) {
    if (family === "real") return `coalesce(${wholeText(raw)}, CAST(${raw} AS VARCHAR))`;
    return family === "instant" || family === "nanoseconds" ? undefined : `CAST(${raw} AS VARCHAR)`;
  },
  number(raw, family) {
    if (family === "instant" || family === "nanoseconds") return undefined;
    if (family !== "text") return `CAST(${raw} AS DOUBLE)`;
    return `coalesce(TRY_CAST(${raw} AS DOUBLE), CASE lower(${raw}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)`;
  },
  instant(raw, family, time) {
    if (time === "cycles") {
      return family === "text" || family === "integer" || family === "real" ? `TRY_CAST(${raw} AS DOUBLE)` : undefined;
    }
    // Finer than a microsecond is dropped, before 1970 as after it.
    if (family === "nanoseconds") {
      return `CAST((epoch_ns(${raw}) - (epoch_ns(${raw}) % 1000 + 1000) % 1000) // 1000 AS DOUBLE)`;
    }
    if (family === "text") return `CAST(epoch_us(TRY_CAST(${raw} AS TIMESTAMPTZ)) AS DOUBLE)`;
    return family === "instant" ? `CAST(epoch_us(${raw}) AS DOUBLE)` : undefined;
  },
};

/** A whole number without a decimal point; NULL for any other. */
function wholeText(raw: string): string {
  return `CASE WHEN CAST(${raw} AS DOUBLE) = trunc(CAST(${raw} AS DOUBLE)) THEN CAST(TRY_CAST(${raw} AS HUGEINT) AS VARCHAR) END`;
}

/** Instants up to here are exact in a float64. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** What no row may hold in a field, in the order in which it is looked for. */
export function checksOf(field: Field, i: number, time: TimeKind): Check[] {
  const raw = `r${i}`;
  const value = `f${i}`;
  const unread = `${raw} IS NOT NULL AND ${value} IS NULL`;
  const checks: Omit<Check, "field">[] = [];
  if (field.required !== undefined) {
    checks.push({
      code: field.required === "key" ? "DATA_NULL_KEY" : "DATA_VALUE_MISSING",
      sql: field.kind === "number" ? `${raw} IS NULL OR isnan(${value})` : `${raw} IS NULL`,
      problem: "a value is missing that every row must have",
    });
  }
  if (field.kind === "machine") checks.push({ ...unreadMachine, sql: unread });
  if (field.kind === "number") checks.push({ ...unreadNumber, sql: unread });
  if (field.kind === "number" && !field.infinite) checks.push({ ...infinite, sql: `isinf(${value})` });
  if (field.kind === "instant" && time === "timestamp") {
    const outside = field.openEnd ? `${value} < -${LARGEST}` : `abs(${value}) > ${LARGEST}`;
    checks.push({ ...unreadTime, sql: `${unread} OR ${outside}` });
  }
  if (field.kind === "instant" && time === "cycles") {
    checks.push({ ...unreadCycle, sql: unread });
    checks.push({ ...notWhole, sql: `NOT (${value} = trunc(${value}) AND abs(${value}) <= ${LARGEST})` });
  }
  return checks.map((check) => ({ ...check, field: i }));
}

/** SQL for an instant with an open end: one after all that can be counted is never. */
export function openEndSql(i: number): string {
  return `CASE WHEN f${i} > ${LARGEST} THEN 'inf'::DOUBLE ELSE f${i} END`;
}

type Finding = Pick<Check, "code" | "problem" | "expected">;

const unreadMachine: Finding = {
  code: "DATA_COLUMN_TYPE",
  problem: "a machine's name cannot be read",
  expected: "a text or a whole number",
};
const unreadNumber: Finding = {
  code: "DATA_COLUMN_TYPE",
  problem: "a value is not a number",
  expected: "a number, or nothing for a missing one",
};
const infinite: Finding = {
  code: "DATA_NOT_FINITE",
  problem: "a number is infinite",
  expected: "a finite number, or nothing for a missing one",
};
const unreadTime: Finding = {
  code: "DATA_TIME_UNREADABLE",
  problem: "a time cannot be read",
  expected:
    'a timestamp such as "2015-03-01 06:00:00" (UTC) or "2015-03-01T06:00:00+01:00" between the years 1684 and 2255',
};
const unreadCycle: Finding = {
  code: "DATA_TIME_UNREADABLE",
  problem: "a cycle cannot be read",
  expected: "a whole number",
};
const notWhole: Finding = {
  code: "DATA_CYCLE_NOT_WHOLE",
  problem: "a cycle is not a whole number",
  expected: "a whole number",
};
