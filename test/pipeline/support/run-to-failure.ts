/** Machines that run to failure, in cycles, as text files without headers: training units whole, test units cut off before their end. */
import { csv } from "../../../src/archive/csv.ts";
import { endOfLife } from "../../../src/archive/end-of-life.ts";
import { rowNumber } from "../../../src/archive/row-number.ts";
import { learnedSchedule } from "../../../src/features/words/learned-schedule.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { scheduleUsed } from "../../../src/features/words/schedule-used.ts";
import { remainingLife } from "../../../src/labels/remaining-life.ts";
import type { PipelineOptions } from "../../../src/pipeline/options.ts";
import { given } from "../../../src/splits/given.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../../src/training/schedule/options.ts";
import { writeFiles } from "./csv-table.ts";

const trained = Array.from({ length: 12 }, (_, i) => 60 + ((i * 29) % 50));
const tested = Array.from({ length: 8 }, (_, i) => 60 + ((i * 31) % 50));

/** The last cycle seen of each test unit, and the life it had left then. */
export const lastSeen = tested.map((life, i) => Math.floor(life * (0.3 + 0.08 * i)));
export const lifeLeft = tested.map((life, i) => life - lastSeen[i]);
export const trainedRows = trained.reduce((sum, life) => sum + life, 0);

export const CAP = 50;

const columns = ["unit", "cycle", "wear", "noise"];
const units = { machine: "unit", time: "cycle", sensors: ["wear", "noise"], columns, delimiter: " " };

export const cycleOptions: PipelineOptions = {
  name: "small",
  time: "cycles",
  telemetry: [
    csv("train.txt", { ...units, machinePrefix: "train-" }),
    csv("test.txt", { ...units, machinePrefix: "test-" }),
  ],
  events: {
    failures: endOfLife({
      remaining: csv("left.txt", {
        machine: rowNumber(),
        machinePrefix: "test-",
        remaining: "left",
        columns: ["left"],
        delimiter: " ",
      }),
    }),
  },
  features: [
    rolling(["wear", "noise"], { over: ["1c", "10c"], stats: ["mean", "slope"] }),
    scheduleUsed(learnedSchedule({ of: "failures" }), { fromCommissioning: true }),
  ],
  label: remainingLife({ of: "failures", cap: CAP }),
  split: given({ train: "train-*", evaluate: "test-*", cutoffs: "last" }),
  learners: [scheduleRule(), gbdt({ trees: 60, leaves: 7 })],
  evaluate: { resamples: 50 },
  innerFolds: 2,
  publish: { alias: "candidate" },
};

export async function writeRunToFailure(folder: string): Promise<void> {
  const unit = (name: number, life: number, seen: number) =>
    Array.from({ length: seen }, (_, i) => {
      const wear = 100 - 0.5 * (life - i) + ((i * 37) % 11) / 10;
      return `${name} ${i + 1} ${wear} ${(i * 17) % 7}\n`;
    }).join("");
  await writeFiles(folder, {
    "train.txt": trained.map((life, i) => unit(i + 1, life, life)).join(""),
    "test.txt": tested.map((life, i) => unit(i + 1, life, lastSeen[i])).join(""),
    "left.txt": lifeLeft.map((left) => `${left}\n`).join(""),
  });
}
