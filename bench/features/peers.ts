/** The peers that compute rolling statistics, with all threads. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { BenchProcess } from "../harness/bench.ts";
import type { FeaturesInput } from "./features-input.ts";

/** A Python file of bench/peers that takes a `FeaturesInput`. */
export function peer(script: string, name: string, folder: string, input: Omit<FeaturesInput, "out">): BenchProcess {
  return {
    script: `peers/${script}`,
    input: { ...input, out: join(folder, `features-${name}.f32`) },
    environment: { POLARS_MAX_THREADS: String(availableParallelism()) },
  };
}
