/** Statistics that the kernel `describe` computes. */
import { z } from "zod";
import { describeCodes } from "../../kernels/describe-call.ts";
import type { LoweredStatistic, Statistic, StatisticUnit } from "./statistic.ts";

/** A statistic without parameters: a column is named after it. */
export function described<Name extends keyof typeof describeCodes>(
  name: Name,
  unit: StatisticUnit,
  options: Pick<Statistic, "unread"> = {},
): Statistic<Name> {
  return { shape: z.literal(name), label: () => name, unit, ...options, lower: () => describe(name) };
}

/** What the kernel does for a statistic, with its parameters. */
export function describe(name: keyof typeof describeCodes, ...parameters: number[]): LoweredStatistic {
  return { kernel: "describe", code: describeCodes[name], parameters };
}
