/** Which telemetry tables tell where operating cycles begin and end. */
import { ForewarnError } from "../../core/errors.ts";
import type { CycleSchema } from "./cycle-schema.ts";

/**
 * Of the tables that are there those whose rows tell, by name. By gaps that is each table that the features were planned over, and no
 * other, whether or not any of its sensors is read; by state it is not asked, since only the sensor of state tells.
 * @param given the names of the tables that are there, each once
 * @throws DATA_TABLE_MISSING when a table that tells is not there, DATA_TABLE_AMBIGUOUS when only one tells and several are there.
 */
export function tellingTables(
  { of, tables }: Pick<CycleSchema, "of" | "tables">,
  given: readonly string[],
): readonly string[] {
  if (of.cycles === "state") return given;
  const hint = "cycles by gaps are runs of rows of all telemetry tables, those among them that no feature reads";
  if (tables === undefined) {
    if (given.length <= 1) return given;
    throw new ForewarnError("DATA_TABLE_AMBIGUOUS", {
      problem: "the operating cycles are of a single telemetry table, and several are there",
      expected: "one telemetry table",
      found: given.join(", "),
      where: "cycles",
      hint,
    });
  }
  const missing = tables.filter((name) => !given.includes(name));
  if (missing.length === 0) return tables;
  throw new ForewarnError("DATA_TABLE_MISSING", {
    problem: "a telemetry table is missing whose rows tell where operating cycles begin and end",
    expected: missing.join(", "),
    found: given.join(", "),
    where: "cycles",
    hint,
  });
}
