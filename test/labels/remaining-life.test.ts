import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { remainingLife } from "../../src/labels/remaining-life.ts";
import { buildFleet, type EventRow, type FleetRows, instants } from "./build-fleet.ts";
import { labelFleet } from "./label-fleet.ts";

const at = (time: number, kind = "a", end?: number): EventRow => ({ machine: "m", time, kind, end });
const fleetOf = (events: FleetRows["events"], rest: Partial<FleetRows> = {}) =>
  buildFleet({ telemetry: [{ m: instants(0, 40) }], events, ...rest });
const life = (options = {}) => remainingLife({ of: "failures", ...options });
const both = (label: ReturnType<typeof labelFleet>, instant: number) => [label.state(instant), label.value(instant)];

test("a life is known where a failure follows in observation, held to the cap", () => {
  const label = labelFleet(fleetOf({ failures: [at(20)] }), life({ cap: 10 }));
  assert.deepEqual(label.task, { kind: "regression", cap: 10 });
  assert.deepEqual(
    [5, 9, 10, 11, 19].map((t) => both(label, t)),
    [
      [0, 10],
      [0, 10],
      [1, 10],
      [1, 9],
      [1, 1],
    ],
  );
});

test("a life is the cap where observation goes on for at least the cap, else censored", () => {
  const label = labelFleet(fleetOf({ failures: [at(20)] }), life({ cap: 10 }));
  assert.deepEqual(
    [both(label, 30), both(label, 31)],
    [
      [0, 10],
      [2, Number.NaN],
    ],
  );
});

test("without a cap a life is known up to its failure, and censored where none follows", () => {
  const label = labelFleet(fleetOf({ failures: [at(20)] }), life());
  assert.deepEqual(label.task, { kind: "regression" });
  assert.deepEqual(
    [both(label, 0), both(label, 21)],
    [
      [1, 20],
      [2, Number.NaN],
    ],
  );
  assert.equal(label.end(3), 20);
});

test("lives of timestamps are in hours", () => {
  const hours = (from: number, to: number) => instants(from, to).map((i) => i * MICROS_PER_HOUR);
  const fleet = buildFleet({
    time: "timestamp",
    telemetry: [{ m: hours(0, 40) }],
    events: { failures: [at(20 * MICROS_PER_HOUR)] },
  });
  const label = labelFleet(fleet, life({ cap: 12 }), { every: MICROS_PER_HOUR });
  assert.deepEqual(
    [7, 17].map((hour) => label.value(hour * MICROS_PER_HOUR)),
    [12, 3],
  );
});

test("a unit that runs to failure is known from its first to its last row", () => {
  const units = [{ m: instants(1, 6), n: instants(1, 3) }];
  const failures = [at(6), { machine: "n", time: 50, kind: "a" }];
  const label = labelFleet(
    buildFleet({ telemetry: units, events: { failures }, endsObservation: ["failures"] }),
    life(),
  );
  assert.deepEqual(label.rows, [1, 2, 3, 4, 5], "at the failure's instant the unit is out of observation");
  assert.deepEqual(instants(1, 5).map(label.value), [5, 4, 3, 2, 1]);
});

test("a unit whose remaining life is told in advance is known past its last telemetry", () => {
  const fleet = fleetOf({ failures: [at(52)] }, { endsObservation: ["failures"] });
  const label = labelFleet(fleet, life({ cap: 30 }));
  assert.deepEqual(
    [both(label, 40), both(label, 22), both(label, 21)],
    [
      [1, 12],
      [1, 30],
      [0, 30],
    ],
  );
});

test("a gap before the failure censors the life", () => {
  const events = { failures: [at(20)], downtime: [at(10, "", 12)] };
  const label = labelFleet(fleetOf(events), life({ cap: 15 }));
  assert.deepEqual(
    [5, 9, 12].map((t) => both(label, t)),
    [
      [2, Number.NaN],
      [2, Number.NaN],
      [1, 8],
    ],
  );
});

test("a planned replacement before the failure censors the life, of whatever component", () => {
  const events = { failures: [at(20, "a")], maintenance: [at(15, "b"), at(20, "a")] };
  const label = labelFleet(fleetOf(events), life({ cap: 10 }));
  assert.deepEqual(
    [4, 5, 14, 15].map((t) => both(label, t)),
    [
      [0, 10],
      [2, Number.NaN],
      [2, Number.NaN],
      [1, 5],
    ],
  );
  assert.equal(label.component("a", 14), 1, "the component's own life is known");
  assert.equal(label.component("b", 14), 2);
});

test("planned replacements taken as healthy leave the life to the other components", () => {
  const events = { failures: [at(20, "a"), at(22, "b")], maintenance: [at(15, "a"), at(20, "a"), at(22, "b")] };
  const label = labelFleet(fleetOf(events), life({ cap: 10, planned: "healthy" }));
  assert.deepEqual(
    [10, 13, 15].map((t) => both(label, t)),
    [
      [0, 10],
      [1, 9],
      [1, 5],
    ],
  );
});

test("a replacement beyond the cap censors nothing", () => {
  const label = labelFleet(fleetOf({ failures: [at(38)], maintenance: [at(20)] }), life({ cap: 10 }));
  assert.deepEqual(both(label, 9), [0, 10]);
});

test("where several components fail at one instant, the life is known as soon as one of them is", () => {
  const late = (kind: string, knownAt: number): EventRow => ({ machine: "m", time: 20, kind, knownAt });
  for (const failures of [
    [late("a", 30), late("b", 25)],
    [late("a", 25), late("b", 30)],
  ]) {
    assert.equal(labelFleet(fleetOf({ failures }), life({ cap: 10 })).end(15), 25);
  }
});

test("a label ends at its failure, at the cap, or when the failure became known", () => {
  const late = { machine: "m", time: 20, kind: "a", knownAt: 27 };
  const label = labelFleet(fleetOf({ failures: [late] }), life({ cap: 10 }));
  assert.deepEqual([5, 10, 19].map(label.end), [15, 27, 27]);
});
