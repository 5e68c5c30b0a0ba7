/** Measures the work of a TypeScript process of a benchmark and prints the measurement. */
import { readFileSync } from "node:fs";
import { packageVersion } from "../../src/core/package-version.ts";
import type { Measurement } from "./bench.ts";

/** The input that `BenchProcess` hands over. */
export function processInput<T>(): T {
  return JSON.parse(process.argv[2]) as T;
}

/** Times `work` and prints the measurement with what `check` says of its result. */
export async function measured<T>(
  work: () => Promise<T>,
  check: (result: T) => Promise<Pick<Measurement, "checks" | "columns">>,
): Promise<void> {
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const peakMemory = largestResidentBytes();
  const measurement: Measurement = { seconds, peakMemory, version: packageVersion(), ...(await check(result)) };
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}

/** From the kernel's own account where there is one: a process's resource usage can begin with its parent's. */
function largestResidentBytes(): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {}
  return process.resourceUsage().maxRSS * 1024;
}
