/** Writes a process's result columns where the harness compares them. */
import { open } from "node:fs/promises";
import type { ResultColumns } from "./bench.ts";

export async function writeColumns(
  file: string,
  names: readonly string[],
  columns: readonly Float32Array[],
): Promise<ResultColumns> {
  const handle = await open(file, "w");
  try {
    for (const { buffer, byteOffset, byteLength } of columns) {
      await handle.write(new Uint8Array(buffer, byteOffset, byteLength));
    }
  } finally {
    await handle.close();
  }
  return { file, names };
}
