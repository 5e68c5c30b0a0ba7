/** A pipeline on a small simulated fleet, as a newcomer's file. */
export const simulatedFleet = ["simulate", "fleet", "--seed", "1", "--machines", "12", "--days", "60"];

export const smallPipeline = `
import { byTime, csv, definePipeline, failsWithin, gbdt, parquet, rolling, scheduleRule, scheduleUsed } from "forewarn";

const event = { machine: "machine", time: "time" };

export default definePipeline({
  name: "presses",
  data: "fleet",
  telemetry: parquet("telemetry", { ...event, sensors: ["vibration"] }),
  events: {
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  reference: { schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }) },
  every: "6h",
  features: [rolling("vibration", { over: "24h", stats: ["mean", "max"] }), scheduleUsed("schedule")],
  label: failsWithin("48h", { of: "failures" }),
  split: byTime("2025-02-10"),
  learners: [scheduleRule(), gbdt({ trees: 5, leaves: 4 })],
  evaluate: { cost: { missed: 10_000, falseAlarm: 500, planned: 1_500 }, leadTime: "6h" },
  publish: { alias: "candidate" },
});
`;
