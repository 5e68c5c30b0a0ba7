/** One value a row that a source is read for: the SQL that reads, converts and repairs it, and what no row may hold in it. */
import type { TimeKind } from "../core/time.ts";
import { type Rule, ruleOf, type Violation } from "./contract.ts";
import { instantSql, zoneJoin } from "./contract-time-zone.ts";
import { castSql, type FieldKind, isNumeric, rawSql, zonedParts } from "./field-cast.ts";
import { type Check, type Finding, findings } from "./field-findings.ts";
import type { SourceSpec } from "./spec.ts";
import { literal } from "./sql.ts";

export interface Field {
  kind: FieldKind;
  /** The column it is read from; not given, it is absent (NULL) in every row. */
  column?: string | { rowNumber: true };
  /** Rows without a value are refused: as part of their key, as a value that must be there, or as the instant when they became known. */
  required?: "key" | "value" | "known";
  /** Infinite numbers are values, not refused. */
  infinite?: boolean;
  /** An instant after the year 2255 ("9999-12-31") means never, and is not refused. */
  openEnd?: boolean;
  /** Put before every machine's name. */
  prefix?: string;
  /** Texts: the name that each text stands for; others are violations. */
  names?: Readonly<Record<string, string>>;
  /** Numbers: SQL of the value in the unit wanted, from SQL of the value as read. */
  convert?: (value: string) => string;
  /** Numbers: what the contract allows. */
  range?: RangeSql;
  /** A reading, whose absence is a violation of its own. */
  reading?: boolean;
}

/** Over SQL of a number: whether it lies outside what is allowed, and the nearest number that is allowed. */
export interface RangeSql {
  expected: string;
  outside: (value: string) => string;
  clip: (value: string) => string;
}

/** How many values a repair changed: the violation it answers, and the condition over a row. */
export interface Repair {
  violation: Violation;
  sql: string;
}

/** The SQL of a field: its column as read (r<i>), then steps of columns, each over those before it, which end in f<i>. */
export interface FieldSql {
  raw: string;
  steps: string[][];
  /** What each step is joined with, where it is. */
  joins?: (string | undefined)[];
  checks: Check[];
  repairs: Repair[];
}

/** The column that a field is read from in one file. */
export interface FieldColumn {
  /** "" where the file has none. */
  column: string;
  sql: string;
  type: string;
  /** The file and the column, for messages. */
  where: string;
}

/** The type of the field in a table. */
export function fieldType(kind: FieldKind): "VARCHAR" | "DOUBLE" {
  return kind === "machine" || kind === "text" ? "VARCHAR" : "DOUBLE";
}

/** Instants up to here are exact in a float64. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** SQL for an instant with an open end: one after all that can be counted is never. */
export function openEndSql(i: number): string {
  return `CASE WHEN f${i} > ${LARGEST} THEN 'inf'::DOUBLE ELSE f${i} END`;
}

type RuleOf = (violation: Violation) => Rule;
type FieldCheck = Omit<Check, "field">;
type ValueSql = Pick<FieldSql, "steps" | "joins" | "repairs"> & { checks: FieldCheck[] };

/** @throws DATA_COLUMN_TYPE, DATA_TIME_TYPE when no value of the column's type could be one of the field. */
export function fieldSql(
  field: Field,
  i: number,
  { column, sql, type, where }: FieldColumn,
  spec: SourceSpec,
  time: TimeKind,
): FieldSql {
  const raw = `${rawSql(sql, type, field.kind, column === "" ? [] : spec.missing)} AS r${i}`;
  const cast = castSql(field.kind, `r${i}`, type, { time, where, prefix: field.prefix });
  if (column === "" && field.reading !== true) return { raw, steps: [[`${cast} AS f${i}`]], checks: [], repairs: [] };
  const rule: RuleOf = (violation) => ruleOf(spec, violation);
  const { steps, joins, repairs, checks } = valueSql(field, i, cast, { type, time, zone: spec.timeZone, rule });
  const missing = missingChecks(field, i, rule);
  // A number may be missing only after its repair; all else is looked at as it was read.
  const all = field.kind === "number" ? [...checks, ...missing] : [...missing, ...checks];
  return { raw, steps, joins, repairs, checks: all.map((check) => ({ ...check, field: i })) };
}

interface ColumnFacts {
  type: string;
  time: TimeKind;
  zone: string | undefined;
  rule: RuleOf;
}

function valueSql(field: Field, i: number, cast: string, facts: ColumnFacts): ValueSql {
  const unread = `r${i} IS NOT NULL AND f${i} IS NULL`;
  const plain = (checks: FieldCheck[]): ValueSql => ({ steps: [[`${cast} AS f${i}`]], checks, repairs: [] });
  if (field.kind === "number") return numberSql(field, i, cast, facts);
  if (field.kind === "machine") return plain([{ ...findings.badMachine, sql: unread }]);
  if (field.kind === "text")
    return field.names === undefined ? plain([{ ...findings.badText, sql: unread }]) : namesSql(field.names, i, cast);
  if (facts.time === "cycles") {
    const notWhole = `NOT (f${i} = trunc(f${i}) AND abs(f${i}) <= ${LARGEST})`;
    return plain([
      { ...findings.badCycle, sql: unread },
      { ...findings.cycleNotWhole, sql: notWhole },
    ]);
  }
  const beyond = field.openEnd ? `f${i} < -${LARGEST}` : `abs(f${i}) > ${LARGEST}`;
  if (facts.zone === undefined || facts.zone === "UTC")
    return plain([{ ...findings.badTime, sql: `${unread} OR ${beyond}` }]);
  return localTimeSql(i, beyond, facts.zone, facts);
}

function missingChecks({ required, reading, kind }: Field, i: number, rule: RuleOf): FieldCheck[] {
  const sql = kind === "number" ? `f${i} IS NULL OR isnan(f${i})` : `r${i} IS NULL`;
  if (required === "key") return [{ ...findings.missingKey, sql }];
  if (required === "value") return [{ ...findings.missingPart, sql }];
  if (required === "known") return rule("missingKnownAt") === "keep" ? [] : [{ ...findings.missingKnownAt, sql }];
  return reading === true && rule("missingValue") !== "keep" ? [{ ...findings.missingValue, sql }] : [];
}

/** r<i> is cast to v<i>, and f<i> is the name that it stands for. */
function namesSql(names: Readonly<Record<string, string>>, i: number, cast: string): ValueSql {
  const cases = Object.entries(names).map(([text, name]) => `WHEN ${literal(text)} THEN ${literal(name)}`);
  return {
    steps: [[`${cast} AS v${i}`], [`CASE v${i} ${cases.join(" ")} END AS f${i}`]],
    checks: [
      { ...findings.badText, sql: `r${i} IS NOT NULL AND v${i} IS NULL` },
      { ...findings.unknownTag, sql: `v${i} IS NOT NULL AND f${i} IS NULL` },
    ],
    repairs: [],
  };
}

/** A number that the contract does not allow, over SQL of the value that it is looked for in. */
interface Fault {
  finding: Finding;
  sql: (value: string) => string;
  repair: (value: string) => string;
}

/** r<i> is cast to v<i>, converted to c<i> and repaired to f<i>; what a field has no need of is left out. */
function numberSql(field: Field, i: number, cast: string, { type, rule }: ColumnFacts): ValueSql {
  const { convert } = field;
  const isChecked = ({ finding }: Fault) => ["refuse", "quarantine"].includes(rule(finding.violation));
  const isPlain = convert === undefined && faultsOf(field, i, "", { type, rule }).every(isChecked);
  const value = isPlain ? `f${i}` : convert === undefined ? `v${i}` : `c${i}`;
  const faults = faultsOf(field, i, value, { type, rule });
  const checks = faults.filter(isChecked).map(({ finding, sql }) => ({ ...finding, sql: sql(value) }));
  if (isPlain) return { steps: [[`${cast} AS f${i}`]], checks, repairs: [] };
  const mended = faults.filter((fault) => !isChecked(fault));
  const repairs: Repair[] = [];
  let repaired = value;
  for (const { finding, sql, repair } of mended) {
    // A value is repaired once: what one repair has made of it is all that the next one sees.
    repairs.push({ violation: finding.violation, sql: sql(repaired) });
    repaired = repair(repaired);
  }
  const converted = convert === undefined ? [] : [[`${convert(`v${i}`)} AS c${i}`]];
  return { steps: [[`${cast} AS v${i}`], ...converted, [`${repaired} AS f${i}`]], checks, repairs };
}

function faultsOf(
  { infinite, range }: Field,
  i: number,
  value: string,
  { type, rule }: Pick<ColumnFacts, "type" | "rule">,
): Fault[] {
  const missingWhere = (condition: string) => (one: string) => `CASE WHEN NOT (${condition}) THEN ${one} END`;
  const bad: Fault = {
    finding: findings.badNumber,
    sql: (one) => `r${i} IS NOT NULL AND ${one} IS NULL`,
    repair: (one) => one,
  };
  const isInfinite = (one: string) => `isinf(${one})`;
  const endless: Fault = { finding: findings.infinite, sql: isInfinite, repair: missingWhere(isInfinite(value)) };
  const outside: Fault[] =
    range === undefined
      ? []
      : [
          {
            finding: { ...findings.outside, expected: range.expected },
            sql: range.outside,
            repair: rule("outOfRange") === "clip" ? range.clip : missingWhere(range.outside(value)),
          },
        ];
  return [...(isNumeric(type) ? [] : [bad]), ...(infinite === true ? [] : [endless]), ...outside];
}

/** r<i> is the instant z<i> or the local time w<i>, of which l<i> has candidates b<i> and e<i>, and is u<i> where it is unique. */
function localTimeSql(i: number, beyond: string, zone: string, { type, rule }: ColumnFacts): ValueSql {
  const { instant, local } = zonedParts(`r${i}`, type);
  const { join, before, after } = zoneJoin(`l${i}`, zone);
  const pair = [`b${i}`, `e${i}`] as const;
  const otherwise = rule("timeNotUnique");
  const repair = otherwise === "earlier" || otherwise === "later" ? otherwise : undefined;
  const notUnique = `l${i} IS NOT NULL AND u${i} IS NULL`;
  const picked = repair === undefined ? [] : [instantSql(pair, repair)];
  // What no clock has ever shown has no offset either; it is read as UTC and found to be beyond.
  const far = `CASE WHEN l${i} IS NULL THEN CAST(w${i} AS DOUBLE) END`;
  const steps = [
    [`${instant} AS z${i}`, `${local} AS w${i}`],
    [`CASE WHEN abs(w${i}) <= ${LARGEST} THEN w${i} END AS l${i}`],
    [`${before} AS b${i}`, `${after} AS e${i}`],
    [`${instantSql(pair, undefined)} AS u${i}`],
    [`coalesce(${[`CAST(z${i} AS DOUBLE)`, `u${i}`, ...picked, far].join(", ")}) AS f${i}`],
  ];
  const joins = [undefined, undefined, join];
  const badTime = { ...findings.badTime, sql: `(r${i} IS NOT NULL AND f${i} IS NULL AND l${i} IS NULL) OR ${beyond}` };
  if (repair !== undefined)
    return { steps, joins, checks: [badTime], repairs: [{ violation: "timeNotUnique", sql: notUnique }] };
  const expected = `a time that clocks in ${zone} show once`;
  return { steps, joins, checks: [badTime, { ...findings.timeNotUnique, expected, sql: notUnique }], repairs: [] };
}
