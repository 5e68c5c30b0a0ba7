/** Time: whole microseconds since the epoch, or a counter of cycles; both exact in a float64 up to 2^53 (the year 2255). */
import { ForewarnError } from "./errors.ts";
import { shownJson } from "./json.ts";

/** What the time column of a fleet counts. */
export type TimeKind = "timestamp" | "cycles";

/** A length of time as written in a pipeline: "30s", "15m", "24h", "7d" for timestamps, "5c" for cycles. */
export type Duration = string;

export const MICROS_PER_HOUR = 3_600_000_000;

const micros: Record<string, number> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: MICROS_PER_HOUR,
  d: 24 * MICROS_PER_HOUR,
};

/**
 * The length of a duration in the fleet's time unit: microseconds for timestamps, cycles for counters.
 * @param where the option it stands in, for messages.
 * @throws PIPELINE_DURATION when it cannot be read, is not a whole positive number of units, or is of the other kind of time.
 */
export function durationLength(duration: Duration, kind: TimeKind, where?: string): number {
  // A pipeline may be plain JavaScript, where a length can be anything.
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h|d|c)$/.exec(String(duration).trim());
  const unit = match?.[2];
  const exact =
    match === null || unit === undefined ? Number.NaN : Number(match[1]) * (unit === "c" ? 1 : micros[unit]);
  // 1.1 h is 3960000000.0000005 in float64; half a microsecond is none.
  const length = Math.abs(exact - Math.round(exact)) < 1e-5 ? Math.round(exact) : Number.NaN;
  const wrongKind = unit !== undefined && (unit === "c") !== (kind === "cycles");
  if (!Number.isSafeInteger(length) || length <= 0 || wrongKind) {
    throw new ForewarnError("PIPELINE_DURATION", {
      problem: wrongKind
        ? `the fleet's time is in ${kind === "cycles" ? "cycles" : "timestamps"}`
        : "a duration cannot be read",
      expected: kind === "cycles" ? 'a number of cycles such as "5c"' : 'a length such as "30s", "15m", "24h" or "7d"',
      found: shownJson(duration),
      where,
    });
  }
  return length;
}

/** The name of a length in the largest whole unit of d, h, m, s ("1d" for 24 h), or cycles as "5c". */
export function durationName(length: number, kind: TimeKind): string {
  if (kind === "cycles") return `${length}c`;
  for (const unit of ["d", "h", "m", "s", "ms"]) {
    if (length % micros[unit] === 0) return `${length / micros[unit]}${unit}`;
  }
  return `${length}us`;
}

/** The unit in which lives, rates and slopes are given: microseconds an hour for timestamps, 1 for cycles. */
export function lifeUnit(kind: TimeKind): number {
  return kind === "cycles" ? 1 : MICROS_PER_HOUR;
}

/** An instant as text: ISO 8601 in UTC without needless zeros for timestamps, the plain number for cycles. */
export function instantName(instant: number, kind: TimeKind): string {
  if (kind === "cycles") return String(instant);
  if (!Number.isFinite(instant)) return String(instant);
  const millis = Math.floor(instant / 1000);
  const rest = instant - millis * 1000;
  const text = new Date(millis).toISOString();
  if (rest === 0) return text.replace(/\.000Z$/, "Z");
  return text.replace("Z", `${String(rest).padStart(3, "0")}Z`);
}

/**
 * An instant from text: "2015-03-01", "2015-03-01T06:00:00Z" or "2015-03-01 06:00" (naive is UTC), or a whole number of cycles.
 * @param where the option it stands in, for messages.
 * @throws PIPELINE_INSTANT when it cannot be read.
 */
export function parseInstant(text: string | number, kind: TimeKind, where?: string): number {
  if (kind === "cycles" && /^-?\d+$/.test(String(text).trim()) && Number.isSafeInteger(Number(text)))
    return Number(text);
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(
    String(text).trim(),
  );
  if (kind === "timestamp" && match !== null) {
    const [, day, minute = "00:00", second = "00", fraction = "", zone = "Z"] = match;
    const millis = Date.parse(`${day}T${minute}:${second}${zone}`);
    // Date.parse takes the 30th of February for the 2nd of March.
    const atMidnight = Date.parse(`${day}T00:00Z`);
    const isDay = !Number.isNaN(atMidnight) && new Date(atMidnight).toISOString().startsWith(day);
    if (!Number.isNaN(millis) && isDay) return millis * 1000 + Number(fraction.padEnd(6, "0"));
  }
  throw new ForewarnError("PIPELINE_INSTANT", {
    problem: "an instant cannot be read",
    expected:
      kind === "cycles" ? "a whole number of cycles" : 'a UTC instant such as "2015-03-01" or "2015-03-01T06:00:00Z"',
    found: shownJson(text),
    where,
  });
}
