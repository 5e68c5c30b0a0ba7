/** Azure predictive maintenance data: 20 machines, 90 days, hourly. Which machine fails within the horizon? */

import { definePipeline } from "forewarn";
import { csv } from "forewarn/archive";
import { attributes, countOf, learnedSchedule, rolling, scheduleUsed, timeSince } from "forewarn/features";
import { failsWithin } from "forewarn/labels";
import { atLeast, notWorseThan } from "forewarn/registry";
import { byTime } from "forewarn/splits";
import { gbdt, scheduleRule } from "forewarn/training";
import { realData } from "./real-data.ts";

const sensors = ["volt", "rotate", "pressure", "vibration"];

export default definePipeline({ horizon: ["24h", "72h"], errors: true }, ({ horizon, errors }) => ({
  name: "azure-pdm",
  data: realData("azure-pdm"),
  machines: csv("PdM_machines.csv", { machine: "machineID", attributes: { model: "category", age: "number" } }),
  telemetry: csv("PdM_telemetry_hourly_20machines_90days.csv", { machine: "machineID", time: "datetime", sensors }),
  events: {
    errors: csv("PdM_errors.csv", { machine: "machineID", time: "datetime", kind: "errorID" }),
    maintenance: csv("PdM_maint.csv", { machine: "machineID", time: "datetime", kind: "comp" }),
    failures: csv("PdM_failures.csv", { machine: "machineID", time: "datetime", kind: "failure" }),
  },
  every: "1h",
  features: [
    rolling(sensors, { over: ["3h", "24h"], stats: ["mean", "sd", "min", "max"] }),
    ...(errors ? [countOf("errors", { over: "24h", any: false })] : []),
    timeSince("maintenance", { any: false }),
    scheduleUsed(learnedSchedule({ of: "failures", maintenance: "maintenance" })),
    attributes("model", "age"),
  ],
  label: failsWithin(horizon, { of: "failures" }),
  split: byTime("2015-03-01"),
  learners: [scheduleRule(), gbdt({ trees: 300, leaves: 31, learningRate: 0.05 })],
  evaluate: { cost: { missed: 10_000, falseAlarm: 300, planned: 800 }, leadTime: "4h" },
  publish: { alias: "candidate", when: [atLeast("averagePrecision", 0.3), notWorseThan("production")] },
}));
