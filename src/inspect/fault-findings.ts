/** What the rows of a source hold that its contract does not allow, in words. */
import type { Violation } from "../archive/contract.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { instantName, type TimeKind } from "../core/time.ts";
import type { Fault } from "./find-faults.ts";
import { type Finding, ruleText, violationFinding } from "./finding.ts";
import type { ForgivingSource } from "./forgiving-fleet.ts";
import { count, grouped, listed, quoted } from "./words.ts";

interface FaultContext {
  spec: SourceSpec;
  time: TimeKind;
  /** Later than this is the future; undefined for counters. */
  latest?: number;
}

/** The same fault in all files of a source. */
interface SourceFault extends Pick<Fault, "violation" | "rows" | "where" | "example"> {
  columns: readonly string[];
  sensor?: string;
  files: number;
}

export function faultFindings(
  { name, spec, files }: ForgivingSource,
  { time, latest }: Pick<FaultContext, "time" | "latest">,
): Finding[] {
  const faults = new Map<string, SourceFault>();
  for (const { faults: own } of files) {
    const seen = new Set<string>();
    for (const { violation, column, sensor, rows, where, example } of own) {
      // Which part of a key is missing makes no other finding.
      const key = JSON.stringify(violation === "missingKey" ? [violation] : [violation, column, sensor]);
      const before = faults.get(key) ?? { violation, columns: [], sensor, rows: 0, where, example, files: 0 };
      const columns = [...new Set([...before.columns, column])];
      faults.set(key, {
        ...before,
        columns,
        rows: before.rows + rows,
        files: before.files + (seen.has(key) ? 0 : 1),
      });
      seen.add(key);
    }
  }
  return [...faults.values()].map((fault) => {
    const { finding, todo, notAfter, missing } =
      wordsOf[fault.violation]?.(fault, { spec, time, latest }) ?? plainWords(fault);
    const { violation, where } = fault;
    return violationFinding(spec, violation, { source: name, finding, where, todo, notAfter, missing });
  });
}

interface Words {
  finding: string;
  todo: string;
  /** What the contract has to say beside the rule. */
  notAfter?: string;
  missing?: string;
}

function plainWords({ violation, rows, example }: SourceFault): Words {
  return { finding: `${count(rows, "row")}: ${violation}, such as ${quoted(example)}`, todo: setAside(violation) };
}

function setAside(violation: Violation): string {
  return `set them aside with ${ruleText(violation, "quarantine")}`;
}

const wordsOf: { readonly [Name in Violation]?: (fault: SourceFault, context: FaultContext) => Words } = {
  brokenLine: ({ rows, files, example }) => ({
    finding: `${count(rows, "line")} ${files === 1 ? "" : `in ${files} files `}cannot be split into columns (${example})`,
    todo: `mend them at the source, or ${setAside("brokenLine")}`,
  }),
  missingKey: ({ rows, columns }) => ({
    finding: `${count(rows, "row")} without ${listed(columns.map(quoted))}`,
    todo: `fill them in at the source, or ${setAside("missingKey")}`,
  }),
  missingKnownAt: (fault) => ({
    finding: `${count(fault.rows, "row")} without ${subject(fault)}: when they became known is not said`,
    todo: `fill it in at the source, or ${setAside("missingKnownAt")}`,
  }),
  missingValue: (fault) => ({
    finding: `${count(fault.rows, "row")} without a reading of ${subject(fault)}`,
    todo: `find out why, or let them be with ${ruleText("missingValue", "keep")}`,
  }),
  badTime: (fault) => ({
    finding: unread(fault, "time"),
    todo: `write times as "2025-03-01 06:00:00", or set the rows aside with ${ruleText("badTime", "quarantine")}`,
  }),
  badName: (fault) => ({
    finding: unread(fault, "name"),
    todo: `set the rows aside with ${ruleText("badName", "quarantine")}`,
  }),
  badValue: (fault) => ({
    finding: unread(fault, "number"),
    todo: numberTodo(fault.example),
    ...(/\d/.test(fault.example) || fault.example === "" ? {} : { missing: fault.example }),
  }),
  timeNotUnique: ({ rows, example }, { spec }) => ({
    finding: `${count(rows, "local time")} in ${spec.timeZone} ${rows === 1 ? "exists" : "exist"} twice or not at all, such as ${quoted(example)}`,
    todo: `write times with their offset, or say which is meant: ${ruleText("timeNotUnique", "earlier")}`,
  }),
  infiniteValue: (fault) => ({
    finding: `${count(fault.rows, "reading")} of ${subject(fault)} ${fault.rows === 1 ? "is" : "are"} infinite`,
    todo: ruleText("infiniteValue", "asMissing"),
  }),
  outOfRange: (fault, { spec }) => ({
    finding: `${count(fault.rows, "reading")} of ${subject(fault)} ${fault.rows === 1 ? "lies" : "lie"} outside the contract's range${rangeText(fault, spec)}`,
    todo: ruleText("outOfRange", "asMissing"),
  }),
  unknownTag: ({ rows, example }) => ({
    finding: `${count(rows, "row")} ${rows === 1 ? "has" : "have"} a tag that \`tags\` does not name, such as ${quoted(example)}`,
    todo: `name its sensor in \`tags\`, or ${setAside("unknownTag")}`,
  }),
  futureTime: futureWords,
  outOfOrder: ({ rows }) => ({
    finding: `${count(rows, "row")} ${rows === 1 ? "is" : "are"} older than one of ${rows === 1 ? "its" : "their"} machine before ${rows === 1 ? "it" : "them"} in the file`,
    todo: setAside("outOfOrder"),
  }),
};

function subject({ sensor, columns: [column] }: SourceFault): string {
  return quoted(sensor ?? column);
}

function unread(fault: SourceFault, noun: string): string {
  const { rows, example } = fault;
  return `${count(rows, "value")} of ${subject(fault)} ${rows === 1 ? "is" : "are"} no ${noun}, such as ${quoted(example)}`;
}

function numberTodo(example: string): string {
  if (/^[+-]?\d+,\d+$/.test(example)) return "write numbers with a decimal point, not a comma";
  if (/\d/.test(example))
    return `set the rows aside with ${ruleText("badValue", "quarantine")}, or ${ruleText("badValue", "asMissing")}`;
  return `if it means "no reading": missing: [${JSON.stringify(example)}]`;
}

/** The range, and the first reading as it stands in the file. */
function rangeText(
  { sensor, columns: [column], example }: SourceFault,
  { ranges = {}, units = {} }: SourceSpec,
): string {
  const name = sensor ?? column;
  const [least, greatest] = Object.hasOwn(ranges, name) ? ranges[name] : [null, null];
  const bounds = [
    least === null ? "" : `from ${grouped(least)}`,
    greatest === null ? "" : `up to ${grouped(greatest)}`,
  ].filter((one) => one !== "");
  const value = Number.isFinite(Number(example)) ? grouped(Number(example)) : quoted(example);
  const before = Object.hasOwn(units, name) ? " before conversion" : "";
  return `${bounds.length === 0 ? "" : ` (${bounds.join(" ")})`}, such as ${value}${before}`;
}

/**
 * A rule for the future needs a limit beside it: the one that was used, so that just the rows of the finding go, whatever the day on
 * which they are read again.
 */
function futureWords({ rows, example }: SourceFault, { spec, time, latest }: FaultContext): Words {
  const lie = `${count(rows, "row")} ${rows === 1 ? "lies" : "lie"}`;
  if (spec.notAfter !== undefined || latest === undefined) {
    const finding = `${lie} after the contract's \`notAfter\`, such as ${quoted(example)}`;
    return { finding, todo: `mend the clock, or ${setAside("futureTime")}` };
  }
  const notAfter = instantName(Math.floor(latest / 1_000_000) * 1_000_000, time);
  return {
    finding: `${lie} in the future, such as ${quoted(example)}`,
    todo: `mend the clock, or set them aside with notAfter: "${notAfter}", ${ruleText("futureTime", "quarantine")}; notAfter is to move on as new data come in`,
    notAfter,
  };
}
