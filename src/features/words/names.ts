/** The names of feature columns: `<sensor|table[_kind]|attribute>_<statistic>[_<window>]`. */

/** Joins the parts that are given with `_`; every character other than [A-Za-z0-9_] becomes `_`. */
export function columnName(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .join("_")
    .replace(/[^A-Za-z0-9_]/g, "_");
}
