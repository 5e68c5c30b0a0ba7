/** How rows are divided into training and evaluation: plain data made by `byTime`, `byMachine`, `rollingOrigin` and `given`. */
import type { Duration } from "../core/time.ts";

export interface ByTimeSpec {
  split: "byTime";
  /** Training cutoffs lie before it. */
  at: string | number;
  /** Added between the last training label and the first evaluation cutoff. Default: none. */
  embargo?: Duration;
}

export interface ByMachineSpec {
  split: "byMachine";
  /** The share of machines held out for evaluation, or the number of folds. */
  share?: number;
  folds?: number;
}

export interface RollingOriginSpec {
  split: "rollingOrigin";
  folds: number;
  /** The length of each test window. */
  test: Duration;
  /** Train on this long before each test window only. Default: on all earlier rows. */
  window?: Duration;
  /** Evaluate the machines trained on, or others. Default: "same". */
  machines: "same" | "held-out";
  embargo?: Duration;
}

export interface GivenSpec {
  split: "given";
  /** Globs over machine names, "*" for any run of characters. */
  train: string;
  evaluate: string;
  /** Evaluate each machine's last known row only, or all. Default: "all". */
  cutoffs: "last" | "all";
}

export type SplitSpec = ByTimeSpec | ByMachineSpec | RollingOriginSpec | GivenSpec;
