/** The figures of one learner over its evaluated rows. An undefined figure is null, never NaN. */

/** The 95 % bootstrap interval over machines, or null where the figure is undefined. */
export type Interval = readonly [low: number, high: number] | null;

/** Figures over rows. */
export interface RowMetrics {
  rows: number;
  /** Rows that fail within the horizon; null for regression. */
  positives: number | null;
  averagePrecision: number | null;
  averagePrecisionInterval: Interval;
  rocAuc: number | null;
  rocAucInterval: Interval;
  logLoss: number | null;
  brier: number | null;
  /** F1 by class name at the decision threshold (binary: "healthy", "fails"); null for regression. */
  f1: Readonly<Record<string, number | null>> | null;
  macroF1: number | null;
  /** Rows are true classes, columns decided ones, in the order of `classes`. */
  confusion: readonly (readonly number[])[] | null;
  classes: readonly string[] | null;
  rmse: number | null;
  rmseInterval: Interval;
  mae: number | null;
  /** Counters only: the asymmetric score of the PHM 2008 challenge. */
  nasaScore: number | null;
}

/** Figures in a planner's words. All null for regression; the costs are null where no cost is asked for. */
export interface PlannerMetrics {
  /** Failures whose whole warning interval lies in evaluated rows: the N of "caught 7 of N". */
  failures: number | null;
  /** Failures seen only in part; in no figure. */
  partlyObserved: number | null;
  caught: number | null;
  late: number | null;
  missed: number | null;
  /** Interval of caught / failures. */
  caughtShareInterval: Interval;
  alarms: number | null;
  falseAlarms: number | null;
  /** Alarms that a planned replacement ended; neither true nor false. */
  endedByPlanned: number | null;
  machineMonths: number | null;
  falseAlarmsPerMachineMonth: number | null;
  falseAlarmsPerMachineMonthInterval: Interval;
  /** Warning time of the caught failures, in hours or cycles. */
  warningMedian: number | null;
  warningShortest: number | null;
  warningLongest: number | null;
  cost: number | null;
  costInterval: Interval;
  /** What every failure missed would have cost. */
  costWithoutModel: number | null;
  /** What the schedule would have cost on the same rows; filled in from the first learner whose policy is "schedule". */
  costOfSchedule: number | null;
  /** Interval of what is saved beside the schedule, `costOfSchedule - cost`, paired machine by machine; filled in with it. */
  costSavedInterval: Interval;
}

export interface FoldMetrics {
  name: string;
  /** Why the fold was not used. */
  skipped?: string;
  trained: number;
  evaluated: number;
  /** The alarm threshold on the raw score; `NEVER` where raising no alarm was best; null for regression. */
  threshold: number | null;
  iterations?: number;
  /** What became of the features' columns; omitted where none were selected. */
  columns?: SelectedColumns;
  averagePrecision: number | null;
  rmse: number | null;
}

/** How many columns a learner was given, and how many were kept from it: of one value, of no relevance, or much like a more relevant one. */
export interface SelectedColumns {
  kept: number;
  constant: number;
  irrelevant: number;
  correlated: number;
}

/** How the intervals were made. */
export interface BootstrapMetrics {
  resamples: number;
  /** Resamples drawn again because a figure was undefined in them (no failure among the machines drawn). */
  redrawn: number;
}

export interface LearnerMetrics extends RowMetrics, PlannerMetrics {
  learner: string;
  baseline: boolean;
  /** Why the learner was not scored ("not enough failures"); its figures are then null. */
  skipped?: string;
  folds: readonly FoldMetrics[];
  /** Omitted where no interval could be made. */
  bootstrap?: BootstrapMetrics;
}

/** How one failure fared. */
export interface FailureOutcome {
  /** Index into the machines. */
  machine: number;
  /** The component; all of them where several fail at one instant ("comp1+comp3"), which is one failure to a planner. */
  component: string;
  time: number;
  outcome: "caught" | "late" | "missed" | "partly observed";
  /** Hours or cycles between the first alarm that counts and the failure; null where none was raised. */
  warning: number | null;
}

/** One alarm as an operator would have seen it. */
export interface Alarm {
  machine: number;
  raisedAt: number;
  closedAt: number;
  /**
   * "true": it caught a failure. "late": a failure follows within the horizon, but sooner than the lead time. "planned": no
   * failure follows and a planned replacement ended it. "false": no failure follows.
   */
  verdict: "true" | "late" | "false" | "planned";
  /** Raised at once when the one before lapsed, because the score was still high: no new call for a replacement. */
  continues?: true;
}
