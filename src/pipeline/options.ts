/** What a pipeline file says, as one object of plain data. */
import type { EndOfLifeSpec, SourceSpec } from "../archive/spec.ts";
import type { Duration, TimeKind } from "../core/time.ts";
import type { Costs } from "../evaluation/predictions.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import type { SelectSpec } from "../features/selection/relevant-features.ts";
import type { FeatureSpec } from "../features/spec.ts";
import type { LabelSpec } from "../labels/spec.ts";
import type { GateSpec } from "../registry/gates.ts";
import type { SplitSpec } from "../splits/spec.ts";
import type { LearnerSpec } from "../training/learner.ts";

/** Where a pipeline reads and writes: folders, or places in blob storage. Paths in a pipeline file are relative to that file. */
export interface Places {
  /** The archive's folder, or `az://account/container/path`; source paths are relative to it. */
  data?: string;
  /** The model registry, a folder or `az://…`. Default: `registry` in the working folder. */
  registry?: string;
  /** The folder of run folders, or `az://…`. Default: `runs` in the working folder. */
  runs?: string;
  /** Where stage results and fetched blobs are kept for the next run, always a local folder. Default: `.forewarn/cache` in the working folder. */
  cache?: string;
}

export interface EvaluateOptions {
  /** What alarms cost; thresholds are chosen by it. Default: none, and thresholds are chosen by F1. */
  cost?: Costs;
  /** A warning shorter than this comes too late. Default: none is too short. */
  leadTime?: Duration;
  /** Bootstrap resamples over machines behind each interval. Default: 1,000. */
  resamples?: number;
}

export interface PublishOptions {
  /** The alias moved to the published version. Default: none is moved. */
  alias?: string;
  /** Gates, all of which must pass. Default: none. */
  when?: readonly GateSpec[];
  /** Publish a model fitted on all known rows; `false` publishes the last fold's. Default: true. */
  refit?: boolean;
}

export interface PipelineOptions extends Places {
  /** The model's name in the registry: lower-case letters, digits, `.`, `_`, `-`. */
  name: string;
  /** What the time columns count. Default: "timestamp". */
  time?: TimeKind;
  machines?: SourceSpec;
  telemetry: SourceSpec | readonly SourceSpec[];
  events?: Readonly<Record<string, SourceSpec | EndOfLifeSpec>>;
  reference?: { schedule?: SourceSpec; limits?: SourceSpec };
  /**
   * How much the telemetry may take in memory, such as "2GB", from "512MB" on; nothing learned depends on it. Telemetry is then sorted into
   * the cache, which needs the room, and featurized from there a group of machines at a time. The features of all rows are in memory
   * besides, and a leak check reads everything. Default: all telemetry is in memory, which must be large enough for it.
   */
  memory?: string;
  /** The grid of cutoffs. Default: every telemetry row is one, or the end of every operating cycle where there are `cycles`. */
  every?: Duration;
  /** How machines that start and stop run in cycles, such as operatingCycles({ gap: "30s" }). Default: their rows are no cycles. */
  cycles?: OperatingCycles;
  /** Telemetry older than this takes a machine out of observation. Default: 3 x every. */
  stale?: Duration;
  features: readonly FeatureSpec[];
  /** Which columns learners are given, selected inside each fold's training part, such as relevantFeatures(). Default: all. */
  select?: SelectSpec;
  label: LabelSpec;
  split: SplitSpec;
  /** The schedule, scored as the baseline, and what is to beat it. */
  learners: readonly LearnerSpec[];
  evaluate?: EvaluateOptions;
  /** Inner folds behind the threshold and the number of trees. Default: 3. */
  innerFolds?: number;
  publish?: PublishOptions;
  /** The seed of all randomness. Default: 0. */
  seed?: number;
  /** Other places by the name given to `--env`. */
  environments?: Readonly<Record<string, Places>>;
}
