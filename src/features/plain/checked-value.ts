/** Checks of values that come from anywhere. */
import { ForewarnError } from "../../core/errors.ts";
import { shownJson } from "../../core/json.ts";

/** @throws DATA_COLUMN_TYPE */
export function requireText(value: unknown, where: string): asserts value is string {
  if (typeof value !== "string") throw wrongType(where, "text", value);
}

/** @throws DATA_COLUMN_TYPE, also for NaN */
export function requireNumber(value: unknown, where: string): asserts value is number {
  if (typeof value !== "number" || Number.isNaN(value)) throw wrongType(where, "a number", value);
}

export function wrongType(where: string, expected: string, value: unknown): ForewarnError {
  const found = typeof value === "number" ? String(value) : shownJson(value);
  return new ForewarnError("DATA_COLUMN_TYPE", { problem: "a value is of another type", expected, found, where });
}

/** A machine's name: text, or a whole number, which is taken as text. @throws DATA_COLUMN_TYPE */
export function machineName(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  if (Number.isSafeInteger(value)) return String(value);
  throw wrongType(where, "text or a whole number", value);
}
