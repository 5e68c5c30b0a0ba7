import assert from "node:assert/strict";
import { test } from "node:test";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { buildFleet, type EventRow, type FleetRows, instants } from "./build-fleet.ts";
import { labelFleet } from "./label-fleet.ts";

const at = (time: number, kind = "a", end?: number): EventRow => ({ machine: "m", time, kind, end });
const fleetOf = (events: FleetRows["events"], rest: Partial<FleetRows> = {}) =>
  buildFleet({ telemetry: [{ m: instants(0, 40) }], events, ...rest });
const within = (horizon: string, options = {}) => failsWithin(horizon, { of: "failures", ...options });

test("a failure at the end of the horizon counts, one at the cutoff does not", () => {
  const { rows, state } = labelFleet(fleetOf({ failures: [at(20)] }), within("5c"));
  assert.deepEqual(
    instants(13, 23).map((t) => (rows.includes(t) ? state(t) : "out")),
    [0, 0, 1, 1, 1, 1, 1, "out", 0, 0, 0],
  );
});

test("the outage of a failure inside the horizon does not censor the row", () => {
  const { state, rows } = labelFleet(fleetOf({ failures: [at(20)], maintenance: [at(23)] }), within("5c"));
  assert.deepEqual(instants(15, 19).map(state), [1, 1, 1, 1, 1]);
  assert.equal(rows.includes(22), false);
  assert.equal(state(23), 0);
});

test("a downtime that touches the failure does not censor the row, wherever it begins", () => {
  const events = { failures: [at(20)], downtime: [at(18, "", 22)] };
  const { state } = labelFleet(fleetOf(events), within("5c"));
  assert.deepEqual([15, 16, 17].map(state), [1, 1, 1]);
  assert.deepEqual([13, 14].map(state), [2, 2], "here the downtime is seen and the failure is not");
});

test("another downtime inside the horizon censors the row, even where a failure is in it too", () => {
  const events = { failures: [at(20)], downtime: [at(16, "", 18)] };
  const { state } = labelFleet(fleetOf(events), within("5c"));
  assert.deepEqual([10, 11, 15, 18, 19].map(state), [0, 2, 2, 1, 1]);
});

test("a silence that begins with the failure does not censor the row, another does", () => {
  const telemetry = [{ m: [...instants(0, 20), ...instants(28, 40)] }];
  const options = { stale: 2 };
  const failed = labelFleet(
    fleetOf({ failures: [at(20)], maintenance: [at(20)] }, { telemetry }),
    within("10c"),
    options,
  );
  assert.deepEqual([10, 15, 19].map(failed.state), [1, 1, 1]);
  const silent = labelFleet(
    fleetOf({ failures: [at(16)], maintenance: [at(16)] }, { telemetry }),
    within("10c"),
    options,
  );
  assert.deepEqual([6, 12, 13, 15].map(silent.state), [1, 1, 2, 2]);
});

test("a horizon cut by the end is censored, even if a failure was already seen in it", () => {
  const { state } = labelFleet(fleetOf({ failures: [at(38)], maintenance: [at(38)] }), within("5c"));
  assert.deepEqual([33, 34, 35, 36, 37, 39, 40].map(state), [1, 1, 1, 2, 2, 2, 2]);
});

test("retirement cuts a horizon as the end of the data does", () => {
  const fleet = fleetOf({ failures: [at(28)], maintenance: [at(28)] }, { retiredAt: { m: 30 } });
  const { state } = labelFleet(fleet, within("5c"));
  assert.deepEqual([24, 25, 26].map(state), [1, 1, 2]);
});

test("a failure that ended the observation is known to every row that sees it", () => {
  const fleet = fleetOf({ failures: [at(43)] }, { endsObservation: ["failures"] });
  assert.deepEqual([35, 37, 38, 40].map(labelFleet(fleet, within("5c")).state), [0, 0, 1, 1]);
});

test("a failure at the last telemetry that no repair follows ended the observation", () => {
  const ended = labelFleet(fleetOf({ failures: [at(40)], maintenance: [at(10)] }), within("5c"));
  assert.deepEqual([34, 35, 36, 39].map(ended.state), [0, 1, 1, 1]);
  const repaired = labelFleet(fleetOf({ failures: [at(40)], maintenance: [at(45)] }), within("5c"));
  assert.deepEqual([34, 35, 36, 39].map(repaired.state), [0, 1, 2, 2]);
});

test("components that had not failed when a failure ended the observation are censored, the machine is not", () => {
  const events = { failures: [at(10, "b"), at(40, "a")], maintenance: [at(10, "b")] };
  const { state, component } = labelFleet(fleetOf(events), within("5c"));
  assert.deepEqual([component("a", 38), component("b", 38), state(38)], [1, 2, 1]);
});

test("a planned replacement before the failure makes that component healthy: the failure is another life's", () => {
  const events = { failures: [at(20)], maintenance: [at(17), at(20)] };
  const { state, component } = labelFleet(fleetOf(events), within("5c"));
  assert.deepEqual([15, 16, 17, 18, 19].map(state), [0, 0, 1, 1, 1]);
  assert.equal(component("a", 16), 0);
});

test("a planned replacement inside the horizon censors that component where asked", () => {
  const events = { failures: [at(30, "b")], maintenance: [at(17, "a"), at(30, "b")] };
  const { state, component } = labelFleet(fleetOf(events), within("5c", { planned: "censored" }));
  assert.deepEqual([11, 12, 16, 17].map(state), [0, 2, 2, 0], "12 sees 17, the row at 17 does not");
  assert.deepEqual([component("a", 14), component("b", 14)], [2, 0]);
});

test("any fails if one component fails, even where another is censored by its replacement", () => {
  const events = { failures: [at(20, "b")], maintenance: [at(18, "a"), at(20, "b")] };
  const { state, component } = labelFleet(fleetOf(events), within("5c", { planned: "censored" }));
  assert.deepEqual([component("a", 16), component("b", 16), state(16)], [2, 1, 1]);
});

test("a replacement of one component ends no other component's life", () => {
  const events = { failures: [at(20, "b")], maintenance: [at(18, "a"), at(20, "b")] };
  assert.equal(labelFleet(fleetOf(events), within("5c")).state(16), 1);
});

test("by component, the class is the component that fails first, ties going to the smallest by bytes", () => {
  const events = { failures: [at(20, "b"), at(22, "a"), at(30, "b"), at(30, "a")] };
  const { task, value, component } = labelFleet(fleetOf(events), within("5c", { predict: "component" }));
  assert.deepEqual(task, { kind: "multiclass", classes: ["none", "a", "b"] });
  assert.deepEqual([10, 17, 19, 21, 28].map(value), [0, 2, 2, 1, 1]);
  assert.deepEqual([component("a", 17), component("b", 17)], [1, 1]);
});

test("a censored row has no value", () => {
  const { state, value, task } = labelFleet(fleetOf({ failures: [at(20)] }), within("5c"));
  assert.deepEqual(task, { kind: "binary" });
  assert.deepEqual([value(10), value(19), state(39), value(39)], [0, 1, 2, Number.NaN]);
});

test("a label ends with its horizon, or when its failure became known", () => {
  const late = { machine: "m", time: 20, kind: "a", knownAt: 27 };
  const { end } = labelFleet(fleetOf({ failures: [late] }), within("5c"));
  assert.deepEqual([10, 15, 19].map(end), [15, 27, 27]);
});

test("rows of machines without any failure are healthy until their horizon is cut", () => {
  const { states } = labelFleet(
    buildFleet({ telemetry: [{ m: instants(0, 9) }], events: { failures: [] } }),
    within("3c"),
  );
  assert.equal(states(), "0000000222");
});

test('a component called "none" cannot be told from no failure, so predicting components refuses it', () => {
  const fleet = fleetOf({ failures: [at(20, "none"), at(30)] });
  assert.throws(() => labelFleet(fleet, within("5c", { predict: "component" })), { code: "DATA_COMPONENT_NONE" });
  assert.equal(labelFleet(fleet, within("5c")).state(19), 1);
});
