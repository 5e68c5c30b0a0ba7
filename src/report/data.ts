/** What a report says, as plain JSON-able data: figures, curves, timelines and where they came from. Undefined figures are null. */
import type { Duration, TimeKind } from "../core/time.ts";
import type { Alarm, FailureOutcome, LearnerMetrics } from "../evaluation/metrics.ts";
import type { Costs } from "../evaluation/predictions.ts";
import type { Task } from "../labels/labels.ts";

export interface ReportData {
  /** The pipeline's name. */
  pipeline: string;
  task: Task;
  time: TimeKind;
  /** The horizon of "fails within"; null for remaining life. */
  horizon: Duration | null;
  /** The warning a planner needs at least; null where none is asked for. */
  leadTime: Duration | null;
  costs: Costs | null;
  /** Machine names; timelines refer to them by index. */
  machines: readonly string[];
  /** First and last evaluated cutoff (microseconds or cycles) and the number of machines evaluated. */
  evaluated: { from: number | null; to: number | null; machines: number | null };
  /** Where a split by time divides training from evaluation; null for other splits. */
  splitAt: number | null;
  /** All learners in the pipeline's order, baselines included. */
  learners: readonly LearnerMetrics[];
  /** The learner the verdict is about (the one to publish); null where none could be scored. */
  best: string | null;
  published: PublishedVersion | null;
  /** Why no version was published, in one clause; null where one was. */
  notPublished: string | null;
  /** Curves by learner, in any order; a learner without curves may be left out. */
  curves: readonly LearnerCurves[];
  /** How each failure fared with the best learner. */
  failures: readonly FailureTimeline[];
  sources: readonly SourceRows[];
  /** The name among `sources` of that of the failures. */
  failuresSource: string | null;
  rows: { censored: number | null; trained: number | null; evaluated: number | null };
  /** Number of feature columns. */
  features: number | null;
  gates: readonly GateVerdict[];
  planId: string | null;
  packageVersion: string | null;
  seed: number | null;
}

interface PublishedVersion {
  model: string;
  /** Default: not named, since the report is part of the version and written before its number is claimed. */
  version?: number;
  aliases: readonly string[];
  /** True where the published model was refitted on all known rows, so that the figures describe the folds' models. */
  refitted: boolean;
}

/** Curves of one learner; null where the curve has no meaning for the task or the learner. */
export interface LearnerCurves {
  learner: string;
  /** From the highest threshold to the lowest. */
  precisionRecall: readonly { recall: number; precision: number }[] | null;
  /** One entry a bin of predicted probability: mean predicted, share that failed, rows. */
  calibration: readonly { predicted: number; observed: number; count: number }[] | null;
  /** What other thresholds would give: false alarms per machine-month (or per 1,000 cycles) and the share of failures caught. */
  plan: readonly { falseAlarms: number; caught: number }[] | null;
  /** Warning times of the caught failures, in hours or cycles. */
  warnings: readonly number[] | null;
  /** Gain by feature, in any order. */
  importance: readonly { feature: string; gain: number }[] | null;
  /** Regression: predicted and true remaining life, one a row, in hours or cycles. */
  life: readonly { predicted: number; actual: number }[] | null;
}

/** One failure with the score that led up to it. */
export interface FailureTimeline extends FailureOutcome {
  /** Evaluated cutoffs of the machine before the failure, ascending; about three horizons read well. */
  points: readonly { cutoff: number; score: number }[];
  /** On the same scale as the scores (a probability reads best); null where there is none. */
  threshold: number | null;
  /** The machine's alarms in that span. */
  alarms: readonly Omit<Alarm, "machine">[];
}

/** Rows of one source. */
interface SourceRows {
  name: string;
  read: number;
  used: number;
  quarantined: number;
  /** Why rows were put aside, with their number. */
  reasons: readonly { reason: string; rows: number }[];
  /** Values that a rule of the contract repaired, by what was wrong with them. Default: none. */
  repaired?: readonly { reason: string; values: number }[];
  /** What became of the rows of each of its files. Default: not told. */
  files?: readonly FileRows[];
  /** How its columns change from file to file, a sentence each. Default: they do not. */
  changes?: readonly string[];
}

/** Rows of one file: read is used and quarantined. */
export interface FileRows {
  path: string;
  read: number;
  used: number;
  quarantined: number;
  reasons: readonly { reason: string; rows: number }[];
}

/** What one gate said before publication. */
export interface GateVerdict {
  gate: string;
  verdict: "passed" | "refused" | "insufficient";
  /** The comparison in words: "average precision 0.61 >= 0.50". */
  detail: string;
}
