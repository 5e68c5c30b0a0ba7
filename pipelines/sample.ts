/** The sample fleet: 32 presses, 150 days. Which press fails within the next two days? */
import {
  atLeast,
  attributes,
  byTime,
  countOf,
  csv,
  definePipeline,
  failsWithin,
  gbdt,
  limitMargin,
  notWorseThan,
  parquet,
  rolling,
  scheduleRule,
  scheduleUsed,
  timeSince,
} from "forewarn";

const sensors = ["vibration", "temperature", "pressure", "current", "load"];
const event = { machine: "machine", time: "time" };

export default definePipeline({
  name: "sample",
  data: "../data/sample",
  machines: csv("machines.csv", {
    machine: "machine",
    attributes: { model: "category", age: "number", power_kw: "number" },
    commissionedAt: "commissioned",
    retiredAt: "retired",
  }),
  telemetry: parquet("telemetry", { ...event, sensors }),
  events: {
    errors: csv("errors.csv", { ...event, kind: "code" }),
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
    downtime: csv("downtime.csv", { machine: "machine", time: "start", end: "end", kind: "reason" }),
  },
  reference: {
    schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }),
    limits: csv("limits.csv", { sensor: "sensor", low: "low", high: "high", match: { model: "model" } }),
  },
  every: "3h",
  features: [
    rolling(sensors, { over: ["6h", "24h", "72h"], stats: ["mean", "sd", "max"] }),
    countOf("errors", { over: "48h" }),
    timeSince("maintenance"),
    scheduleUsed("schedule"),
    limitMargin("limits"),
    attributes("age", "power_kw"),
  ],
  label: failsWithin("48h", { of: "failures" }),
  split: byTime("2025-04-11"),
  learners: [scheduleRule(), gbdt({ trees: 150, leaves: 15 })],
  evaluate: { cost: { missed: 10_000, falseAlarm: 500, planned: 1_500 }, leadTime: "6h" },
  publish: { alias: "candidate", when: [atLeast("averagePrecision", 0.3), notWorseThan("production")] },
});
