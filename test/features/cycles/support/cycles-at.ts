/** Small records of one machine in seconds, and what the features of its cycles say of them. */
import type { Fleet } from "../../../../src/core/fleet.ts";
import { computeFeatures } from "../../../../src/features/compute/compute-features.ts";
import type { OperatingCycles } from "../../../../src/features/cycles/operating-cycles.ts";
import { planFeatures } from "../../../../src/features/plan.ts";
import { describeFleet } from "../../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../../src/features/spec.ts";
import { columnsOf } from "../../support/compute.ts";
import { cutoffsAt, type EventRow, makeFleet, type ReadingRow } from "../../support/make-fleet.ts";

export const SECOND = 1_000_000;

/** A row: its second, its readings, and the second at which it became known where that is later. */
export type Row = readonly [second: number, values: Readonly<Record<string, number>>, known?: number];

export function record(
  rows: readonly Row[],
  { replaced = [], sensors }: { replaced?: readonly number[]; sensors?: readonly string[] } = {},
): Fleet {
  const telemetry: ReadingRow[] = rows.map(([second, values, known = second]) => {
    return { time: second * SECOND, knownAt: known * SECOND, values };
  });
  const maintenance: EventRow[] = replaced.map((second) => ({ time: second * SECOND }));
  return makeFleet({
    time: "timestamp",
    machines: ["m"],
    telemetry: { t: telemetry },
    sensors: sensors && { t: sensors },
    events: { maintenance },
  });
}

/** Rows of one sensor, `volt`, by their second. */
export function volts(bySecond: Readonly<Record<number, number>>): Row[] {
  return Object.entries(bySecond).map(([second, volt]) => [Number(second), { volt }]);
}

/** The raw columns at some seconds of the only machine. */
export async function cyclesAt(
  fleet: Fleet,
  cycles: OperatingCycles | undefined,
  specs: FeatureSpec | readonly FeatureSpec[],
  seconds: readonly number[],
): Promise<Record<string, number[]>> {
  const plan = planFeatures([specs].flat(), describeFleet(fleet), { cycles });
  const cutoffs = cutoffsAt(
    fleet,
    seconds.map((second) => second * SECOND),
  );
  return columnsOf(await computeFeatures(plan, fleet, cutoffs));
}
