/** A small simulated fleet on disk and a pipeline over it, in a temporary folder that goes with the test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { csv } from "../../../src/archive/csv.ts";
import { parquet } from "../../../src/archive/parquet.ts";
import { attributes } from "../../../src/features/attributes.ts";
import { countOf } from "../../../src/features/count-of.ts";
import { rolling } from "../../../src/features/rolling.ts";
import { scheduleUsed } from "../../../src/features/schedule-used.ts";
import { timeSince } from "../../../src/features/time-since.ts";
import { failsWithin } from "../../../src/labels/fails-within.ts";
import type { LoadedPipeline } from "../../../src/pipeline/load-pipeline.ts";
import type { PipelineOptions } from "../../../src/pipeline/options.ts";
import { runPipeline } from "../../../src/pipeline/run.ts";
import type { RunResult } from "../../../src/pipeline/run-result.ts";
import type { StageWatcher } from "../../../src/pipeline/stage.ts";
import { simulateFleet } from "../../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../../src/simulate/write-fleet.ts";
import { byTime } from "../../../src/splits/by-time.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../../src/training/schedule/options.ts";

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
}

/** Writes the fleet once for a test (file). */
export async function smallFleet(context: TestContext): Promise<SmallRun> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeFleet(join(folder, "data"), simulateFleet({ seed: 5, machines: 12, days: 110, every: "3h" }));
  const places = (home = "home") => ({
    data: join(folder, "data"),
    registry: join(folder, home, "registry"),
    runs: join(folder, home, "runs"),
    cache: join(folder, home, "cache"),
  });
  let clock = Date.UTC(2026, 0, 1);
  return {
    folder,
    places,
    run: (options = {}, { home, threads, watcher, signal } = {}) => {
      const pipeline: LoadedPipeline = {
        options: { ...smallOptions, ...options },
        places: places(home),
        source: "test",
        overrides: {},
      };
      const now = () => {
        clock += 1000;
        return new Date(clock);
      };
      return runPipeline(pipeline, { threads, watcher, signal, now });
    },
  };
}
