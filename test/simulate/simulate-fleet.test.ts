import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";

const HOUR = 3_600_000;
const fleet = simulateFleet({ seed: 3, machines: 6, days: 120 });

test("the same seed gives the same fleet, another seed another", () => {
  assert.deepEqual(simulateFleet({ seed: 3, machines: 6, days: 120 }), fleet);
  assert.notDeepEqual(simulateFleet({ seed: 4, machines: 6, days: 120 }).failures, fleet.failures);
});

test("more machines leave those before them as they were", () => {
  const more = simulateFleet({ seed: 3, machines: 7, days: 120 });
  const first = (events: typeof fleet.failures) => events.filter(({ machine }) => machine <= "press-06");
  assert.deepEqual(first(more.failures), fleet.failures);
  assert.deepEqual(first(more.errors), fleet.errors);
});

test("a failure begins a repair that ends with the replacement of its component", () => {
  assert.ok(fleet.failures.length >= 5, `${fleet.failures.length} failures`);
  for (const failure of fleet.failures) {
    const repair = fleet.downtime.find(({ machine, start }) => machine === failure.machine && start === failure.time)!;
    assert.equal(repair.reason, "repair");
    if (repair.end === null) continue;
    const record = fleet.maintenance.filter(({ machine, time }) => machine === failure.machine && time === repair.end);
    assert.deepEqual(
      record.map(({ kind }) => kind),
      [failure.kind],
    );
    assert.ok(repair.end - repair.start >= 5 * HOUR && repair.end - repair.start <= 19 * HOUR);
  }
});

test("a machine that is down sends nothing, a running one a reading every step", () => {
  const { machine, time } = fleet.telemetry;
  for (const { machine: name } of fleet.machines.slice(0, 6)) {
    const sent = new Set(time.filter((_, row) => machine[row] === name));
    const retired = fleet.machines.find((one) => one.machine === name)?.retiredAt ?? fleet.end;
    const downs = fleet.downtime.filter((down) => down.machine === name);
    // A machine may still be down from before the archive begins.
    const begin = Math.min(...sent);
    assert.ok(begin - fleet.start <= 19 * HOUR);
    for (let now = begin; now < retired; now += HOUR) {
      const down = downs.some(({ start, end }) => start <= now && now < (end ?? Number.POSITIVE_INFINITY));
      assert.equal(sent.has(now), !down, `${name} at ${new Date(now).toISOString()}`);
    }
  }
});

test("a bearing about to fail vibrates more than one that is not", () => {
  const { machine, time, sensors } = fleet.telemetry;
  const before: number[] = [];
  const other: number[] = [];
  time.forEach((now, row) => {
    const reading = sensors.vibration[row];
    if (reading === null) return;
    const soon = fleet.failures.some(
      ({ machine: name, time: at, kind }) =>
        kind === "bearing" && name === machine[row] && at > now && at - now < 12 * HOUR,
    );
    (soon ? before : other).push(reading);
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(before.length > 0);
  assert.ok(mean(before) > mean(other) + 1, `${mean(before)} against ${mean(other)}`);
});

test("a few readings are missing, and no more than a few", () => {
  for (const [sensor, readings] of Object.entries(fleet.telemetry.sensors)) {
    const share = readings.filter((reading) => reading === null).length / readings.length;
    assert.ok(share > 0 && share < 0.005, `${sensor}: ${share}`);
  }
});

test("options out of range are refused, with the option's name", () => {
  for (const [option, value] of [
    ["seed", -1],
    ["machines", 0],
    ["days", 0.5],
    ["every", "5h"],
  ] as const) {
    assert.throws(
      () => simulateFleet({ seed: 1, [option]: value }),
      (error) => error instanceof ForewarnError && error.code === "USAGE_SIMULATE" && error.details.where === option,
    );
  }
});
