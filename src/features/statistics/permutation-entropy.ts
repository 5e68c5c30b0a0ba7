/** `permutationEntropy({ order, delay })`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export interface PermutationEntropyOptions {
  /** How many readings a pattern has, 2 to 7. Default: 3. */
  order?: number;
  /** How many readings apart those of a pattern are, from 1 on. Default: 1. */
  delay?: number;
}

export type PermutationEntropySpec = { statistic: "permutationEntropy"; order: number; delay: number };

/** The statistic `permutationEntropy`: `permutationEntropy({ order: 3 })` gives `volt_permutationEntropy_3_1_1d`. */
export function permutationEntropy(options: PermutationEntropyOptions = {}): PermutationEntropySpec {
  return { statistic: "permutationEntropy", order: 3, delay: 1, ...options };
}

/**
 * How evenly the orders are spread that `order` readings, each `delay` after the other, come in: their entropy in nats, 0 for readings
 * that only rise or fall, at most log(order!) (Bandt and Pompe, Permutation entropy: a natural complexity measure for time series,
 * 2002). Of equal readings the earlier is taken for the smaller. NaN where there is no such pattern.
 */
export const permutationEntropyStatistic: Statistic<PermutationEntropySpec> = {
  shape: z.strictObject({
    statistic: z.literal("permutationEntropy"),
    order: z.int().min(2).max(7),
    delay: z.int().min(1).max(1_000_000),
  }),
  label: ({ order, delay }) => `permutationEntropy_${order}_${delay}`,
  unit: "none",
  lower: ({ order, delay }) => describe("permutationEntropy", order, delay),
};
