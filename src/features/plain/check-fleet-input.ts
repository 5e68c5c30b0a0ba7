/** Checks what fleets are made of before any row is read. */
import { ForewarnError } from "../../core/errors.ts";
import { shownJson } from "../../core/json.ts";
import { wrongType } from "./checked-value.ts";

/** @param word the function, for messages. @throws DATA_COLUMN_TYPE, DATA_TIME_KIND */
export function checkFleetInput(given: unknown, word: string): void {
  if (typeof given !== "object" || given === null) throw wrongType(`${word}(…)`, "an object with `telemetry`", given);
  const parts = given as Readonly<Record<string, unknown>>;
  const { telemetry, time = "timestamp" } = parts;
  if (typeof telemetry !== "object" || telemetry === null)
    throw wrongType("telemetry", "a table or tables by name", telemetry);
  const events = parts["events"] ?? {};
  if (typeof events !== "object" || Array.isArray(events)) throw wrongType("events", "tables by name", events);
  for (const part of ["machines", "schedule", "limits"]) {
    const rows = parts[part] ?? [];
    if (!Array.isArray(rows)) throw wrongType(part, "a list of rows", rows);
    const odd = rows.findIndex((row) => typeof row !== "object" || row === null);
    if (odd >= 0) throw wrongType(`${part}[${odd}]`, "an object", rows[odd]);
  }
  const outcomes = parts["outcomes"] ?? [];
  if (!Array.isArray(outcomes)) throw wrongType("outcomes", "a list of tables' names", outcomes);
  checkTimeKind(time);
}

/** @throws DATA_TIME_KIND */
export function checkTimeKind(time: unknown): void {
  if (time === "timestamp" || time === "cycles") return;
  throw new ForewarnError("DATA_TIME_KIND", {
    problem: "times cannot count this",
    expected: '"timestamp" or "cycles"',
    found: shownJson(time),
    where: "time",
  });
}
