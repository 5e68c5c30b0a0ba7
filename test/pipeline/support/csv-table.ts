/** CSV text by hand, every field quoted, so that names may hold anything. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

type Field = string | number | null;

export function csvTable(head: readonly string[], rows: readonly (readonly Field[])[]): string {
  const quoted = (field: Field) => (field === null ? "" : `"${String(field).replaceAll('"', '""')}"`);
  return [head, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("");
}

/** Writes files by path under a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
