/** Whether two processes found the same numbers, up to the rounding of sums taken in another order. */
import { readFile } from "node:fs/promises";
import type { ResultColumns } from "./bench.ts";

/** How far two values of a column may lie apart, as a share of the column's largest finite value. */
const tolerance = 1e-5;

/**
 * Holds a process's columns against ours, value by value: both missing, both the same infinity, or within the tolerance.
 * @throws Error that names the first column, row and pair of values that differ
 */
export async function checkAlike(name: string, found: ResultColumns, expected: ResultColumns): Promise<void> {
  if (found.names.join() !== expected.names.join()) throw new Error(`${name} has other columns: ${found.names.join()}`);
  const [theirs, ours] = await Promise.all([float32s(found.file), float32s(expected.file)]);
  if (theirs.length !== ours.length) throw new Error(`${name} has ${theirs.length} values, not ${ours.length}`);
  const rows = ours.length / expected.names.length;
  for (const [column, label] of expected.names.entries()) {
    const from = column * rows;
    let scale = 0;
    for (let i = from; i < from + rows; i++) {
      const size = Math.abs(ours[i]);
      if (size > scale && size < Number.POSITIVE_INFINITY) scale = size;
    }
    for (let i = from; i < from + rows; i++) {
      const [a, b] = [theirs[i], ours[i]];
      if (a === b || Math.abs(a - b) <= tolerance * scale || (Number.isNaN(a) && Number.isNaN(b))) continue;
      throw new Error(`${name} has another ${label} in row ${i - from}: ${a}; expected ${b}`);
    }
  }
}

async function float32s(file: string): Promise<Float32Array> {
  const { buffer, byteOffset, byteLength } = await readFile(file);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
