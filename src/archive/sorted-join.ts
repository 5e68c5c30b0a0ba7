/** Puts sorted tables together that are parts of one long table and have the same rows, as `joinAlike` does in memory. */
import { tableName } from "./long-tables.ts";
import type { SortedTable } from "./sorted-layout.ts";

interface TableApart {
  /** The long table that it is a part of, where it is one. */
  long?: string;
  table: SortedTable;
}

/**
 * @param sums the SHA-256 of each file: files with the same times have the same.
 * @returns `doubled` are the files that are no longer needed.
 */
export function joinSorted(
  tables: readonly TableApart[],
  sums: ReadonlyMap<string, string>,
): { tables: SortedTable[]; doubled: string[] } {
  const joined: TableApart[] = [];
  const doubled: string[] = [];
  for (const { long, table } of tables) {
    const alike = joined.find((one) => long !== undefined && one.long === long && haveSameRows(one.table, table, sums));
    if (alike === undefined) {
      joined.push({ long, table });
      continue;
    }
    const { sensors, files } = alike.table;
    const keys = keyFiles(table);
    doubled.push(...keys);
    const more = table.files.slice(keys.length);
    alike.table = { ...alike.table, sensors: [...sensors, ...table.sensors], files: [...files, ...more] };
  }
  return { tables: joined.map(({ table }, i) => ({ ...table, name: tableName(i) })), doubled };
}

/** The files of when rows were, and became known. */
function keyFiles({ late, files }: SortedTable): readonly string[] {
  return files.slice(0, late ? 2 : 1);
}

function haveSameRows(a: SortedTable, b: SortedTable, sums: ReadonlyMap<string, string>): boolean {
  const isSame = keyFiles(a).every((file, i) => sums.get(file) === sums.get(keyFiles(b)[i]));
  return isSame && a.offsets.every((offset, machine) => offset === b.offsets[machine]);
}
