/** A small fleet in which everything is late, outdated or new at some time, and a pipeline over it as a subject of the leak check. */
import { pipelineSubject } from "../../src/check/pipeline-subject.ts";
import type { LeakSubject } from "../../src/check/subject.ts";
import type { Fleet } from "../../src/core/fleet.ts";
import type { Cutoffs, Matrix } from "../../src/core/matrix.ts";
import { MICROS_PER_HOUR as HOUR } from "../../src/core/time.ts";
import * as words from "../../src/features/index.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import type { PipelineOptions } from "../../src/pipeline/options.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { type FleetRows, makeFleet } from "../features/support/make-fleet.ts";
import { mixedFates } from "../training/two-fates.ts";

/** After the last training label of `options`. */
const AFTER_TRAINING = 160 * HOUR;

export const options: PipelineOptions = {
  name: "worn",
  telemetry: { format: "csv", path: "telemetry.csv" },
  every: "1h",
  features: [
    words.rolling("volt", { over: ["3h", "1d"], stats: ["mean", "slope"] }),
    words.rolling("volt", { over: "12h", stats: ["max", "count"], resetOn: "maintenance" }),
    words.lag("volt", { by: "2h" }),
    words.countOf("errors", { over: "12h" }),
    words.timeSince("maintenance"),
    words.usedSince("maintenance", { sensor: "volt", above: 1 }),
    words.scheduleUsed("schedule"),
    words.limitMargin("limits"),
    words.attributes("model", "age"),
  ],
  label: failsWithin("12h", { of: "failures" }),
  split: byTime("1970-01-06T12:00", { embargo: "3h" }),
  learners: [gbdt({ trees: 4, leaves: 4, minRows: 5, earlyStopping: 3 })],
  evaluate: { cost: { missed: 100, falseAlarm: 10, planned: 5 }, leadTime: "2h" },
  innerFolds: 2,
  seed: 3,
};

/** Readings and errors of which some are late, attributes, a schedule and limits that change, a model that comes up only at the end. */
export function wornRows(): FleetRows {
  const rows = mixedFates(() => true);
  const always = Number.NEGATIVE_INFINITY;
  const machines = [...new Set((rows.machineTable ?? []).map(({ machine = "" }) => machine))];
  return {
    ...rows,
    events: {
      ...rows.events,
      errors: (rows.events?.["errors"] ?? []).map((row, i) => ({ ...row, knownAt: row.time + (i % 3) * HOUR })),
    },
    machineTable: [
      ...(rows.machineTable ?? []),
      ...machines.slice(0, 3).map((machine) => ({
        machine,
        validFrom: AFTER_TRAINING,
        attributes: { model: "model q", age: 50 },
      })),
    ],
    schedule: [
      { match: {}, validFrom: always, component: "a", interval: 60 },
      { match: {}, validFrom: always, component: "b", interval: 50 },
      { match: {}, validFrom: 100 * HOUR, component: "b", interval: 40 },
    ],
    limits: [
      { match: {}, validFrom: always, sensor: "volt", low: 0, high: 5 },
      { match: { model: "model y" }, validFrom: 90 * HOUR, sensor: "volt", low: 0, high: 4 },
    ],
  };
}

export function wornFleet(): Fleet {
  return makeFleet(wornRows());
}

export function subjectOf(changes: Partial<PipelineOptions> = {}, fleet = wornFleet()): LeakSubject {
  return pipelineSubject({ ...options, ...changes }, fleet, { threads: 2 });
}

/** Features with one column more, or another one in place of a column of that name. */
export function withColumn(
  features: LeakSubject["features"],
  name: string,
  values: (fleet: Fleet, cutoffs: Cutoffs) => Float32Array | Promise<Float32Array>,
): LeakSubject["features"] {
  return async (fleet, cutoffs) => {
    const { rows, names, columns } = await features(fleet, cutoffs);
    const others = names.map((_, i) => i).filter((i) => names[i] !== name);
    const all: Matrix = {
      rows,
      names: [...others.map((i) => names[i]), name],
      columns: [...others.map((i) => columns[i]), await values(fleet, cutoffs)],
    };
    return all;
  };
}

export function columnOf({ names, columns }: Matrix, name: string): Float32Array {
  return columns[names.indexOf(name)];
}

/** The same machines at other instants, in any order of time. */
export function shifted(cutoffs: Cutoffs, instant: (cutoff: number) => number): Cutoffs {
  return { ...cutoffs, cutoff: cutoffs.cutoff.map(instant) };
}
