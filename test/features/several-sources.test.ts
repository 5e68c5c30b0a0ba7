import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, loadFleet, long } from "../../src/archive/index.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { describeFleet, planFeatures, rolling } from "../../src/features/index.ts";
import { gridCutoffs } from "../../src/labels/cutoffs.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { observe } from "../../src/labels/observation.ts";
import { archive } from "../archive/fixture.ts";

const MINUTE = 60_000_000;
const start = Date.parse("2015-01-01T00:00:00Z") * 1000;

/** Vibration every 10 minutes, temperature at 00:00 and 00:30 and known 5 minutes late, pressure at 00:15, and a machine without vibration. */
const files = {
  "wide.csv": `m,t,vibration\n${[0, 10, 20, 30].map((minute) => `a,2015-01-01 00:${String(minute).padStart(2, "0")},${minute}\n`).join("")}`,
  "long.csv": [
    "m,t,tag,value",
    "a,2015-01-01 00:00,T,50",
    "a,2015-01-01 00:30,T,80",
    "a,2015-01-01 00:15,P,7",
    "b,2015-01-01 00:20,P,9",
    "",
  ].join("\n"),
};
const at = { machine: "m", time: "t" };
const spec = {
  time: "timestamp" as const,
  telemetry: [
    csv("wide.csv", { ...at, sensors: ["vibration"] }),
    csv("long.csv", {
      ...at,
      delay: "5m",
      sensors: long({ tag: "tag", value: "value", tags: { T: "temperature", P: "pressure" } }),
    }),
  ],
  events: { failures: csv("failures.csv", { ...at, kind: "k" }) },
};

async function fleetOf(t: Parameters<typeof archive>[0]) {
  const folder = await archive(t, { ...files, "failures.csv": "m,t,k\n" });
  return (await loadFleet(spec, { folder })).fleet;
}

async function observed(t: Parameters<typeof archive>[0], every: number | undefined, stale: number | undefined) {
  const fleet = await fleetOf(t);
  const history = buildHistory(fleet, { of: "failures" });
  const cutoffs = gridCutoffs(fleet, observe(fleet, history, { every, stale }), every);
  return { fleet, cutoffs };
}

test("without a grid the cutoffs are the instants of all sources, each once", async (t) => {
  const { cutoffs } = await observed(t, undefined, undefined);
  const minutes = [...cutoffs.cutoff].map((time) => (time - start) / MINUTE);
  assert.deepEqual(minutes, [0, 10, 15, 20, 30, 20]);
  assert.deepEqual([...cutoffs.machine], [0, 0, 0, 0, 0, 1]);
});

test("a machine is stale only where no source has a known reading that is new enough", async (t) => {
  const { cutoffs } = await observed(t, 5 * MINUTE, 6 * MINUTE);
  const minutes = [...cutoffs.cutoff]
    .filter((_, row) => cutoffs.machine[row] === 0)
    .map((time) => (time - start) / MINUTE);
  // Vibration covers 0 to 6, 10 to 16, 20 to 26 and 30; of the late ones pressure alone covers 20 to 21.
  assert.deepEqual(minutes, [0, 5, 10, 15, 20, 25, 30]);
});

test("each window is over its own sensor's times and delays", async (t) => {
  const { fleet, cutoffs } = await observed(t, undefined, undefined);
  const features = [rolling(["vibration", "temperature", "pressure"], { over: "30m", stats: ["count", "last"] })];
  const plan = planFeatures(features, describeFleet(fleet), {});
  const matrix = await computeFeatures(plan, fleet, cutoffs, { threads: 1 });
  const column = (name: string) => [...matrix.columns[matrix.names.indexOf(name)]];
  const nan = Number.NaN;
  assert.deepEqual(column("vibration_count_30m"), [1, 2, 2, 3, 3, 0]);
  assert.deepEqual(column("vibration_last_30m"), [0, 10, 10, 20, 30, nan]);
  // The reading of 00:00 is known from 00:05 and leaves the window at 00:30, when that of 00:30 is not yet known.
  assert.deepEqual(column("temperature_last_30m"), [nan, 50, 50, 50, nan, nan]);
  assert.deepEqual(column("pressure_last_30m"), [nan, nan, nan, 7, 7, nan]);
  assert.deepEqual(column("pressure_count_30m"), [0, 0, 0, 1, 1, 0]);
});
