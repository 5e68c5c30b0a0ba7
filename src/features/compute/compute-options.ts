/** How features are computed: nothing of it changes a value. */
import { memoryBytes } from "../../archive/sorted-memory.ts";
import { ForewarnError } from "../../core/errors.ts";

export interface ComputeOptions {
  /** How many threads compute, the calling one among them: a whole number. Default: 1, no other thread is started. */
  threads?: number;
  /**
   * How much kernels may take for what they compute at a time: bytes, or text such as "1GB". The fleet and the matrix come on top of it.
   * Default: "512MB".
   */
  memory?: string | number;
  /** Checked between groups of machines. */
  signal?: AbortSignal;
  onProgress?: (doneRows: number, totalRows: number) => void;
}

/** A page of kernel memory takes half of it. */
const LEAST = 128 * 1024;

/** The bytes of the option `memory`. @throws USAGE_MEMORY unless it is an amount of 128 KiB or more */
export function kernelBytes(memory: string | number = 512e6): number {
  const bytes = typeof memory === "string" ? memoryBytes(memory) : memory;
  if (Number.isFinite(bytes) && bytes >= LEAST) return Math.floor(bytes);
  throw new ForewarnError("USAGE_MEMORY", {
    problem: "kernels cannot work in so much memory",
    expected: `${LEAST} bytes or more, or an amount such as "512MB"`,
    found: String(memory),
  });
}
