/** The small fleet again, as CSV, under names that are words of the language, markup, or hard to quote. */
import { csv } from "../../../src/archive/csv.ts";
import { attributes } from "../../../src/features/words/attributes.ts";
import { countOf } from "../../../src/features/words/count-of.ts";
import { delta } from "../../../src/features/words/delta.ts";
import { lag } from "../../../src/features/words/lag.ts";
import { limitExceeded } from "../../../src/features/words/limit-exceeded.ts";
import { limitMargin } from "../../../src/features/words/limit-margin.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { scheduleUsed } from "../../../src/features/words/schedule-used.ts";
import { timeSince } from "../../../src/features/words/time-since.ts";
import { usedSince } from "../../../src/features/words/used-since.ts";
import type { PipelineOptions } from "../../../src/pipeline/options.ts";
import { simulateFleet } from "../../../src/simulate/simulate-fleet.ts";
import type { SimulatedEvent } from "../../../src/simulate/simulated-fleet.ts";
import { csvTable, writeFiles } from "./csv-table.ts";
import { smallOptions, smallSimulation } from "./small-fleet.ts";

export const oddMachines = [
  "__proto__",
  'the "big" one',
  "Größe, Ω→∞ 🏭",
  "constructor",
  "a'b",
  "<script>alert(1)</script>",
  "x\\y/../z",
  "  spaced  ",
  "toString",
  "two\nlines",
  "hasOwnProperty",
  "Ä",
];

/** In place of bearing, motor, seal. */
export const oddComponents = ["__proto__", "constructor", "toString"];

const components = ["bearing", "motor", "seal"];
const errors: Record<string, string> = { E009: "__proto__", E201: "hasOwnProperty" };
const machineName = (name: string) => oddMachines[Number(name.slice(-2)) - 1] ?? name;
const componentName = (name: string) => oddComponents[components.indexOf(name)];
const event = { machine: "machine", time: "time" };

export const oddOptions: PipelineOptions = {
  ...smallOptions,
  // Each model is known from March on only: what was said of it before is a word too.
  machines: csv("machines.csv", {
    machine: "machine",
    validFrom: "since",
    attributes: { model: "category", age: "number", valueOf: "category" as const },
  }),
  telemetry: csv("telemetry.csv", { ...event, sensors: ["constructor", "__proto__", "valueOf"] }),
  events: {
    errors: csv("errors.csv", { ...event, kind: "kind" }),
    maintenance: csv("maintenance.csv", { ...event, kind: "kind" }),
    failures: csv("failures.csv", { ...event, kind: "kind" }),
  },
  reference: {
    schedule: csv("schedule.csv", { component: "component", interval: "interval" }),
    limits: csv("limits.csv", { sensor: "sensor", low: "low", high: "high" }),
  },
  features: [
    rolling(["constructor", "__proto__"], { over: "1d", stats: ["mean", "slope"], resetOn: "maintenance" }),
    lag("valueOf", { by: "1d" }),
    delta("constructor", { by: "1d" }),
    countOf("errors", { over: "2d" }),
    timeSince("maintenance"),
    usedSince("maintenance", { sensor: "constructor", above: 1 }),
    scheduleUsed("schedule"),
    limitMargin("limits"),
    limitExceeded("limits", { over: "1d" }),
    attributes("model", "age", "valueOf"),
  ],
};

/** One machine more, with a single reading. */
export const LONELY = "one row";

export async function writeOddFleet(folder: string): Promise<void> {
  const fleet = simulateFleet(smallSimulation);
  const { machine, time, sensors } = fleet.telemetry;
  const events = (list: readonly SimulatedEvent[], kind: (name: string) => string) =>
    csvTable(
      ["machine", "time", "kind"],
      list.map((of) => [machineName(of.machine), instant(of.time), kind(of.kind)]),
    );
  const readings = machine.map((name, row) => [
    machineName(name),
    instant(time[row]),
    sensors["vibration"][row],
    sensors["temperature"][row],
    sensors["pressure"][row],
  ]);
  await writeFiles(folder, {
    "telemetry.csv": csvTable(
      ["machine", "time", "constructor", "__proto__", "valueOf"],
      [...readings, [LONELY, instant(fleet.start + 80 * 24 * 3_600_000), 1, 2, 3]],
    ),
    "errors.csv": events(fleet.errors, (code) => errors[code] ?? code),
    "maintenance.csv": events(fleet.maintenance, componentName),
    "failures.csv": events(fleet.failures, componentName),
    "schedule.csv": csvTable(
      ["component", "interval"],
      oddComponents.map((component, i) => [component, [1680, 2184, 1344][i]]),
    ),
    "limits.csv": csvTable(
      ["sensor", "low", "high"],
      [
        ["constructor", null, 7.1],
        ["__proto__", null, 75],
      ],
    ),
    "machines.csv": csvTable(
      ["machine", "since", "model", "age", "valueOf"],
      fleet.machines.flatMap(({ machine: name, model, age }) => [
        [machineName(name), null, "__proto__", age, "x"],
        [machineName(name), "2025-03-01", model, age, "y"],
      ]),
    ),
  });
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
