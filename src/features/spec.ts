/** What the words of the feature vocabulary return: plain data that can be printed, hashed, stored and read back. */
import type { Duration } from "../core/time.ts";
import type { RollingStatisticSpec } from "./statistics/table.ts";
import type { AgeSpec } from "./words/age.ts";
import type { ClipSpec } from "./words/clip.ts";
import type { CorrelationOfSpec } from "./words/correlation-of.ts";
import type { CountSinceSpec } from "./words/count-since.ts";
import type { CustomSpec } from "./words/custom.ts";
import type { DeriveSpec } from "./words/derive.ts";
import type { DifferenceOfSpec } from "./words/difference-of.ts";
import type { HealthyBaselineSpec } from "./words/healthy-baseline.ts";
import type { HoursAboveSpec } from "./words/hours-above.ts";
import type { IntervalOfSpec } from "./words/interval-of.ts";
import type { LastKindSpec } from "./words/last-kind.ts";
import type { OperatingModesSpec } from "./words/operating-modes.ts";
import type { PerCycleSpec } from "./words/per-cycle.ts";
import type { PrincipalComponentsSpec } from "./words/principal-components.ts";
import type { RateOfSpec } from "./words/rate-of.ts";
import type { RatioOfSpec } from "./words/ratio-of.ts";
import type { ResidualOfSpec } from "./words/residual-of.ts";
import type { SequenceOfSpec } from "./words/sequence-of.ts";

export interface RollingSpec {
  feature: "rolling";
  sensors: readonly string[];
  /** Window lengths; a window is (t - length, t]. */
  over: readonly Duration[];
  stats: readonly RollingStatisticSpec[];
  /** An event table: a window starts anew at the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface LagSpec {
  feature: "lag";
  sensors: readonly string[];
  by: readonly Duration[];
  /** A reading older than this no longer counts. Default: three grid steps; without a grid, as long as `by`. */
  hold?: Duration;
}

export interface DeltaSpec {
  feature: "delta";
  sensors: readonly string[];
  by: readonly Duration[];
  /** As in `LagSpec`, for both ends. */
  hold?: Duration;
}

export interface CountOfSpec {
  feature: "countOf";
  table: string;
  over: readonly Duration[];
  /** An event table: a window starts anew at the machine's last visible record. Default: it never does. */
  resetOn?: string;
  /** A column for events of any kind. Default: true. */
  any?: boolean;
}

export interface TimeSinceSpec {
  feature: "timeSince";
  table: string;
  /** A column for events of any kind. Default: true. */
  any?: boolean;
}

export interface UsedSinceSpec {
  feature: "usedSince";
  table: string;
  /** Time counts while this sensor is above `above`. Default: all time covered by readings counts. */
  sensor?: string;
  /** In the sensor's unit. Default: 0. */
  above?: number;
  /** How long a reading holds at most. Default: three grid steps; for counters without a grid, three cycles. */
  hold?: Duration;
}

/** A schedule learned from the training machines' lives. */
export interface LearnedSchedule {
  schedule: "learned";
  /** The event table of failures; its kinds are the components. */
  of: string;
  /** The event table of replacements. Default: "maintenance", where there is one. */
  maintenance?: string;
  /** The share of lives that have ended by the recommended interval. Default: 0.1. */
  quantile: number;
}

export interface ScheduleUsedSpec {
  feature: "scheduleUsed";
  /** "schedule", the reference table, or one learned in training. */
  schedule: "schedule" | LearnedSchedule;
  /** The event table of replacements. Default: "maintenance", where there is one. */
  maintenance?: string;
  /** Where no replacement is visible, count from commissioning (counters: from 0). Default: false, NaN there. */
  fromCommissioning?: boolean;
}

export interface LimitMarginSpec {
  feature: "limitMargin";
  /** The reference table of operating limits. */
  limits: "limits";
  /** A reading older than this no longer counts. Default: three grid steps; for counters without a grid, three cycles. */
  hold?: Duration;
}

/** Either limit, the lower or the upper. */
export type LimitSide = "either" | "low" | "high";

export interface LimitExceededSpec {
  feature: "limitExceeded";
  limits: "limits";
  over: readonly Duration[];
  /** Which limits count. Default: either. */
  sides?: readonly LimitSide[];
}

export interface AttributesSpec {
  feature: "attributes";
  attributes: readonly string[];
  /** How a category becomes numbers. Default: "columns", one a value. */
  encoding?: "columns" | "code" | "frequency";
}

export type FeatureSpec =
  | RollingSpec
  | LagSpec
  | DeltaSpec
  | CountOfSpec
  | TimeSinceSpec
  | UsedSinceSpec
  | ScheduleUsedSpec
  | LimitMarginSpec
  | LimitExceededSpec
  | AgeSpec
  | CorrelationOfSpec
  | CountSinceSpec
  | DifferenceOfSpec
  | HoursAboveSpec
  | IntervalOfSpec
  | LastKindSpec
  | RateOfSpec
  | RatioOfSpec
  | SequenceOfSpec
  | AttributesSpec
  | PerCycleSpec
  | OperatingModesSpec
  | HealthyBaselineSpec
  | PrincipalComponentsSpec
  | ResidualOfSpec
  | ClipSpec
  | CustomSpec
  | DeriveSpec;
