/** Checks what features are selected by. */
import { ForewarnError } from "../../core/errors.ts";
import { shownJson } from "../../core/json.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { SelectionTarget } from "./column-relevance.ts";

/** @throws DATA_TARGET, DATA_LENGTH, DATA_FEATURE_NAMES when two columns have one name */
export function checkSelection({ rows, names }: Matrix, target: SelectionTarget): void {
  if (new Set(names).size < names.length)
    throw new ForewarnError("DATA_FEATURE_NAMES", {
      problem: "two columns have the same name",
      found: names.find((name, i) => names.indexOf(name) !== i),
    });
  const kinds: readonly unknown[] = ["binary", "multiclass", "regression"];
  if (typeof target !== "object" || target === null || !kinds.includes(target.kind))
    throw wrong(
      "binary, multiclass or regression",
      shownJson((target as SelectionTarget | null)?.kind ?? target),
      "kind",
    );
  const { values } = target;
  const length: unknown = values?.length;
  if (length !== rows)
    throw new ForewarnError("DATA_LENGTH", {
      problem: "the target has not one value a row",
      expected: String(rows),
      found: String(length),
      where: "target.values",
    });
  const classes = target.kind === "multiclass" ? target.classes : 2;
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw wrong("a whole number from 1 on", String(classes), "classes");
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    const fits =
      target.kind === "regression"
        ? typeof value === "number" && !Number.isNaN(value)
        : Number.isInteger(value) && value >= 0 && value < classes;
    if (!fits)
      throw wrong(
        target.kind === "regression" ? "a number" : `a class from 0 to ${classes - 1}`,
        String(value),
        `values[${row}]`,
      );
  }
}

function wrong(expected: string, found: string, member: string): ForewarnError {
  return new ForewarnError("DATA_TARGET", {
    problem: "features cannot be selected by this target",
    expected,
    found,
    where: `target.${member}`,
  });
}
