import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { correlationOf, differenceOf } from "../../../src/features/index.ts";
import { pairStatistics, pairValueStatistics } from "../../../src/kernels/pair-calls.ts";
import { featuresAt } from "../support/compute.ts";
import type { FleetRows } from "../support/make-fleet.ts";

interface Reference {
  length: number;
  cutoff: number;
  cases: {
    name: string;
    left: [time: number, value: number | null][];
    right: [time: number, value: number | null][];
    hold: number;
    /** By scipy and pandas; null is undefined. */
    expected: Record<string, number | null>;
  }[];
}

const { length, cutoff, cases }: Reference = JSON.parse(
  readFileSync(new URL("./two-sensors-reference.json", import.meta.url), "utf8"),
);

for (const { name, left, right, hold, expected } of cases) {
  test(`two sensors are as scipy and pandas have them: ${name}`, async () => {
    const table = (sensor: string, rows: typeof left) =>
      rows.map(([time, value]) => ({ time, values: { [sensor]: value ?? Number.NaN } }));
    const rows: FleetRows = { telemetry: { a: table("left", left), b: table("right", right) } };
    const options = { over: `${length}c`, ...(hold > 1 && { hold: `${hold}c` }) };
    const ours = {
      ...(await featuresAt(rows, correlationOf("left", "right", { ...options, stats: pairStatistics }), [cutoff])),
      ...(await featuresAt(rows, differenceOf("left", "right", { ...options, stats: pairValueStatistics }), [cutoff])),
    };
    for (const statistic of [...pairStatistics, ...pairValueStatistics]) {
      const isOfPair = (pairStatistics as readonly string[]).includes(statistic);
      const [value] = ours[`left_right_${isOfPair ? "" : "difference_"}${statistic}_${length}c`];
      assertNear(value, expected[statistic], statistic);
    }
  });
}

/** Equal as float32 to seven digits; what float32 cannot hold is infinite or 0. */
function assertNear(value: number, expected: number | null, what: string): void {
  if (expected === null) {
    assert.ok(Number.isNaN(value), `${what}: ${value}`);
    return;
  }
  const narrow = Math.fround(expected);
  if (!Number.isFinite(narrow) || narrow === 0) assert.equal(value, narrow + 0, what);
  else assert.ok(Math.abs(value - expected) <= 2e-7 * Math.abs(expected), `${what}: ${value}, not ${expected}`);
}
