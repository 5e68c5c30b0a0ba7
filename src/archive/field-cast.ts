/** How SQL casts a column as it was read to the value of a field. */
import { ForewarnError } from "../core/errors.ts";
import type { TimeKind } from "../core/time.ts";
import { literal } from "./sql.ts";

/** "machine" is a name, "instant" a point of the fleet's time, "text" a category or kind, "number" a reading. */
export type FieldKind = "machine" | "instant" | "text" | "number";

type Family = "text" | "integer" | "real" | "boolean" | "instant" | "zoned" | "nanoseconds";

function familyOf(type: string): Family | undefined {
  // A list of decimals is "DECIMAL(4,1)[]".
  if (type.endsWith("]")) return undefined;
  if (/^(VARCHAR|UUID|ENUM\b.*)$/s.test(type)) return "text";
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type)) return "integer";
  if (/^(FLOAT|DOUBLE|DECIMAL\b.*)$/.test(type)) return "real";
  if (type === "BOOLEAN") return "boolean";
  if (type === "TIMESTAMP_NS") return "nanoseconds";
  if (type === "TIMESTAMP WITH TIME ZONE") return "zoned";
  if (/^(DATE|TIMESTAMP|TIMESTAMP_S|TIMESTAMP_MS)$/.test(type)) return "instant";
  return undefined;
}

/** Whether every value of the type is a number: none can be a bad one. */
export function isNumeric(type: string): boolean {
  const family = familyOf(type);
  return family === "integer" || family === "real" || family === "boolean";
}

/**
 * The column as read: text as VARCHAR with nothing for an empty text, anything else as it is; nothing also for what `missing` lists, in
 * a number also for what is the same number in another writing.
 */
export function rawSql(sql: string, type: string, kind: FieldKind, missing: readonly string[] = []): string {
  const family = familyOf(type);
  const raw = family === "text" ? `nullif(CAST(${sql} AS VARCHAR), '')` : sql;
  if (missing.length === 0 || family === undefined) return raw;
  const same = [`CAST(${raw} AS VARCHAR) IN (${missing.map(literal).join(", ")})`];
  const numbers = missing.filter((text) => text.trim() !== "" && Number.isFinite(Number(text)));
  if (kind === "number" && numbers.length > 0 && (family === "text" || family === "integer" || family === "real"))
    same.push(`TRY_CAST(${raw} AS DOUBLE) IN (${numbers.map((text) => `${Number(text)}::DOUBLE`).join(", ")})`);
  return `CASE WHEN ${same.join(" OR ")} THEN NULL ELSE ${raw} END`;
}

/**
 * The cast of a raw column: NULL where the value cannot be read as one of that kind.
 * @throws DATA_COLUMN_TYPE, DATA_TIME_TYPE when no value of the type could be.
 */
export function castSql(
  kind: FieldKind,
  raw: string,
  type: string,
  { time, where, prefix = "" }: { time: TimeKind; where: string; prefix?: string },
): string {
  const family = familyOf(type);
  const sql = family === undefined ? undefined : casts[kind](raw, family, time, prefix);
  if (sql !== undefined) return sql;
  const instant = kind === "instant";
  throw new ForewarnError(instant ? "DATA_TIME_TYPE" : "DATA_COLUMN_TYPE", {
    problem: "a column has another type than its use needs",
    expected: instant && time === "cycles" ? "whole numbers" : expectedTypes[kind],
    found: type,
    where,
    hint: instant
      ? time === "cycles"
        ? "leave out `cycles` where the fleet's time is a timestamp"
        : "cast it to a timestamp when it is written, or say that the fleet's time counts cycles"
      : undefined,
  });
}

/**
 * A timestamp in two parts: microseconds since the epoch where the value names its offset (`instant`), and microseconds as if UTC were
 * local where it does not (`local`). One of them is NULL.
 */
export function zonedParts(raw: string, type: string): { instant: string; local: string } {
  const family = familyOf(type);
  if (family === "zoned") return { instant: `epoch_us(${raw})`, local: "NULL::BIGINT" };
  if (family === "instant") return { instant: "NULL::BIGINT", local: `epoch_us(CAST(${raw} AS TIMESTAMP))` };
  if (family === "nanoseconds") return { instant: "NULL::BIGINT", local: wholeMicros(raw) };
  const matches = (zone: string) => `regexp_full_match(${raw}, ${literal(` *${DAY_AND_TIME}${zone} *`)})`;
  return {
    instant: `CASE WHEN ${matches(ZONE)} THEN epoch_us(${tryInstant(raw)}) END`,
    local: `CASE WHEN ${matches("")} THEN epoch_us(TRY_CAST(trim(${raw}) AS TIMESTAMP)) END`,
  };
}

const expectedTypes: Record<FieldKind, string> = {
  machine: "texts or whole numbers",
  instant: "timestamps",
  text: "texts, numbers or booleans",
  number: "numbers",
};

/** What DuckDB reads as a time is far more: "epoch", names of zones, offsets of 25 hours, "10:". */
const DAY_AND_TIME = "\\d{4}-\\d{1,2}-\\d{1,2}([T ]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?";
const ZONE = " ?(Z|UTC|[+-](0\\d|1[0-3])(:?[0-5]\\d)?|[+-]14(:?00)?)";

const casts: Record<FieldKind, (raw: string, family: Family, time: TimeKind, prefix: string) => string | undefined> = {
  machine(raw, family, _time, prefix) {
    const name =
      family === "text"
        ? `regexp_replace(${readableName(raw)}, '^0+([0-9]+)$', '\\1')`
        : family === "integer"
          ? `CAST(${raw} AS VARCHAR)`
          : family === "real"
            ? wholeText(raw)
            : undefined;
    return name === undefined || prefix === "" ? name : `${literal(prefix)} || ${name}`;
  },
  text(raw, family) {
    if (family === "real") return `coalesce(${wholeText(raw)}, CAST(${raw} AS VARCHAR))`;
    if (family === "text") return readableName(raw);
    return isInstant(family) ? undefined : `CAST(${raw} AS VARCHAR)`;
  },
  number(raw, family) {
    if (isInstant(family)) return undefined;
    if (family !== "text") return `CAST(${raw} AS DOUBLE)`;
    return `coalesce(${tryNumber(raw)}, CASE lower(${raw}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)`;
  },
  instant(raw, family, time) {
    if (time === "cycles") {
      if (family === "text") return tryNumber(raw);
      return family === "integer" || family === "real" ? `TRY_CAST(${raw} AS DOUBLE)` : undefined;
    }
    if (family === "nanoseconds") return `CAST(${wholeMicros(raw)} AS DOUBLE)`;
    if (family === "text") {
      const isTime = `regexp_full_match(${raw}, ${literal(` *${DAY_AND_TIME}(${ZONE})? *`)})`;
      return `CASE WHEN ${isTime} THEN CAST(epoch_us(${tryInstant(raw)}) AS DOUBLE) END`;
    }
    return isInstant(family) ? `CAST(epoch_us(${raw}) AS DOUBLE)` : undefined;
  },
};

function isInstant(family: Family): boolean {
  return family === "instant" || family === "zoned" || family === "nanoseconds";
}

/** Finer than a microsecond is dropped, before 1970 as after it. */
function wholeMicros(raw: string): string {
  return `(epoch_ns(${raw}) - (epoch_ns(${raw}) % 1000 + 1000) % 1000) // 1000`;
}

/** DuckDB wants seconds before an offset. */
function tryInstant(raw: string): string {
  const whole = `regexp_replace(trim(${raw}), '([T ]\\d{1,2}:\\d{2})( ?[ZU+-])', '\\1:00\\2')`;
  return `coalesce(TRY_CAST(trim(${raw}) AS TIMESTAMPTZ), TRY_CAST(${whole} AS TIMESTAMPTZ))`;
}

/** DuckDB takes underscores between digits, which nobody who writes data means. */
function tryNumber(raw: string): string {
  return `CASE WHEN NOT contains(${raw}, '_') THEN TRY_CAST(${raw} AS DOUBLE) END`;
}

/** Runs of NUL are what a power cut leaves of a file; a byte order mark before a name is seen by nobody, and lost on the way. */
function readableName(raw: string): string {
  return `CASE WHEN NOT contains(${raw}, chr(0)) AND NOT starts_with(${raw}, chr(65279)) THEN ${raw} END`;
}

/** A whole number without a decimal point; NULL for any other. */
function wholeText(raw: string): string {
  return `CASE WHEN CAST(${raw} AS DOUBLE) = trunc(CAST(${raw} AS DOUBLE)) THEN CAST(TRY_CAST(${raw} AS HUGEINT) AS VARCHAR) END`;
}
