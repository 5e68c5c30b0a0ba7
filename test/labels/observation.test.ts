import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { type ObserveOptions, observe } from "../../src/labels/observation.ts";
import { observedHours } from "../../src/labels/observed-hours.ts";
import { buildFleet, type EventRow, type FleetRows, instants } from "./build-fleet.ts";

const at = (time: number, kind = "a", end?: number): EventRow => ({ machine: "m", time, kind, end });

/** Intervals of the only machine as "first-last", both included. */
function observed(rows: Partial<FleetRows>, options: ObserveOptions = {}): string {
  const telemetry = rows.telemetry ?? [{ m: instants(0, 20) }];
  const fleet = buildFleet({ ...rows, telemetry, events: { failures: [], ...rows.events } });
  const { from, to } = observe(fleet, buildHistory(fleet, { of: "failures" }), options);
  return [...from].map((first, i) => `${first}-${to[i] - 1}`).join(" ");
}

test("a machine is in observation from its first to its last telemetry, over all tables", () => {
  assert.equal(observed({ telemetry: [{ m: [3, 9] }] }), "3-9");
  assert.equal(observed({ telemetry: [{ m: [3, 9] }, { m: [1, 5] }, { m: [12] }] }), "1-12");
});

test("a machine is out of observation from the start of a downtime until its end", () => {
  assert.equal(observed({ events: { downtime: [at(5, "", 8), at(7, "", 10)] } }), "0-4 10-20");
  assert.equal(observed({ events: { downtime: [at(15, "", Number.POSITIVE_INFINITY)] } }), "0-14");
  assert.equal(observed({ events: { stops: [at(5, "", 8)] } }, { downtime: "stops" }), "0-4 8-20");
});

test("a machine is in observation up to its retirement", () => {
  assert.equal(observed({ retiredAt: { m: 12 } }), "0-12");
  assert.equal(observed({ retiredAt: { m: 25 } }), "0-20");
});

test("a machine is out of observation while its newest reading is older than stale, 3 x every by default", () => {
  const telemetry = [{ m: [0, 2, 4, 12, 14] }];
  assert.equal(observed({ telemetry }, { stale: 2 }), "0-6 12-14");
  assert.equal(observed({ telemetry }, { every: 2 }), "0-10 12-14");
  assert.equal(observed({ telemetry }), "0-14");
  assert.equal(observed({ telemetry: [...telemetry, { m: [8] }] }, { stale: 2 }), "0-6 8-10 12-14");
});

test("a reading that became known late keeps no machine in observation before that", () => {
  const telemetry = [
    {
      m: [
        { time: 0, knownAt: 0 },
        { time: 4, knownAt: 7 },
        { time: 8, knownAt: 8 },
      ],
    },
  ];
  assert.equal(observed({ telemetry }, { stale: 4 }), "0-4 7-8");
});

test("a machine is out of observation from a failure until its repair, and in observation at the repair", () => {
  assert.equal(observed({ events: { failures: [at(5)], maintenance: [at(9)] } }), "0-4 9-20");
});

test("only the failure's instant is out where the repair carries the same stamp", () => {
  assert.equal(observed({ events: { failures: [at(5)], maintenance: [at(5)] } }), "0-4 6-20");
});

test("only the failure's instant is out where no repair comes before the next failure, of whatever component", () => {
  const maintenance = [at(9)];
  assert.equal(observed({ events: { failures: [at(5), at(8)], maintenance } }), "0-4 6-7 9-20");
  assert.equal(observed({ events: { failures: [at(5), at(8, "b")], maintenance } }), "0-4 6-7 9-20");
  assert.equal(observed({ events: { failures: [at(5), at(5, "b")], maintenance } }), "0-4 9-20");
});

test("only the failure's instant is out where no repair comes before the end", () => {
  assert.equal(observed({ events: { failures: [at(5)], maintenance: [at(25)] } }), "0-4 6-20");
  assert.equal(observed({ events: { failures: [at(5)], maintenance: [at(20)] } }), "0-4 20-20");
  assert.equal(observed({ events: { failures: [at(5)] } }), "0-4 6-20");
});

test("a failure that ends the observation extends it past the last telemetry, without anything being stale", () => {
  const rows = { events: { failures: [at(40)] }, endsObservation: ["failures"] };
  assert.equal(observed(rows, { stale: 3 }), "0-39");
  assert.equal(observed({ ...rows, events: { failures: [at(12)] } }), "0-11");
});

test("observed hours count the time in observation alone, in hours or cycles", () => {
  const hour = MICROS_PER_HOUR;
  const fleet = buildFleet({
    time: "timestamp",
    telemetry: [{ m: instants(0, 20).map((i) => i * hour) }],
    events: { failures: [], downtime: [at(5 * hour, "", 8 * hour)] },
  });
  const observation = observe(fleet, buildHistory(fleet, { of: "failures" }), {});
  assert.equal(observedHours(observation, 0, 2 * hour, 10 * hour), 5);
  assert.equal(observedHours(observation, 0, 6 * hour, 7 * hour), 0);
  const counted = buildFleet({ telemetry: [{ m: instants(1, 20) }], events: { failures: [at(20)] } });
  assert.equal(observedHours(observe(counted, buildHistory(counted, { of: "failures" }), {}), 0, 0, 100), 19);
});
