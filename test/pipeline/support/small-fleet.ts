/** A small simulated fleet on disk and a pipeline over it, in a temporary folder that goes with the test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csv } from "../../../src/archive/csv.ts";
import { parquet } from "../../../src/archive/parquet.ts";
import { attributes } from "../../../src/features/words/attributes.ts";
import { countOf } from "../../../src/features/words/count-of.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { scheduleUsed } from "../../../src/features/words/schedule-used.ts";
import { timeSince } from "../../../src/features/words/time-since.ts";
import { failsWithin } from "../../../src/labels/fails-within.ts";
import type { LoadedPipeline } from "../../../src/pipeline/load-pipeline.ts";
import type { PipelineOptions } from "../../../src/pipeline/options.ts";
import { runPipeline } from "../../../src/pipeline/run.ts";
import type { RunResult } from "../../../src/pipeline/run-result.ts";
import { type ScoreSummary, scoreFiles } from "../../../src/pipeline/score-files.ts";
import type { StageWatcher } from "../../../src/pipeline/stage.ts";
import { simulateFleet } from "../../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../../src/simulate/write-fleet.ts";
import { byTime } from "../../../src/splits/by-time.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../../src/training/schedule/options.ts";
import { readPredictions, type WrittenPrediction } from "./read-predictions.ts";

const event = { machine: "machine", time: "time" };
const sensors = ["vibration", "temperature"];

export const smallOptions: PipelineOptions = {
  name: "small",
  machines: csv("machines.csv", {
    machine: "machine",
    attributes: { model: "category", age: "number" },
    retiredAt: "retired",
  }),
  telemetry: parquet("telemetry", { ...event, sensors }),
  events: {
    errors: csv("errors.csv", { ...event, kind: "code" }),
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  reference: { schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }) },
  every: "6h",
  features: [
    rolling(sensors, { over: ["12h", "3d"], stats: ["mean", "max", "slope"] }),
    countOf("errors", { over: "2d" }),
    timeSince("maintenance"),
    scheduleUsed("schedule"),
    attributes("model", "age"),
  ],
  label: failsWithin("2d", { of: "failures" }),
  split: byTime("2025-03-10"),
  learners: [scheduleRule(), gbdt({ trees: 15, leaves: 7 })],
  evaluate: { cost: { missed: 10_000, falseAlarm: 500, planned: 1_500 }, leadTime: "6h", resamples: 100 },
  innerFolds: 2,
  publish: { alias: "candidate" },
};

export interface SmallRun {
  folder: string;
  /** Runs the pipeline in the folder; `home` holds its registry, runs and cache, so that two homes share nothing. */
  run(
    options?: Partial<PipelineOptions>,
    extra?: { home?: string; threads?: number; watcher?: StageWatcher; signal?: AbortSignal },
  ): Promise<RunResult>;
  places(home?: string): LoadedPipeline["places"];
  /** Scores every cutoff of the archive with the newest version that the home's registry holds. */
  score(home?: string): Promise<{ summary: ScoreSummary; rows: WrittenPrediction[] }>;
}

/** Whoever can be told to clean up: a test's context, or `node:test` itself for a whole file. */
interface Cleaner {
  after(clean: () => Promise<void>): void;
}

/** Writes the fleet once for a test (file). */
export function smallFleet(context: Cleaner): Promise<SmallRun> {
  const write = (folder: string) => writeFleet(folder, simulateFleet(smallSimulation));
  return runsIn(context, write, smallOptions);
}

export const smallSimulation = { seed: 5, machines: 12, days: 110, every: "3h" } as const;

/** Runs over the archive that `write` puts into a folder. */
export async function runsIn(
  context: Cleaner,
  write: (folder: string) => Promise<unknown>,
  defaults: PipelineOptions,
): Promise<SmallRun> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await write(join(folder, "data"));
  const places = (home = "home") => ({
    data: join(folder, "data"),
    registry: join(folder, home, "registry"),
    runs: join(folder, home, "runs"),
    cache: join(folder, home, "cache"),
  });
  let clock = Date.UTC(2026, 0, 1);
  const now = () => {
    clock += 1000;
    return new Date(clock);
  };
  return {
    folder,
    places,
    run: (options = {}, { home, threads, watcher, signal } = {}) => {
      const pipeline: LoadedPipeline = {
        options: withoutUndefined({ ...defaults, ...options }),
        places: places(home),
        source: "test",
        overrides: {},
      };
      return runPipeline(pipeline, { threads, watcher, signal, now });
    },
    async score(home) {
      const out = join(folder, "predictions.parquet");
      const { data, registry } = places(home);
      const summary = await scoreFiles({ model: defaults.name, data, registry, out, at: "all", now, runId: "r" });
      return { summary, rows: await readPredictions(out) };
    },
  };
}

/** A pipeline file that leaves an option out has no such key. */
function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
