/** The columns of an archive's files, seen before any of their rows is read: what a file lacks, has beside the others, or holds as another type. */
import { ForewarnError } from "../core/errors.ts";
import type { TimeKind } from "../core/time.ts";
import { columnOf, mayLack, namesOf, type OpenFile } from "./columns.ts";
import { ruleHint, ruleOf } from "./contract.ts";
import { createTimeZone, hasTimeZone } from "./contract-time-zone.ts";
import type { Database } from "./database.ts";
import { type Field, fieldSql } from "./field.ts";
import type { ArchiveFiles } from "./find-archive.ts";
import { openScans } from "./scan.ts";
import { sourceFields } from "./source-fields.ts";
import type { ColumnChange } from "./source-report.ts";
import { archiveSources, type NamedSource } from "./sources.ts";
import type { ArchiveSpec } from "./spec.ts";

export interface OpenArchive {
  /** The opened files of each source, by its name. */
  files: ReadonlyMap<string, readonly OpenFile[]>;
  /** How the columns of each source change from file to file, by its name; sources whose files are alike are left out. */
  changes: ReadonlyMap<string, readonly ColumnChange[]>;
}

/**
 * Opens every file of the archive and holds its columns against its contract and against the other files of its source.
 * @throws DATA_FILE_UNREADABLE, DATA_COLUMN_MISSING, DATA_COLUMN_TWICE, DATA_COLUMN_TYPE, DATA_TIME_TYPE, DATA_COLUMN_ADDED
 */
export async function openArchive(database: Database, archive: ArchiveSpec, files: ArchiveFiles): Promise<OpenArchive> {
  const opened = new Map<string, readonly OpenFile[]>();
  const changes = new Map<string, readonly ColumnChange[]>();
  for (const named of archiveSources(archive)) {
    const found = files.get(named.name) ?? [];
    const scans = await openScans(database, found, named.spec);
    const open = found.map((file, i) => ({ file, scan: scans[i] }));
    opened.set(named.name, open);
    const columns = changesOf(named, open, archive.time);
    if (columns.length > 0) changes.set(named.name, columns);
  }
  const zones = archiveSources(archive).flatMap(({ spec }) => (hasTimeZone(spec) ? [spec.timeZone] : []));
  for (const zone of new Set(zones)) await createTimeZone(database, zone);
  return { files: opened, changes };
}

function changesOf(named: NamedSource, files: readonly OpenFile[], time: TimeKind): ColumnChange[] {
  const fields = sourceFields(named);
  return [
    ...fields.flatMap((field) => mappedChanges(named, field, files)),
    ...checkTypes(named, fields, files, time),
    ...unmappedChanges(named, fields, files),
  ];
}

/** A column that is read has to be in every file, unless the contract lets it be missing in some. */
function mappedChanges({ name, spec }: NamedSource, field: Field, files: readonly OpenFile[]): ColumnChange[] {
  const { column } = field;
  if (typeof column !== "string") return [];
  const names = namesOf(column, spec);
  const having = files.find(({ scan }) => scan.columns.some((one) => names.includes(one.name)));
  const lacking = files.filter(({ scan }) => !scan.columns.some((one) => names.includes(one.name)));
  if (having === undefined || !mayLack(field, spec)) {
    const strict = { ...spec, rules: { ...spec.rules, columnDropped: "refuse" as const } };
    for (const file of files) columnOf(field, file, { spec: strict, source: name }, having);
    return [];
  }
  for (const file of files) columnOf(field, file, { spec, source: name }, having);
  return lacking.map(({ file }) => ({ change: "dropped", column, file: file.path, unlike: having.file.path }));
}

/** A column that is read may change its type as long as its values can still be read. */
function checkTypes(
  { name, spec }: NamedSource,
  fields: readonly Field[],
  files: readonly OpenFile[],
  time: TimeKind,
): ColumnChange[] {
  const changes: ColumnChange[] = [];
  for (const [i, field] of fields.entries()) {
    const columns = files.map((file) => ({ file: file.file.path, ...columnOf(field, file, { spec, source: name }) }));
    for (const one of columns) {
      const unlike = columns.find(({ column, type }) => column !== "" && type !== one.type);
      const as = unlike === undefined ? "" : `, which is ${unlike.type} in ${unlike.file}`;
      fieldSql(field, i, { ...one, where: `${one.where}${as}` }, spec, time);
    }
    const first = columns.find(({ column }) => column !== "");
    for (const { file, column, type } of columns) {
      if (first === undefined || column === "" || type === first.type) continue;
      const change: ColumnChange = { change: "retyped", column, file, unlike: first.file, types: [first.type, type] };
      if (ruleOf(spec, "columnRetyped") === "refuse") throw retyped(change, name);
      changes.push(change);
    }
  }
  return changes;
}

/** Columns that are not read, in some files and not in others: the first file that differs from the first of all tells of them. */
function unmappedChanges({ name, spec }: NamedSource, fields: readonly Field[], files: readonly OpenFile[]) {
  const mapped = new Set(fields.flatMap(({ column }) => (typeof column === "string" ? namesOf(column, spec) : [])));
  const namesIn = files.map(({ scan }) => new Set(scan.columns.map((column) => column.name)));
  const all = new Set(namesIn.flatMap((names) => [...names]));
  const changes: ColumnChange[] = [];
  for (const column of all) {
    if (mapped.has(column)) continue;
    const there = namesIn[0].has(column);
    const differs = namesIn.findIndex((names) => names.has(column) !== there);
    if (differs === -1) continue;
    const [file, unlike] = [files[differs].file.path, files[0].file.path];
    const change: ColumnChange = { change: there ? "dropped" : "added", column, file, unlike };
    if (ruleOf(spec, "columnAdded") === "refuse") throw notAlike(change, name);
    changes.push(change);
  }
  return changes;
}

function retyped({ column, file, unlike, types }: ColumnChange, source: string): ForewarnError {
  return new ForewarnError("DATA_COLUMN_TYPE", {
    problem: "a column has another type than in another file",
    expected: `${types?.[0]}, as in ${unlike}`,
    found: types?.[1],
    where: `${file}, column \`${column}\`, read as ${source}`,
    hint: ruleHint("columnRetyped"),
  });
}

function notAlike({ change, column, file, unlike }: ColumnChange, source: string): ForewarnError {
  const [has, lacks] = change === "added" ? [file, unlike] : [unlike, file];
  return new ForewarnError("DATA_COLUMN_ADDED", {
    problem: "the files of a source have different columns",
    expected: "the same columns in every file",
    found: `\`${column}\` in ${has}, not in ${lacks}`,
    where: `${file}, read as ${source}`,
    hint: ruleHint("columnAdded"),
  });
}
