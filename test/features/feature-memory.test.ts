import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fleet } from "../../src/core/fleet.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { featureMemory } from "../../src/features/feature-memory.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { fleetSource } from "../../src/features/source.ts";
import { rolling } from "../../src/features/words/rolling.ts";

/** So many hourly readings of two sensors of each machine. */
function hourly(machines: number, hours: number): Fleet {
  const rows = machines * hours;
  const time = Float64Array.from({ length: rows }, (_, row) => row % hours);
  const sensors = { volt: time.map((at) => Math.fround(at * 1.1)), temp: time.map((at) => at % 7) };
  const offsets = Uint32Array.from({ length: machines + 1 }, (_, machine) => machine * hours);
  const names = Array.from({ length: machines }, (_, machine) => `m${String(machine).padStart(3, "0")}`);
  return {
    time: "cycles",
    machines: names,
    telemetry: [{ name: "t", offsets, time, knownAt: time, sensors }],
    events: {},
  };
}

const planOf = (fleet: Fleet) =>
  planFeatures([rolling(["volt", "temp"], { over: ["3c", "24c"], stats: ["mean", "max"] })], describeFleet(fleet), {});

test("telemetry and matrix are counted to the byte, kernels are bounded by groups", async () => {
  const fleet = hourly(100, 2_000);
  const rows = new Uint32Array(100).fill(2_000);
  const need = await featureMemory(planOf(fleet), fleetSource(fleet), rows);
  assert.equal(need.fleet, 200_000 * 4 * 8);
  assert.equal(need.matrix, 200_000 * (8 * 4 + 12));
  assert.equal(need.bytes, need.fleet + need.kernels + need.matrix);
  assert.ok(need.groups > 1, `${need.groups} groups`);
  assert.ok(need.kernels < 6e6, `${need.kernels} bytes`);
  const two = await featureMemory(planOf(fleet), fleetSource(fleet), rows, { threads: 2 });
  assert.ok(two.kernels > need.kernels && two.kernels <= 3 * need.kernels);
});

test("the memory that holds whole machines is enough to compute them, and a small part of it gives the same bits in pieces", async () => {
  const fleet = hourly(2, 50_000);
  const plan = planOf(fleet);
  const rows = new Uint32Array(2).fill(50_000);
  const { wholeMachines } = await featureMemory(plan, fleetSource(fleet), rows);
  const [{ offsets, time }] = fleet.telemetry;
  const machine = new Uint32Array(100_000).fill(1, offsets[1]);
  const cutoffs = { machines: fleet.machines, machine, cutoff: time };
  const whole = await computeFeatures(plan, fleet, cutoffs, { memory: wholeMachines });
  const pieces = await computeFeatures(plan, fleet, cutoffs, { memory: wholeMachines / 20 });
  assert.deepEqual(pieces, whole);
  await assert.rejects(computeFeatures(plan, fleet, cutoffs, { memory: 10 }), { code: "USAGE_MEMORY" });
});

test("where a single cutoff does not fit, the error says what would do", async () => {
  const fleet = hourly(1, 100_000);
  const plan = planFeatures([rolling("volt", { over: "100000c", stats: ["mean"] })], describeFleet(fleet), {});
  const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(0), cutoff: Float64Array.of(99_999) };
  const error = await computeFeatures(plan, fleet, cutoffs, { memory: 500_000 }).catch((caught: unknown) => caught);
  const { code, details } = error as { code: string; details: { hint: string } };
  assert.equal(code, "DATA_MEMORY");
  const [, enough] = /"([^"]+)"/.exec(details.hint) ?? [];
  await computeFeatures(plan, fleet, cutoffs, { memory: enough });
});

test("a machine of a million rows in pieces has the bits it has as a whole, on one thread and on two", async () => {
  const fleet = hourly(1, 1_000_000);
  const plan = planOf(fleet);
  const cutoffs = { machines: fleet.machines, machine: new Uint32Array(1_000_000), cutoff: fleet.telemetry[0].time };
  const whole = await computeFeatures(plan, fleet, cutoffs, { memory: "2GB" });
  let done = 0;
  const onProgress = (rows: number) => {
    assert.ok(rows > done);
    done = rows;
  };
  const pieces = await computeFeatures(plan, fleet, cutoffs, { memory: "10MB", threads: 2, onProgress });
  assert.equal(done, 1_000_000);
  for (const [i, column] of pieces.columns.entries()) {
    assert.equal(Buffer.compare(Buffer.from(column.buffer), Buffer.from(whole.columns[i].buffer)), 0);
  }
});

test("an abort ends the work between two groups, on one thread and on two", async () => {
  const fleet = hourly(1, 1_000_000);
  const cutoffs = { machines: fleet.machines, machine: new Uint32Array(1_000_000), cutoff: fleet.telemetry[0].time };
  for (const threads of [1, 2]) {
    const controller = new AbortController();
    let last = 0;
    const onProgress = (rows: number) => {
      last = rows;
      controller.abort();
    };
    const options = { threads, memory: "10MB", signal: controller.signal, onProgress };
    await assert.rejects(computeFeatures(planOf(fleet), fleet, cutoffs, options), { code: "INTERRUPTED_FEATURES" });
    assert.ok(last > 0 && last < 1_000_000);
  }
});
