/** The facts of a machine: its model, its age. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { emitColumnCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, RawColumn, Training } from "../feature.ts";
import type { OutputNode } from "../outputs/table.ts";
import type { AttributesSpec } from "../spec.ts";
import { requireAttribute } from "./known.ts";
import { columnName } from "./names.ts";

const ROWS_FOR_A_COLUMN = 10;
const MOST_LEVELS = 4_096;

/**
 * `attributes("model", "age")` gives `age` (a number) and, for a category, `model_<value>` (1 or 0) for each value with at
 * least 10 training rows and `model_other`, which is 1 for every other value, also one never seen. As of the cutoff.
 * A missing value is NaN in all of its columns.
 */
export function attributes(...names: readonly string[]): AttributesSpec {
  return checkSpec(attributesFeature.shape, { feature: "attributes", attributes: names }, "attributes");
}

export const attributesFeature: Feature<AttributesSpec> = {
  shape: z.strictObject({ feature: z.literal("attributes"), attributes: z.array(z.string()).min(1) }),

  plan({ attributes }, { schema }) {
    const fittedNames: string[] = [];
    const columns = attributes.flatMap((attribute): RawColumn[] => {
      const column = requireAttribute(schema, attribute, "attributes");
      // The raw column of a category says where its value is known; its levels stand beside it.
      const own = { name: columnName(attribute), reads: [{ attribute }] };
      if (column.type === "number") return [own];
      checkLevels(attribute, column.levels);
      fittedNames.push(columnName(attribute, "other"));
      const levels = column.levels.map((level) => ({
        name: columnName(attribute, level),
        reads: [{ attribute, level }],
      }));
      return [own, ...levels];
    });
    return { columns, reads: attributes.map((attribute) => ({ attribute })), fittedNames };
  },

  compute({ attributes }, { schema }, workspace) {
    for (const attribute of attributes) {
      const column = requireAttribute(schema, attribute, "attributes");
      if (column.type === "number") {
        workspace.call(emitColumnCall(workspace.attribute(attribute, Number), workspace.output(columnName(attribute))));
        continue;
      }
      const known = workspace.attribute(attribute, () => 1);
      workspace.call(emitColumnCall(known, workspace.output(columnName(attribute))));
      for (const level of column.levels) {
        const is = workspace.attribute(attribute, (value) => (value === level ? 1 : 0));
        workspace.call(emitColumnCall(is, workspace.output(columnName(attribute, level))));
      }
    }
  },

  fit({ attributes }, { schema }, training) {
    return attributes.flatMap((attribute): OutputNode[] => {
      const column = requireAttribute(schema, attribute, "attributes");
      if (column.type === "number") return [{ from: "raw", name: columnName(attribute) }];
      const levels = column.levels
        .map((level) => columnName(attribute, level))
        .filter((name) => hasEnoughRows(name, training));
      const other = { name: columnName(attribute, "other"), known: columnName(attribute), levels };
      return [...levels.map((name) => ({ from: "raw" as const, name })), { from: "other", ...other }];
    });
  },
};

function hasEnoughRows(name: string, { rows, column }: Training): boolean {
  const values = column(name);
  let found = 0;
  for (const row of rows) if (values[row] === 1) found++;
  return found >= ROWS_FOR_A_COLUMN;
}

function checkLevels(attribute: string, levels: readonly string[]): void {
  if (levels.length <= MOST_LEVELS) return;
  throw new ForewarnError("PIPELINE_TOO_MANY_VALUES", {
    problem: "a category has too many values to be a feature",
    expected: `at most ${MOST_LEVELS}`,
    found: String(levels.length),
    where: `attributes("${attribute}")`,
    hint: "leave it out, or group its values in the source",
  });
}
