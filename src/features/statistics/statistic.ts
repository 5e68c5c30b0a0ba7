/** The extension point of `rolling`: what a statistic of a window needs to be named and computed. */
import type { z } from "zod";
import type { TimeKind } from "../../core/time.ts";
import type { RollingStatistic } from "../../kernels/calls.ts";

/** A statistic as plain data: its name, or an object where it takes numbers. */
export type StatisticSpec = string | StatisticObject;

export interface StatisticObject {
  statistic: string;
  readonly [option: string]: number | string;
}

export interface Statistic<Spec extends StatisticSpec = StatisticSpec> {
  shape: z.ZodType<Spec>;
  /** Its part of the column's name, such as `mean`, `rootMeanSquare`, `q90`, `autocorrelation_3`. */
  label(spec: Spec, context: StatisticContext): string;
  /** How its value shows that nothing was read: by NaN, by 0, or "kept" where other rows have it too. Default: "missing". */
  unread?: "missing" | "zero" | "kept";
  /** The unit of its value: the sensor's, per hour or cycle, readings, or none. */
  unit: StatisticUnit;
  /** What the kernels do for it. */
  lower(spec: Spec, context: StatisticContext): LoweredStatistic;
}

/** What a statistic may know of the plan. */
export interface StatisticContext {
  schema: { readonly time: TimeKind };
}

export type StatisticUnit =
  | "sensor"
  | "sensor squared"
  | "sensor cubed"
  | "sensor per hour"
  | "sensor hours"
  | "readings"
  | "hours"
  | "none";

export type LoweredStatistic =
  /** One of the sums and extremes that sensors take through SIMD lanes together. */
  | { kernel: "rolling"; output: RollingStatistic }
  /** An exact order statistic: the share `at` (0..1) of the sorted readings, interpolated linearly between neighbours. */
  | { kernel: "quantile"; at: number }
  /** The difference of two exact order statistics: that at the share `to` minus that at the share `from`. */
  | { kernel: "quantileRange"; from: number; to: number }
  /** A statistic over the window's readings laid out in a row: its number in the kernel, and at most four numbers. */
  | { kernel: "describe"; code: number; parameters: readonly number[] };
