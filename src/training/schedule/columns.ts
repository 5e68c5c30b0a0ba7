/** The columns that say how far a component is into its recommended interval: `schedule_<component>_used`, made by `scheduleUsed`. */
import { ForewarnError } from "../../core/errors.ts";

/** The column of a component, spelled as feature names are. */
export function scheduleColumn(component: string): string {
  return `schedule_${component.replace(/[^A-Za-z0-9_]/g, "_")}_used`;
}

/** @throws PIPELINE_SCHEDULE_MISSING when there is none. */
export function scheduleColumns(names: readonly string[]): string[] {
  const found = names.filter((name) => /^schedule_.+_used$/.test(name));
  if (found.length > 0) return found;
  throw new ForewarnError("PIPELINE_SCHEDULE_MISSING", {
    problem: "scheduleRule has no schedule to go by",
    expected: "columns named schedule_<component>_used",
    found: `${names.length} other columns`,
    where: "feature matrix",
    hint:
      'add scheduleUsed("schedule") to the features, with a schedule among the reference data; where scheduleUsed(learnedSchedule(…)) ' +
      "is among them already, training knew too few replacements or failures to learn an interval from (machines that run to failure have no " +
      "replacements: they need fromCommissioning: true)",
  });
}
