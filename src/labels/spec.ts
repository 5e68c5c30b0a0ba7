/** What a pipeline predicts: plain data made by `failsWithin` and `remainingLife`. */
import type { Duration } from "../core/time.ts";

export interface FailureOptions {
  /** The event table of failures. */
  of: string;
  /** The event table of replacements, whose kinds are the failures' components. Default: "maintenance", where there is one. */
  maintenance?: string;
  /** Failures of one component less than this after one another are one. Default: not merged. */
  mergeWithin?: Duration;
}

export interface FailsWithinSpec extends FailureOptions {
  label: "failsWithin";
  horizon: Duration;
  /** Predict whether any component fails (binary), or which one fails first (multiclass). Default: "any". */
  predict: "any" | "component";
  /** What a planned replacement inside the horizon says of the replaced component. Default: "healthy". */
  planned: "healthy" | "censored";
}

export interface RemainingLifeSpec extends FailureOptions {
  label: "remainingLife";
  /** Lives are known and predicted up to this many hours (timestamps) or counts (counters). Default: no cap. */
  cap?: number;
  planned: "healthy" | "censored";
}

export type LabelSpec = FailsWithinSpec | RemainingLifeSpec;
