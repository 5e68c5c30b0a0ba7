/** Folders that hold several data sets of one form, told apart by a part of the file names: train_FD001.txt, train_FD002.txt. */
import { compareBytes } from "../core/order.ts";
import type { TableProfile } from "./profile-table.ts";
import type { LeftOut } from "./proposal.ts";

/** Of several data sets of files without headers, the first; the others are left out. */
export function chooseDataSet(all: readonly TableProfile[]): { tables: readonly TableProfile[]; others: LeftOut[] } {
  const headless = all.filter((table) => table.headless);
  const sets = new Map<string, TableProfile[]>();
  for (const table of headless) {
    const set = setName(table.path);
    sets.set(set, [...(sets.get(set) ?? []), table]);
  }
  if (sets.size < 2 || ![...sets.values()].every((members) => members.length > 1)) return { tables: all, others: [] };
  const [first, ...rest] = [...sets.keys()].sort(compareBytes);
  const kept = new Set(sets.get(first));
  const others = rest.flatMap((set) =>
    (sets.get(set) ?? []).map(({ path }) => ({
      what: path,
      why: `it belongs to another data set of the same form; ${first} was taken`,
    })),
  );
  return { tables: all.filter((table) => !table.headless || kept.has(table)), others };
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[a-z]+$/i, "");
}

/** "FD001" of "train_FD001.txt". */
function setName(path: string): string {
  return stem(path).split(/[_-]/).at(-1) ?? "";
}

/** "train" of "train_FD001.txt". */
export function nameToken(path: string): string {
  return stem(path).split(/[_-]/)[0];
}
