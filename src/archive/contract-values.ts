/** The contract of a number column, as the SQL that converts its unit and knows its range. */
import { conversionSql, readConversion } from "./contract-units.ts";
import type { Field, RangeSql } from "./field.ts";
import type { SourceSpec } from "./spec.ts";
import { literal } from "./sql.ts";

type Values = Pick<Field, "convert" | "range">;
type Contract = Pick<SourceSpec, "units" | "ranges">;

/** What the contract says of the values called `name`: a sensor, an attribute, or a word such as `interval`. */
export function valuesOf({ units = {}, ranges = {} }: Contract, name: string): Values {
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  const conversion = unit === undefined ? undefined : readConversion(unit, `units.${name}`);
  return {
    ...(conversion && { convert: (value: string) => conversionSql(value, conversion) }),
    ...(range && { range: rangeSql(range) }),
  };
}

/** The same for a column whose rows are about several sensors: by `tag`, SQL of the tag of the row, and the sensor of each tag. */
export function valuesByTag(contract: Contract, tags: Readonly<Record<string, string>>, tag: string): Values {
  const each = Object.entries(tags).map(([text, sensor]) => ({ text, sensor, ...valuesOf(contract, sensor) }));
  const pick = (sql: (one: Values) => string | undefined, otherwise: string) => {
    const cases = each.flatMap((one) => {
      const said = sql(one);
      return said === undefined ? [] : [`WHEN ${literal(one.text)} THEN ${said}`];
    });
    return `CASE ${tag} ${cases.join(" ")} ELSE ${otherwise} END`;
  };
  const values: Values = {};
  if (each.some(({ convert }) => convert !== undefined))
    values.convert = (value) => pick(({ convert }) => convert?.(value), value);
  if (each.some(({ range }) => range !== undefined)) {
    const expected = each.flatMap(({ sensor, range }) => (range === undefined ? [] : [`${sensor} ${range.expected}`]));
    values.range = {
      expected: [...new Set(expected)].join(", "),
      outside: (value) => pick(({ range }) => range?.outside(value), "false"),
      clip: (value) => pick(({ range }) => range?.clip(value), value),
    };
  }
  return values;
}

function rangeSql([least, greatest]: readonly [least: number | null, greatest: number | null]): RangeSql {
  const low = least === null ? undefined : `${least}::DOUBLE`;
  const high = greatest === null ? undefined : `${greatest}::DOUBLE`;
  return {
    expected:
      low === undefined
        ? `at most ${greatest}`
        : high === undefined
          ? `at least ${least}`
          : `from ${least} to ${greatest}`,
    // DuckDB's NaN is above all numbers, and `greatest` passes NULL over.
    outside(value) {
      const beyond = [low && `${value} < ${low}`, high && `${value} > ${high}`].filter((one) => one !== undefined);
      return `(NOT isnan(${value}) AND (${beyond.join(" OR ")}))`;
    },
    clip(value) {
      const raised = low === undefined ? value : `greatest(${value}, ${low})`;
      const both = high === undefined ? raised : `least(${raised}, ${high})`;
      return `CASE WHEN isnan(${value}) OR ${value} IS NULL THEN ${value} ELSE ${both} END`;
    },
  };
}
