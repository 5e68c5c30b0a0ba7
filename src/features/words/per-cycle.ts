/** What the last operating cycle was like. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { emitColumnCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import { CYCLE_COUNT, CYCLE_DURATION, type CycleQuantity, cycleSensorName } from "../cycles/cycle-schema.ts";
import { type CycleStatistic, cycleStatistics } from "../cycles/cycle-statistics.ts";
import type { Feature } from "../feature.ts";
import type { FeatureSpec } from "../spec.ts";
import { requireSensor } from "./known.ts";
import { list } from "./list.ts";

export interface PerCycleSpec {
  feature: "perCycle";
  sensors: readonly string[];
  stats: readonly CycleStatistic[];
  /** A column for the cycle's duration. Default: false. */
  duration?: boolean;
  /** A column for its number of rows. Default: false. */
  count?: boolean;
}

export interface PerCycleOptions {
  /** A column `cycle_duration`: from the cycle's first row to its last, in hours. Default: false. */
  duration?: boolean;
  /** A column `cycle_count`: how many rows the cycle has. Default: false. */
  count?: boolean;
}

/**
 * `perCycle(["volt"], ["mean", "max"])` gives `volt_mean_cycle` and `volt_max_cycle`: the statistics of the readings of the last cycle
 * that is known to be closed at the cutoff (`operatingCycles` says what a cycle is), each defined as in `rolling`, in the sensor's unit
 * (slope: per hour). NaN where no cycle is closed, and where that cycle has no reading of the sensor.
 *
 * Each of them is a sensor too, with one value a cycle: `rolling("volt_mean_cycle", { over: ["5c", "7d"], stats: ["max"] })` looks at
 * the last five cycles, and at those that ended within seven days; so are `cycle_duration` and `cycle_count`. A window of five cycles
 * is empty until five are known: where the record began is no property of the machine.
 */
export function perCycle(
  sensors: string | readonly string[],
  stats: CycleStatistic | readonly CycleStatistic[],
  options: PerCycleOptions = {},
): PerCycleSpec {
  const spec = { feature: "perCycle", sensors: list(sensors), stats: list(stats), ...options };
  return checkSpec(perCycleFeature.shape, spec, "perCycle");
}

export const perCycleFeature: Feature<PerCycleSpec> = {
  shape: z.strictObject({
    feature: z.literal("perCycle"),
    sensors: z.array(z.string()),
    stats: z.array(z.enum(cycleStatistics)),
    duration: z.boolean().optional(),
    count: z.boolean().optional(),
  }),

  plan(spec, { schema }) {
    const names = columnsOf(spec);
    if (schema.cycles === undefined) throw noCycles();
    for (const name of names) requireSensor(schema, name, "perCycle");
    const columns = names.map((name) => ({
      name,
      reads: [{ sensor: name }],
      reach: { window: 1, counted: true },
    }));
    return { columns, reads: names.map((sensor) => ({ sensor })) };
  },

  compute(spec, _context, workspace) {
    for (const name of columnsOf(spec)) {
      const last = workspace.lastReading(name, { length: 1, counted: true });
      workspace.call(emitColumnCall(last, workspace.output(name)));
    }
  },
};

/** The quantities of a cycle that the features ask for. */
export function quantitiesWanted(specs: readonly FeatureSpec[]): Omit<CycleQuantity, "name">[] {
  return specs.flatMap((spec) =>
    spec.feature === "perCycle"
      ? spec.sensors.flatMap((sensor) => spec.stats.map((statistic) => ({ sensor, statistic })))
      : [],
  );
}

function noCycles(): ForewarnError {
  return new ForewarnError("PIPELINE_CYCLES", {
    problem: "a feature is made of operating cycles, and nothing says what they are",
    expected: "`cycles` in the pipeline",
    where: "perCycle",
    hint: 'give for example cycles: operatingCycles({ gap: "30s" })',
  });
}

function columnsOf({ sensors, stats, duration = false, count = false }: PerCycleSpec): string[] {
  return [
    ...sensors.flatMap((sensor) => stats.map((statistic) => cycleSensorName(sensor, statistic))),
    ...(duration ? [CYCLE_DURATION] : []),
    ...(count ? [CYCLE_COUNT] : []),
  ];
}
