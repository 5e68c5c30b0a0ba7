/** Names and texts written into SQL so that nothing in them is ever read as SQL. */

/** A quoted identifier: a column called `a"b` is `"a""b"`. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A quoted text literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A file's path as a literal in which DuckDB finds no wildcard. */
export function fileLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, "[$&]"));
}
