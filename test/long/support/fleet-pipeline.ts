/** The pipeline that is killed, starved and doubled: every stage of a run, each of them short. */
import {
  attributes,
  byTime,
  countOf,
  csv,
  definePipeline,
  failsWithin,
  gbdt,
  parquet,
  rolling,
  scheduleRule,
  scheduleUsed,
  timeSince,
} from "forewarn";

const event = { machine: "machine", time: "time" };
const sensors = ["vibration", "temperature"];

export default definePipeline({
  name: "fleet",
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
});
