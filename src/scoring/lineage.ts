/** Where predictions come from: the columns that let every number be traced. */
import { hostname } from "node:os";
import { codeVersion } from "../core/version.ts";
import type { Scorer } from "./scorer.ts";

export interface LineageOptions {
  scoredAt: Date;
  runId: string;
  /** Default: "local". */
  clusterId?: string;
  /** Default: the host's name. */
  nodeId?: string;
}

export interface Lineage {
  scoredAt: Date;
  model: string;
  modelVersion: number;
  /** The version of forewarn that scored. */
  scorerVersion: string;
  /** The featurizer's hash. */
  featurizerVersion: string;
  runId: string;
  clusterId: string;
  nodeId: string;
}

export function lineageOf(scorer: Scorer, options: LineageOptions): Lineage {
  return {
    scoredAt: options.scoredAt,
    model: scorer.model,
    modelVersion: scorer.version,
    scorerVersion: codeVersion().version,
    featurizerVersion: scorer.manifest.featurizerHash,
    runId: options.runId,
    clusterId: options.clusterId ?? "local",
    nodeId: options.nodeId ?? hostname(),
  };
}
