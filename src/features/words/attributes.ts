/** The facts of a machine: its model, its age. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { compareBytes } from "../../core/order.ts";
import { emitColumnCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, RawColumn, Training } from "../feature.ts";
import { fingerprint, remembered } from "../fitting/fingerprint.ts";
import type { CategoryOutput } from "../outputs/category.ts";
import type { OutputNode } from "../outputs/table.ts";
import type { AttributesSpec } from "../spec.ts";
import { requireAttribute } from "./known.ts";
import { columnName } from "./names.ts";

const ROWS_FOR_A_COLUMN = 10;
const MOST_LEVELS = 4_096;

export interface AttributesOptions {
  /**
   * How a category becomes numbers. "columns": `model_<value>` (1 or 0) for each value with at least 10 training rows, and
   * `model_other`, which is 1 for every other value, also one never seen. "code": `model_code`, the place (from 0) of the value
   * among those that training rows show, sorted by bytes; a value never seen is NaN. "frequency": `model_frequency`, the share of
   * the training rows with a known value that have this one; 0 for one never seen. At most 4,096 values. Default: "columns".
   */
  encoding?: "columns" | "code" | "frequency";
}

/**
 * `attributes("model", "age")` gives `age` (a number) and, for a category, `model_<value>` (1 or 0) for each value with at
 * least 10 training rows and `model_other`, which is 1 for every other value, also one never seen. As of the cutoff.
 * A missing value is NaN in all of its columns. `attributes("model", { encoding: "code" })` gives one column, `model_code`.
 */
export function attributes(
  ...namesAndOptions: readonly string[] | readonly [...names: string[], options: AttributesOptions]
): AttributesSpec {
  const last = namesAndOptions.at(-1);
  const options = typeof last === "object" && last !== null && !Array.isArray(last) ? last : undefined;
  const names = options === undefined ? namesAndOptions : namesAndOptions.slice(0, -1);
  return checkSpec(attributesFeature.shape, { feature: "attributes", attributes: names, ...options }, "attributes");
}

export const attributesFeature: Feature<AttributesSpec> = {
  shape: z.strictObject({
    feature: z.literal("attributes"),
    attributes: z.array(z.string()).min(1),
    encoding: z.enum(["columns", "code", "frequency"]).optional(),
  }),

  plan({ attributes, encoding = "columns" }, { schema }) {
    const fittedNames: string[] = [];
    const columns = attributes.flatMap((attribute): RawColumn[] => {
      const column = requireAttribute(schema, attribute, "attributes");
      const reads = [{ attribute }];
      // The raw column of a category says where its value is known; its levels stand beside it.
      const own = { name: columnName(attribute), reads };
      if (column.type === "number") return [own];
      checkLevels(attribute, column.levels);
      if (encoding !== "columns") {
        const { name, first, second } = encodedNames(attribute, encoding);
        fittedNames.push(name);
        return [first, second].map((half) => ({ name: half, reads }));
      }
      fittedNames.push(columnName(attribute, "other"));
      const levels = column.levels.map((level) => ({
        name: columnName(attribute, level),
        reads: [{ attribute, level }],
      }));
      return [own, ...levels];
    });
    return { columns, reads: attributes.map((attribute) => ({ attribute })), fittedNames };
  },

  compute({ attributes, encoding = "columns" }, { schema }, workspace) {
    for (const attribute of attributes) {
      const column = requireAttribute(schema, attribute, "attributes");
      const emit = (name: string, number: (value: string | number) => number) => {
        workspace.call(emitColumnCall(workspace.attribute(attribute, number), workspace.output(name)));
      };
      if (column.type === "number") emit(columnName(attribute), Number);
      else if (encoding === "columns") {
        emit(columnName(attribute), () => 1);
        for (const level of column.levels) emit(columnName(attribute, level), (value) => (value === level ? 1 : 0));
      } else {
        const { first, second } = encodedNames(attribute, encoding);
        const halves = remembered((value: string | number) => fingerprint(String(value)));
        emit(first, (value) => halves(value)[0]);
        emit(second, (value) => halves(value)[1]);
      }
    }
  },

  fit({ attributes, encoding = "columns" }, { schema }, training) {
    return attributes.flatMap((attribute): OutputNode[] => {
      const column = requireAttribute(schema, attribute, "attributes");
      if (column.type === "number") return [{ from: "raw", name: columnName(attribute) }];
      if (encoding !== "columns") return [encode(attribute, encoding, column.levels, training)];
      const levels = column.levels
        .map((level) => columnName(attribute, level))
        .filter((name) => hasEnoughRows(name, training));
      const other = { name: columnName(attribute, "other"), known: columnName(attribute), levels };
      return [...levels.map((name) => ({ from: "raw" as const, name })), { from: "other", ...other }];
    });
  },
};

function encodedNames(attribute: string, encoding: "code" | "frequency") {
  const name = columnName(attribute, encoding);
  return { name, first: `${name}_first`, second: `${name}_second` };
}

/** Only values that training rows show are listed. */
function encode(
  attribute: string,
  encoding: "code" | "frequency",
  levels: readonly string[],
  { rows, column }: Training,
): CategoryOutput {
  const names = encodedNames(attribute, encoding);
  const [firsts, seconds] = [column(names.first), column(names.second)];
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = `${firsts[row]} ${seconds[row]}`;
    if (!Number.isNaN(firsts[row])) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const seen = levels.map((value) => ({ value, count: counts.get(fingerprint(value).join(" ")) ?? 0 }));
  const listed = seen.filter(({ count }) => count > 0).sort((a, b) => compareBytes(a.value, b.value));
  const numbers = listed.map(({ count }, code) => (encoding === "code" ? code : count / known));
  const unseen = encoding === "code" ? null : 0;
  return { from: "category", ...names, values: listed.map(({ value }) => value), numbers, unseen };
}

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
