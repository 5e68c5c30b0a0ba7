/** What `infer` proposes for a folder of files, with the reason for every choice and how sure it is. */
import type { ArchiveSpec } from "../archive/spec.ts";

/** "sure": the data leave no other reading. "likely": they point to it. "guess": change it if you know better. */
export type Sureness = "sure" | "likely" | "guess";

export interface Choice {
  /** What was chosen: "telemetry", "every". */
  about: string;
  choice: string;
  sure: Sureness;
  why: string;
}

export interface LeftOut {
  /** A file, or a file and a column. */
  what: string;
  why: string;
}

/** What a model is to learn, and how it is tested, as the words of a pipeline. */
export interface LearningChoices {
  every?: string;
  windows: readonly string[];
  /** The label: a horizon, or the cap of the remaining life. */
  label: { horizon: string } | { cap: number };
  split:
    | { split: "byTime"; at: string }
    | { split: "byMachine"; folds: number }
    | { split: "given"; train: string; evaluate: string };
  leadTime?: string;
}

export interface Proposal {
  name: string;
  archive: ArchiveSpec;
  /** Absent where there is no failure to learn from. */
  learning?: LearningChoices;
  choices: readonly Choice[];
  leftOut: readonly LeftOut[];
  /** What keeps the pipeline from running. */
  problems: readonly string[];
}
