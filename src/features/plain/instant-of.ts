/** Instants as library users write them. */
import { ForewarnError } from "../../core/errors.ts";
import { shownJson } from "../../core/json.ts";
import { parseInstant, type TimeKind } from "../../core/time.ts";

/**
 * An instant: a `Date`, text in ISO 8601 ("2015-03-01T06:00:00Z"; naive is UTC), or a number, which is whole microseconds since 1970,
 * UTC. Where time is a counter, a whole number of cycles.
 */
export type Instant = Date | string | number;

/** The instant in the fleet's unit. @throws DATA_INSTANT when it cannot be read */
export function instantOf(value: unknown, kind: TimeKind, where?: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (kind === "timestamp" && value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime() * 1000;
  if (typeof value === "string") {
    try {
      return parseInstant(value, kind, where);
    } catch (cause) {
      throw unreadable(value, kind, where, cause);
    }
  }
  throw unreadable(value, kind, where);
}

function unreadable(value: unknown, kind: TimeKind, where: string | undefined, cause?: unknown): ForewarnError {
  return new ForewarnError("DATA_INSTANT", {
    problem: "an instant cannot be read",
    expected:
      kind === "cycles"
        ? "a whole number of cycles"
        : 'a Date, text such as "2015-03-01T06:00:00Z", or whole microseconds since 1970',
    found: value instanceof Date || typeof value === "number" ? String(value) : shownJson(value),
    where,
    cause,
  });
}
