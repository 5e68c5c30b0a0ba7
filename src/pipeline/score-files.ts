/** Scores the files of a folder with a registered version and writes the predictions. */
import { randomUUID } from "node:crypto";
import { isAbsolute } from "node:path";
import { findArchive } from "../archive/find-archive.ts";
import { loadFleet } from "../archive/load-fleet.ts";
import { archiveSources } from "../archive/sources.ts";
import type { ArchiveSpec, SourceSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import { type Cutoffs, takeCutoffs } from "../core/matrix.ts";
import { instantName, parseInstant } from "../core/time.ts";
import { outputsOf } from "../labels/labels.ts";
import { openRegistry } from "../registry/registry.ts";
import type { ScorerManifest } from "../scoring/manifest.ts";
import { type ScoreStatus, score } from "../scoring/score.ts";
import { openScorer, type Scorer } from "../scoring/scorer.ts";
import { scoringCutoffs } from "../scoring/scoring-cutoffs.ts";
import { writePredictions } from "../scoring/write-predictions.ts";
import { openStore } from "../stores/open-store.ts";
import { checkedFilePlace, checkedPlace, isRemote } from "../stores/place.ts";
import { archiveToScore } from "./archive-to-score.ts";
import { rowsOf, type SourceRows } from "./source-rows.ts";

export interface ScoreFilesOptions {
  /** "name@alias", "name@3" or "name". */
  model: string;
  /** The folder of the files to score, or its address in blob storage, laid out as the model's archive was. */
  data: string;
  /** The registry's folder or address. */
  registry: string;
  /** The Parquet file to write, or its address. */
  out: string;
  /** The folder that blobs are kept in. Default: `.forewarn/cache` in the working folder. */
  cache?: string;
  /** Read also files outside of `data` that the registered version names (an absolute path, `..`, `az://…`). Default: false. */
  allowOutside?: boolean;
  /** Run the code that the registered version carries (`custom`). Default: false. */
  allowCustom?: boolean;
  /** "latest" (each machine's last cutoff), "all", or one instant. Default: "latest". */
  at?: string;
  /** Worker threads; the predictions never depend on it. Default: 1. */
  threads?: number;
  /** The clock, for when the rows were scored. Default: the system's. */
  now?: () => Date;
  /** Default: a new random one. */
  runId?: string;
}

export interface ScoreSummary {
  model: string;
  version: number;
  run: string;
  out: string;
  rows: number;
  /** What was read, source by source: rows set aside can make a machine look sound. */
  sources: readonly SourceRows[];
  statuses: Readonly<Partial<Record<ScoreStatus, number>>>;
  alarms: number;
  /** The machines most at risk at their last scored cutoff (for a remaining life: those with least left), at most 10. */
  atRisk: readonly { machine: string; cutoff: string; predicted: number; alarm: boolean }[];
}

/** @throws REGISTRY_*, MODEL_CUSTOM_REFUSED, DATA_*, DATA_NOTHING_TO_SCORE, PIPELINE_INSTANT, USAGE_STORE_*, SERVICE_*; nothing is written then */
export async function scoreFiles(options: ScoreFilesOptions): Promise<ScoreSummary> {
  const { at = "latest", now = () => new Date() } = options;
  const [data, registry] = [options.data, options.registry].map((place) => checkedPlace(process.cwd(), place));
  const out = checkedFilePlace(process.cwd(), options.out);
  const scorer = await openScorer(openRegistry(await openStore(registry)), options.model, {
    allowCustom: options.allowCustom,
  });
  const { time, task } = scorer.manifest;
  const archive = archiveToScore(scorer.manifest.archive, now());
  if (options.allowOutside !== true) refuseOutside(archive, scorer);
  const files = await findArchive(archive, data, { cache: options.cache });
  const { fleet, sources } = await loadFleet(archive, { folder: data, files, now: now() });
  const all = scoringCutoffs(scorer.manifest, fleet);
  const wanted = pickCutoffs(all.cutoffs, at === "latest" || at === "all" ? at : parseInstant(at, time, "--at"));
  if (wanted.length === 0) throw nothingToScore(all.cutoffs, at, scorer.manifest);
  const runId = options.runId ?? randomUUID();
  const scored = await score(scorer, fleet, takeCutoffs(all.cutoffs, wanted), {
    observed: Uint8Array.from(wanted, (row) => all.observed[row]),
    threads: options.threads,
    scoredAt: now(),
    runId,
  });
  await writePredictions(out, scored);
  const statuses: Partial<Record<ScoreStatus, number>> = {};
  for (const status of scored.status) statuses[status] = (statuses[status] ?? 0) + 1;
  const width = outputsOf(task);
  const risk = (row: number) =>
    task.kind === "multiclass" ? 1 - scored.predicted[row * width] : scored.predicted[row];
  const last = pickCutoffs(scored.rows, "latest").filter((row) => scored.status[row] === "scored");
  const sign = task.kind === "regression" ? 1 : -1;
  return {
    model: scorer.model,
    version: scorer.version,
    run: runId,
    out: options.out,
    rows: scored.status.length,
    sources: sources.map(rowsOf),
    statuses,
    alarms: scored.alarm.reduce((sum, alarm) => sum + alarm, 0),
    atRisk: [...last]
      .sort((a, b) => sign * (risk(a) - risk(b)) || a - b)
      .slice(0, 10)
      .map((row) => ({
        machine: scored.rows.machines[scored.rows.machine[row]],
        cutoff: instantName(scored.rows.cutoff[row], time),
        predicted: risk(row),
        alarm: scored.alarm[row] === 1,
      })),
  };
}

/** A version may have been put into the registry by somebody who wants files read that are none of the data to score. */
function refuseOutside(archive: ArchiveSpec, { model, version }: Scorer): void {
  const outside = ({ path }: SourceSpec) => isRemote(path) || isAbsolute(path) || path.split(/[\\/]/).includes("..");
  const source = archiveSources(archive).find(({ spec }) => outside(spec));
  if (source === undefined) return;
  throw new ForewarnError("REGISTRY_SOURCE_OUTSIDE", {
    problem: "a registered version reads a file outside of the data to score",
    expected: "paths inside the folder of the data",
    found: source.spec.path,
    where: `${model}@${version}, ${source.name}`,
    hint: "if that is meant, say --allow-outside; else name the file relative to the archive in the pipeline, and publish again",
  });
}

function nothingToScore(
  { cutoff }: Cutoffs,
  at: string,
  { time, every, cycles }: Pick<ScorerManifest, "time" | "every" | "cycles">,
): ForewarnError {
  const name = (instant: number) => instantName(instant, time);
  const sorted = [...cutoff].sort((a, b) => a - b);
  const instants = cycles === undefined ? "the instants of telemetry rows" : "the ends of operating cycles";
  const grid = every === undefined ? instants : `every ${every}`;
  return new ForewarnError("DATA_NOTHING_TO_SCORE", {
    problem: "no machine has a row to score there",
    expected:
      sorted.length === 0
        ? "at least one cutoff in the data"
        : `a cutoff from ${name(sorted[0])} to ${name(sorted[sorted.length - 1])}, ${grid}`,
    found: at,
    where: "--at",
    hint: "latest takes each machine's last cutoff, all takes every one",
  });
}

function pickCutoffs({ machine, cutoff }: Cutoffs, at: "latest" | "all" | number): Uint32Array {
  const rows = Uint32Array.from(cutoff.keys());
  if (at === "all") return rows;
  if (at === "latest") return rows.filter((row) => row + 1 === rows.length || machine[row + 1] !== machine[row]);
  return rows.filter((row) => cutoff[row] === at);
}
