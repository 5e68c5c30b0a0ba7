import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { csv, loadFleet, parquet, sortToFolder } from "../../src/archive/index.ts";
import type { Fleet } from "../../src/core/fleet.ts";
import { durationLength } from "../../src/core/time.ts";
import {
  computeFeatures,
  countOf,
  describeFleet,
  featurizeGroups,
  planFeatures,
  rolling,
  timeSince,
  usedSince,
} from "../../src/features/index.ts";
import { buildHistory, failsWithin, gridCutoffs, observe } from "../../src/labels/index.ts";

const event = { machine: "machine", time: "time" };
const archive = {
  time: "timestamp" as const,
  telemetry: [parquet("telemetry", { ...event, sensors: ["vibration", "temperature", "pressure"] })],
  events: {
    errors: csv("errors.csv", { ...event, kind: "code" }),
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
};
const every = durationLength("3h", "timestamp");
const label = failsWithin("48h", { of: "failures" });

/** A grid of cutoffs in observation, of a whole fleet or of a group of its machines. */
function grid(fleet: Fleet) {
  return gridCutoffs(fleet, observe(fleet, buildHistory(fleet, label), { every }), every);
}

test("a sorted folder on disk, a few machines at a time, gives the grid and the bits of the fleet in memory", async () => {
  const folder = fileURLToPath(new URL("../../data/sample/", import.meta.url));
  const scratch = await mkdtemp(join(tmpdir(), "grouped-cutoffs-"));
  try {
    const { fleet } = await loadFleet(archive, { folder });
    const features = [
      rolling(["vibration", "pressure"], { over: ["6h", "24h"], stats: ["mean", "sd", "max"], resetOn: "maintenance" }),
      countOf("errors", { over: "48h" }),
      timeSince("maintenance"),
      usedSince("maintenance", { hold: "3h" }),
    ];
    const plan = planFeatures(features, describeFleet(fleet), { every });
    const cutoffs = grid(fleet);
    const whole = await computeFeatures(plan, fleet, cutoffs);
    const sorted = await sortToFolder(archive, { folder, out: join(scratch, "sorted"), memory: "512MB" });
    let [row, groups] = [0, 0];
    for await (const group of featurizeGroups(plan, sorted, grid, { memory: "6MB" })) {
      const to = row + group.matrix.rows;
      groups++;
      assert.deepEqual(group.cutoffs.machines, cutoffs.machines);
      assert.deepEqual(group.cutoffs.machine, cutoffs.machine.slice(row, to));
      assert.deepEqual(group.cutoffs.cutoff, cutoffs.cutoff.slice(row, to));
      for (const [i, column] of group.matrix.columns.entries()) {
        assert.deepEqual(new Uint32Array(column.buffer), new Uint32Array(whole.columns[i].slice(row, to).buffer));
      }
      row = to;
    }
    assert.equal(row, cutoffs.cutoff.length);
    assert.ok(groups > 3, `${groups} groups`);
  } finally {
    await rm(scratch, { recursive: true });
  }
});
