/** `endOfLife()`: the failures of machines that are run until they fail, which no file lists. */
import type { EndOfLifeSpec } from "./spec.ts";

/**
 * A failure of every machine at its last telemetry row; or, for the machines listed in `remaining`, that many hours (timestamps) or
 * cycles (counters) after it.
 */
export function endOfLife(options: Omit<EndOfLifeSpec, "format"> = {}): EndOfLifeSpec {
  return { format: "endOfLife", ...options };
}
