/** Finds the one row of many whose change moves something, by halving. */
import type { PickedRows } from "./picked-rows.ts";

/**
 * The smallest part of the rows found that still moves it: one row as a rule, a few where only together they do.
 * @param moves whether it moves when only these rows are changed; it does for all of them.
 */
export async function findCause(
  picked: readonly PickedRows[],
  moves: (some: readonly PickedRows[]) => Promise<boolean>,
): Promise<readonly PickedRows[]> {
  for (const group of picked) {
    if (picked.length > 1 && !(await moves([group]))) continue;
    let { rows } = group;
    while (rows.length > 1) {
      const half = await movingHalf(rows, (some) => moves([{ ...group, rows: some }]));
      if (half === undefined) break;
      rows = half;
    }
    return [{ ...group, rows }];
  }
  return picked;
}

async function movingHalf(
  rows: Uint32Array,
  moves: (some: Uint32Array) => Promise<boolean>,
): Promise<Uint32Array | undefined> {
  const middle = rows.length >> 1;
  for (const half of [rows.subarray(0, middle), rows.subarray(middle)]) if (await moves(half)) return half;
  return undefined;
}
