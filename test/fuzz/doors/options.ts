/** The door for a pipeline's options, which may come from plain JavaScript. */
import { csv } from "../../../src/archive/csv.ts";
import { parquet } from "../../../src/archive/parquet.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { scheduleUsed } from "../../../src/features/words/schedule-used.ts";
import { failsWithin } from "../../../src/labels/fails-within.ts";
import { checkOptions } from "../../../src/pipeline/check-options.ts";
import type { PipelineOptions } from "../../../src/pipeline/options.ts";
import { atLeast, notWorseThan } from "../../../src/registry/gates.ts";
import { rollingOrigin } from "../../../src/splits/rolling-origin.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../../src/training/schedule/options.ts";
import type { Door } from "../door.ts";
import { mutateJson } from "../mutate.ts";

const event = { machine: "m", time: "t" };
const options: PipelineOptions = {
  name: "pumps",
  machines: csv("machines.csv", { machine: "m", attributes: { model: "category" } }),
  telemetry: [parquet("telemetry/*.parquet", { ...event, sensors: ["v", "w"], delay: "1h" })],
  events: {
    failures: csv("failures.csv", { ...event, kind: "k" }),
    maintenance: csv("repairs.csv", { ...event, kind: "k" }),
  },
  reference: { schedule: csv("schedule.csv", { component: "c", interval: "i", match: { model: "model" } }) },
  every: "1h",
  features: [rolling(["v"], { over: ["3h", "1d"], stats: ["mean", "sd"] }), scheduleUsed("schedule")],
  label: failsWithin("1d", { of: "failures" }),
  split: rollingOrigin({ folds: 2, test: "10d" }),
  learners: [scheduleRule(), gbdt({ trees: 10, leaves: 4 })],
  evaluate: { cost: { missed: 10, falseAlarm: 1, planned: 2 }, leadTime: "2h", resamples: 10 },
  publish: { alias: "candidate", when: [atLeast("averagePrecision", 0.5), notWorseThan("production")] },
  environments: { dev: { data: "here", registry: "versions" } },
};

export const optionsDoor: Door = {
  name: "pipeline options",
  share: 180,
  async open() {
    checkOptions(options, "pipeline.mts");
    return {
      make(random) {
        const harmed = mutateJson(random, options) as PipelineOptions;
        return {
          content: JSON.stringify(harmed, undefined, 2) ?? "undefined",
          async send() {
            checkOptions(harmed, "pipeline.mts");
            return "taken";
          },
        };
      },
    };
  },
};
