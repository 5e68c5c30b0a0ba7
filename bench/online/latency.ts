/** Latencies as a measurement. */
import { packageVersion } from "../../src/core/package-version.ts";

export interface Percentiles {
  median: number;
  p99: number;
  p999: number;
}

/** Of seconds, as microseconds: the least latency that so large a share does not exceed. */
export function percentiles(seconds: Float64Array): Percentiles {
  const sorted = seconds.slice().sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] * 1e6;
  return { median: at(0.5), p99: at(0.99), p999: at(0.999) };
}

/** `seconds` is the median of one reading. */
export function printMeasurement(microseconds: Percentiles, checks: Record<string, string | number>): void {
  const seconds = microseconds.median / 1e6;
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ seconds, peakMemory, version: packageVersion(), checks, microseconds })}\n`);
}
