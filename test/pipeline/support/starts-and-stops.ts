/** Machines that start and stop, as text files: their current rises with wear while they run, and says nothing of it while they stand. */
import { csv } from "../../../src/archive/csv.ts";
import { random } from "../../../src/core/random.ts";
import { operatingCycles } from "../../../src/features/cycles/operating-cycles.ts";
import { perCycle } from "../../../src/features/words/per-cycle.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { timeSince } from "../../../src/features/words/time-since.ts";
import { failsWithin } from "../../../src/labels/fails-within.ts";
import type { PipelineOptions } from "../../../src/pipeline/options.ts";
import { byTime } from "../../../src/splits/by-time.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { csvTable, writeFiles } from "./csv-table.ts";

const START = Date.UTC(2025, 0, 1);
const SECONDS = 90 * 86_400;

const event = { machine: "machine", time: "time" };

export const cycleOptions: PipelineOptions = {
  name: "presses",
  telemetry: csv("telemetry.csv", { ...event, sensors: ["current", "running"] }),
  events: {
    failures: csv("failures.csv", { ...event, kind: "component" }),
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
  },
  cycles: operatingCycles({ gap: "10m" }),
  features: [
    perCycle("current", ["mean", "max"], { duration: true, count: true }),
    rolling("current_mean_cycle", { over: ["5c", "3d"], stats: ["mean", "slope"] }),
    timeSince("maintenance"),
  ],
  label: failsWithin("2d", { of: "failures" }),
  split: byTime("2025-02-20"),
  learners: [gbdt({ trees: 15, leaves: 7 })],
  innerFolds: 2,
  evaluate: { resamples: 100 },
  publish: { alias: "candidate" },
};

/** A cycle as it was simulated: its rows' seconds since the first day. */
export interface SimulatedCycle {
  machine: string;
  rows: readonly number[];
}

/** Writes the archive and tells what was simulated. A row in which the machine does not run stands a minute after each cycle. */
export async function writeStartsAndStops(folder: string, { idleRows = false } = {}): Promise<SimulatedCycle[]> {
  const numbers = random(3, "starts and stops");
  const [telemetry, failures, maintenance]: (string | number)[][][] = [[], [], []];
  const cycles: SimulatedCycle[] = [];
  for (let m = 0; m < 8; m++) {
    const machine = `press-${m}`;
    let wear = 0.2 * m;
    for (let second = 600 * m; second < SECONDS; ) {
      const rows = Array.from({ length: 1 + numbers.integer(6) }, (_, i) => second + 300 * i);
      const push = (at: number, current: number, running: number) =>
        telemetry.push([machine, instant(at), current.toFixed(4), running]);
      for (const at of rows) push(at, 10 + 5 * wear * wear + numbers.normal(), 1);
      cycles.push({ machine, rows });
      second = rows[rows.length - 1] + 60;
      if (idleRows) push(second, 0, 0);
      wear += 0.012 + 0.012 * numbers.uniform();
      if (wear > 1.6) {
        failures.push([machine, instant(second + 60), "motor"]);
        maintenance.push([machine, instant(second + 7_200), "motor"]);
        second += 7_200;
        wear = 0;
      }
      second += 3_600 * (1 + 6 * numbers.uniform()) - (second % 60);
      second = Math.round(second);
    }
  }
  await writeFiles(folder, {
    "telemetry.csv": csvTable(["machine", "time", "current", "running"], telemetry),
    "failures.csv": csvTable(["machine", "time", "component"], failures),
    "maintenance.csv": csvTable(["machine", "time", "component"], maintenance),
  });
  return cycles;
}

export function instant(second: number): string {
  return new Date(START + 1000 * second).toISOString();
}
