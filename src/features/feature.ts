/** The extension point of the vocabulary: what a word needs to be planned, computed and fitted. */
import type { z } from "zod";
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import type { Workspace } from "./compute/workspace.ts";
import type { OutputNode } from "./outputs/table.ts";
import type { FleetSchema } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";

/** The shape of a word's plain data; `shape` names its members. */
export type SpecShape<Spec> = z.ZodType<Spec> & { readonly shape: Readonly<Record<string, unknown>> };

export interface Feature<Spec extends FeatureSpec> {
  /** The shape of the word's plain data, for what was read back from a file or written by hand. */
  shape: SpecShape<Spec>;
  /** The columns it gives. @throws PIPELINE_* when it names what the fleet does not have. */
  plan(spec: Spec, context: PlanContext): PlannedFeature;
  /** Adds the kernel calls that fill its raw columns. */
  compute(spec: Spec, context: PlanContext, workspace: Workspace): void;
  /** What is learned from training rows. Default: every raw column goes out as it is. */
  fit?(spec: Spec, context: PlanContext, training: Training): readonly OutputNode[];
}

export interface PlanContext {
  schema: FleetSchema;
  /** The grid of cutoffs in the fleet's time unit; undefined where every telemetry row is a cutoff. */
  every?: number;
  /** The columns of the features before this one: a feature made of others finds them here. Default: none. */
  before?: readonly string[];
}

export interface PlannedFeature {
  columns: readonly RawColumn[];
  /** The sensors, tables and attributes that the word names as a whole, whether or not a column comes of them. */
  reads: readonly Read[];
  /** The columns of earlier features that it is made of. Default: none. */
  inputs?: readonly string[];
  /** Names that fitting adds, so that a collision is found before anything is computed. */
  fittedNames?: readonly string[];
}

/** An unfitted column. */
export interface RawColumn {
  name: string;
  /** What it depends on: the edges of the plan's graph. */
  reads: readonly Read[];
  /** How far back it may read; absent where it holds the facts of a machine as of the cutoff. */
  reach?: Reach;
  /**
   * How a column that reads sensors shows that it found no known reading: "missing" (it is NaN), "zero" (it is 0, and is 0 only then:
   * how many readings there are), or "kept" (it does not show it: what has gone by since an anchor, or a number of readings of some
   * sort, which is 0 on many a row with readings). Default: "missing".
   */
  unread?: "missing" | "zero" | "kept";
}

/** At cutoff t a column reads nothing of what lies before the later of t - window and its anchor; without a window, before its anchor. */
export interface Reach {
  /**
   * The length of its window (t - window, t], with what it is shifted by, in the fleet's time unit. In a plan it is Infinity where the
   * column reads a sensor with one value an operating cycle.
   */
  window?: number;
  /** Whether `window` counts operating cycles. Default: false. */
  counted?: boolean;
  /** In a plan, of a column that reads a sensor with one value an operating cycle: what the word says of the rows of cycles; absent where all. */
  overCycles?: { own?: Reach };
  /** Its anchor: the machine's last visible record of a table, of a kind where one is given. */
  since?: { table: string; kind?: string };
}

export type Read =
  | { sensor: string }
  | { table: string; kind?: string }
  | { attribute: string; level?: string }
  | { reference: "schedule" | "limits" };

/** What fitting may look at: the training rows and what was known by then. */
export interface Training {
  /** Its telemetry may not be in memory: fits read events, facts and columns. */
  fleet: Fleet;
  cutoffs: Cutoffs;
  /** Indices of the training rows, by machine, then instant. */
  rows: Uint32Array;
  /** Of those the rows known to be healthy; undefined where nothing is known of labels. */
  healthy: Uint32Array | undefined;
  /** A raw column by name, or one of a feature that stands before this one in the plan, over all rows of the cutoffs. */
  column(name: string): Float32Array;
  /**
   * Whether a feature before this one gives such a column, or still needs it: fitting may have found no reason for one that was planned.
   * Nothing but training rows decides on it.
   */
  has(name: string): boolean;
  /** Up to where training may know the machines' histories: one instant a fleet machine, -Infinity where it has no training row. */
  knownUntil: Float64Array;
  /** Records stamped at `knownUntil` itself count also for outcomes, since a training label reaches to there. */
  inclusive: boolean;
}
