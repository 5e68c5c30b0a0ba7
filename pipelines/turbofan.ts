/** NASA's C-MAPSS turbofan engines: how many cycles are left before an engine fails? */

import { definePipeline } from "forewarn";
import { csv, endOfLife, rowNumber } from "forewarn/archive";
import { learnedSchedule, rolling, scheduleUsed } from "forewarn/features";
import { remainingLife } from "forewarn/labels";
import { given } from "forewarn/splits";
import { gbdt, scheduleRule } from "forewarn/training";
import { realData } from "./real-data.ts";

const columns = ["unit", "cycle", "set1", "set2", "set3", ...Array.from({ length: 21 }, (_, i) => `s${i + 1}`)];
const sensors = [2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21].map((i) => `s${i}`);
const unit = { delimiter: " ", machine: "unit", time: "cycle", columns, sensors };

export default definePipeline({ subset: ["FD001", "FD004"] }, ({ subset }) => ({
  name: `turbofan-${subset.toLowerCase()}`,
  data: realData("cmapss"),
  time: "cycles",
  telemetry: [
    csv(`train_${subset}.txt`, { ...unit, machinePrefix: "train-" }),
    csv(`test_${subset}.txt`, { ...unit, machinePrefix: "test-" }),
  ],
  events: {
    failures: endOfLife({
      component: "engine",
      remaining: csv(`RUL_${subset}.txt`, {
        columns: ["rul"],
        machine: rowNumber(),
        machinePrefix: "test-",
        remaining: "rul",
      }),
    }),
  },
  features: [
    rolling(sensors, { over: ["5c", "10c", "20c", "30c", "50c"], stats: ["mean", "sd", "slope"] }),
    scheduleUsed(learnedSchedule({ of: "failures", quantile: 0.5 }), { fromCommissioning: true }),
  ],
  label: remainingLife({ of: "failures", cap: 125 }),
  split: given({ train: "train-*", evaluate: "test-*", cutoffs: "last" }),
  learners: [scheduleRule(), gbdt({ trees: 300, leaves: 31, learningRate: 0.05 })],
  publish: { alias: "candidate" },
}));
