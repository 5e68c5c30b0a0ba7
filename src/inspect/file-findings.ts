/** What is wrong with the files of an archive, before their rows mean anything. */
import { didYouMean } from "../core/suggest.ts";
import { faultFindings } from "./fault-findings.ts";
import { type Finding, ruleText, violationFinding } from "./finding.ts";
import type { FleetFacts } from "./fleet-facts.ts";
import type { ForgivingSource } from "./forgiving-fleet.ts";
import type { ReadFile } from "./forgiving-table.ts";
import { count, grouped, listed, quoted } from "./words.ts";

export function fileFindings({ sources, fleet: { time }, latest }: FleetFacts): Finding[] {
  return sources.flatMap((source) => [
    ...absent(source),
    ...unreadable(source),
    ...missingColumns(source),
    ...wrongTypes(source),
    ...faultFindings(source, { time, latest }),
    ...otherColumns(source),
    ...empty(source),
  ]);
}

function absent({ name, spec, absent }: ForgivingSource): Finding[] {
  if (absent === undefined) return [];
  return [
    {
      severity: "refused",
      code: "filesMissing",
      source: name,
      finding: `there is no file at ${quoted(spec.path)}: ${absent.found}`,
      todo: absent.hint ?? "put the files there, or correct the path in the pipeline",
    },
  ];
}

function unreadable({ name, files }: ForgivingSource): Finding[] {
  const bad = files.filter((file) => file.unreadable !== undefined);
  if (bad.length === 0) return [];
  return [
    {
      severity: "refused",
      code: "fileUnreadable",
      source: name,
      finding: `${count(bad.length, "file")} cannot be read: ${bad[0].unreadable}`,
      where: listed(bad.map(({ path }) => path)),
      todo: "copy the files again from where they come from; a half-written file cannot be repaired",
    },
  ];
}

function missingColumns({ name, spec, files }: ForgivingSource): Finding[] {
  const columns = new Map<string, ReadFile[]>();
  for (const file of files) {
    for (const column of file.missing) columns.set(column, [...(columns.get(column) ?? []), file]);
  }
  return [...columns].map(([column, lacking]) => {
    const names = lacking[0].columns.map((one) => one.name);
    const some = lacking.length < files.length;
    const sensors = Array.isArray(spec.sensors) ? (spec.sensors as readonly string[]) : [];
    const asMissing =
      some && sensors.includes(column) ? `, or go on without it with ${ruleText("columnDropped", "asMissing")}` : "";
    const finding = {
      source: name,
      finding: `${some ? `${lacking.length} of ${count(files.length, "file")} have` : files.length === 1 ? "the file has" : "no file has"} no column ${quoted(column)}`,
      where: listed(lacking.map(({ path }) => path)),
      todo: `${didYouMean(column, names) ?? "name the right column"}; if it was renamed: renamed: { ${JSON.stringify(column)}: ["<its other name>"] }${asMissing}`,
    };
    return some
      ? violationFinding(spec, "columnDropped", finding)
      : { severity: "refused" as const, code: "columnMissing", ...finding };
  });
}

function wrongTypes({ name, files }: ForgivingSource): Finding[] {
  const bad = files.filter((file) => file.wrongType.length > 0);
  if (bad.length === 0) return [];
  const [{ path, wrongType }] = bad;
  return [
    {
      severity: "refused",
      code: "columnType",
      source: name,
      finding: `the column ${quoted(wrongType[0].column)} is stored as ${wrongType[0].found}, which its use cannot have`,
      where: path,
      todo: "cast it when the files are written, or map another column",
    },
  ];
}

/** Columns that some files have and others lack, or have as another type, beyond those that are read. */
function otherColumns({ name, files }: ForgivingSource): Finding[] {
  const read = files.filter((file) => file.unreadable === undefined);
  if (read.length < 2) return [];
  const types = new Map<string, Map<string, number>>();
  for (const { columns } of read) {
    for (const { name: column, type } of columns) {
      const of = types.get(column) ?? new Map<string, number>();
      types.set(column, of.set(type, (of.get(type) ?? 0) + 1));
    }
  }
  const dropped = new Set(read.flatMap(({ missing }) => missing));
  const inSome = [...types]
    .filter(([column, of]) => !dropped.has(column) && total(of) < read.length)
    .map(([column]) => column);
  const retyped = [...types]
    .filter(([, of]) => of.size > 1)
    .map(([column, of]) => `${column} (${[...of.keys()].join(", ")})`);
  const findings: Finding[] = [];
  if (inSome.length > 0) {
    const finding = `${count(inSome.length, "column")} ${inSome.length === 1 ? "is" : "are"} not in all of the ${grouped(read.length)} files: ${listed(inSome.map(quoted))}`;
    findings.push({ severity: "note", code: "columnAdded", source: name, finding });
  }
  if (retyped.length > 0) {
    const finding = `${count(retyped.length, "column")} ${retyped.length === 1 ? "has" : "have"} several types: ${listed(retyped)}`;
    findings.push({ severity: "note", code: "columnRetyped", source: name, finding });
  }
  return findings;
}

function empty({ name, role, rows, absent, files }: ForgivingSource): Finding[] {
  if (rows > 0 || absent !== undefined || files.every((file) => file.unreadable !== undefined)) return [];
  const severity = role === "telemetry" ? "refused" : "warning";
  return [
    {
      severity,
      code: "empty",
      source: name,
      finding: "it holds no rows",
      where: listed(files.map(({ path }) => path)),
    },
  ];
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0);
}
