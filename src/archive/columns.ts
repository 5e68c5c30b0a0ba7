/** The column of a file that a field is read from, by any of the names that the contract gives it. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { ruleOf } from "./contract.ts";
import type { Field, FieldColumn } from "./field.ts";
import type { ArchiveFile } from "./find-archive.ts";
import type { Scan } from "./scan.ts";
import type { SourceSpec } from "./spec.ts";

/** A file of a source, opened: its columns are known, none of its rows is read. */
export interface OpenFile {
  file: ArchiveFile;
  scan: Scan;
}

interface SourceOfFile {
  spec: SourceSpec;
  /** Where the pipeline names it. */
  source: string;
}

/**
 * A field that has no column, or whose column the file lacks and may lack, is NULL in every row.
 * @param other a file of the source that has the column, where there is one
 * @throws DATA_COLUMN_MISSING, DATA_COLUMN_TWICE
 */
export function columnOf(
  field: Field,
  { file, scan }: OpenFile,
  { spec, source }: SourceOfFile,
  other?: OpenFile,
): FieldColumn {
  const { column } = field;
  const absent = { column: "", sql: "NULL", type: field.kind === "number" ? "DOUBLE" : "VARCHAR", where: "" };
  if (column === undefined) return absent;
  if (typeof column !== "string")
    return { column: "row number", sql: "row_number() OVER ()", type: "BIGINT", where: "" };
  const names = namesOf(column, spec);
  const found = scan.columns.filter(({ name }) => names.includes(name));
  if (found.length === 1) return { column, where: `${file.path}, column \`${found[0].name}\``, ...found[0] };
  if (found.length === 0 && mayLack(field, spec)) return absent;
  const there = scan.columns.map(({ name }) => name);
  const as = other === undefined ? "" : `, which ${other.file.path} has`;
  throw new ForewarnError(found.length === 0 ? "DATA_COLUMN_MISSING" : "DATA_COLUMN_TWICE", {
    problem: found.length === 0 ? "a required column is missing" : "a column that is read is there twice",
    expected: `a column ${names.map((name) => `\`${name}\``).join(" or ")}${as}`,
    found: found.length > 0 ? listOf(found.map(({ name }) => name)) : listOf(there),
    where: `${file.path}, read as ${source}`,
    hint: found.length > 0 ? "rename one of them" : missingHint(field, column, there, other),
  });
}

/** The first names of a file of very many. */
function listOf(names: readonly string[]): string {
  const more = names.length > 20 ? ` and ${names.length - 20} more` : "";
  return `${names
    .slice(0, 20)
    .map((name) => `\`${name}\``)
    .join(", ")}${more}`;
}

/** Under what names a column may stand in a file. */
export function namesOf(column: string, { renamed = {} }: SourceSpec): readonly string[] {
  return [column, ...(Object.hasOwn(renamed, column) ? renamed[column] : [])];
}

/** Whether the files of a source may lack the column of a field, so that its values are missing there. */
export function mayLack({ required }: Field, spec: SourceSpec): boolean {
  return required === undefined && ruleOf(spec, "columnDropped") === "asMissing";
}

function missingHint({ required }: Field, column: string, there: readonly string[], other: OpenFile | undefined) {
  const renamed = `if it was called otherwise, say renamed: { ${JSON.stringify(column)}: ["…"] }`;
  const spaced = there.find((name) => name.trim() === column);
  if (spaced !== undefined) return `there is \`${spaced}\`, with spaces around it`;
  if (other === undefined) return didYouMean(column, there);
  return required === undefined ? `${renamed}, or set rules: { columnDropped: "asMissing" }` : renamed;
}
