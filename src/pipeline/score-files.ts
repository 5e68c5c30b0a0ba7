/** Scores the files of a folder with a registered version and writes the predictions. */
import { randomUUID } from "node:crypto";
import { loadFleet } from "../archive/load-fleet.ts";
import { type Cutoffs, takeCutoffs } from "../core/matrix.ts";
import { instantName, parseInstant } from "../core/time.ts";
import { openRegistry } from "../registry/registry.ts";
import { type ScoreStatus, score } from "../scoring/score.ts";
import { openScorer } from "../scoring/scorer.ts";
import { scoringCutoffs } from "../scoring/scoring-cutoffs.ts";
import { writePredictions } from "../scoring/write-predictions.ts";
import { folderStore } from "../stores/folder.ts";

export interface ScoreFilesOptions {
  /** "name@alias", "name@3" or "name". */
  model: string;
  /** The folder of the files to score. */
  data: string;
  registry: string;
  /** The Parquet file to write. */
  out: string;
  /** "latest" (each machine's last cutoff), "all", or one instant. */
  at: string;
  threads?: number;
  now: () => Date;
  /** Default: a new random one. */
  runId?: string;
}

export interface ScoreSummary {
  model: string;
  version: number;
  run: string;
  out: string;
  rows: number;
  statuses: Readonly<Partial<Record<ScoreStatus, number>>>;
  alarms: number;
  /** The machines most at risk at their last scored cutoff (for a remaining life: those with least left), at most 10. */
  atRisk: readonly { machine: string; cutoff: string; predicted: number; alarm: boolean }[];
}

/** @throws REGISTRY_*, DATA_*, PIPELINE_INSTANT */
export async function scoreFiles(options: ScoreFilesOptions): Promise<ScoreSummary> {
  const scorer = await openScorer(openRegistry(folderStore(options.registry)), options.model);
  const { archive, time, task } = scorer.manifest;
  const { fleet } = await loadFleet(archive, { folder: options.data });
  const all = scoringCutoffs(scorer.manifest, fleet);
  const wanted = pickCutoffs(
    all.cutoffs,
    options.at === "latest" || options.at === "all" ? options.at : parseInstant(options.at, time),
  );
  const runId = options.runId ?? randomUUID();
  const scored = await score(scorer, fleet, takeCutoffs(all.cutoffs, wanted), {
    observed: Uint8Array.from(wanted, (row) => all.observed[row]),
    threads: options.threads,
    scoredAt: options.now(),
    runId,
  });
  await writePredictions(options.out, scored);
  const statuses: Partial<Record<ScoreStatus, number>> = {};
  for (const status of scored.status) statuses[status] = (statuses[status] ?? 0) + 1;
  const width = task.kind === "multiclass" ? task.classes.length : 1;
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

function pickCutoffs({ machine, cutoff }: Cutoffs, at: "latest" | "all" | number): Uint32Array {
  const rows = Uint32Array.from(cutoff.keys());
  if (at === "all") return rows;
  if (at === "latest") return rows.filter((row) => row + 1 === rows.length || machine[row + 1] !== machine[row]);
  return rows.filter((row) => cutoff[row] === at);
}
