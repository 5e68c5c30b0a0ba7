/** What one run gave, as `forewarn run --json` prints it. */
import type { LearnerMetrics } from "../evaluation/metrics.ts";
import type { GateVerdict } from "../registry/judge-gates.ts";
import type { SourceRows } from "./source-rows.ts";

export interface StageResult {
  name: string;
  /** "reused": kept from an earlier run, since nothing it depends on has changed. */
  status: "done" | "reused";
  seconds: number;
}

export interface RowTotals {
  /** Rows in the archive's files: read = used + quarantined. */
  read: number;
  used: number;
  quarantined: number;
  /** Cutoffs whose label is not known, in no training and no figure. */
  censored: number;
  /** Rows in any fold's training part, and in any fold's evaluation part. */
  trained: number;
  evaluated: number;
}

export interface PublishedModel {
  model: string;
  version: number;
  path: string;
  aliases: readonly string[];
}

export interface RunResult {
  run: string;
  /** "refused": the pipeline publishes, but a gate said no or no learner could be scored. */
  status: "done" | "refused";
  stages: readonly StageResult[];
  rows: RowTotals;
  /** Rows of each source, with those set aside by reason. */
  sources: readonly SourceRows[];
  /** The report's path. */
  report: string;
  published: PublishedModel | null;
  gates: readonly GateVerdict[];
  /** Figures by learner. */
  metrics: Readonly<Record<string, LearnerMetrics>>;
}

/** What `--json` prints of a run that ended in an error: the shape of a result, with what is known. */
export interface FailedRun {
  /** Null where the run failed before it had a folder. */
  run: string | null;
  status: "failed";
  stages: readonly [];
  rows: null;
  sources: readonly [];
  report: null;
  published: null;
  gates: readonly [];
  metrics: Readonly<Record<string, never>>;
  error: { code: string; message: string; where?: string; hint?: string };
}
