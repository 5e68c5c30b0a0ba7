import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeVector,
  Table,
  TimestampMillisecond,
  TimestampNanosecond,
  tableFromIPC,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { fleetFromArrow } from "../../../src/features/arrow/fleet-from-arrow.ts";

const names = (...values: string[]) => vectorFromArray(values, new Dictionary(new Utf8(), new Int32()));
const cycles = (...values: number[]) => makeVector(BigInt64Array.from(values, BigInt));

function telemetry(columns: Record<string, Vector>) {
  return new Table(columns);
}

test("a sorted table's float64 sensors are used as they are", () => {
  const volt = Float64Array.of(1, 2, 3);
  const table = telemetry({ machine: names("a", "a", "b"), time: cycles(1, 2, 1), volt: makeVector(volt) });
  const {
    machines,
    telemetry: [readings],
  } = fleetFromArrow({ time: "cycles", telemetry: table });
  assert.deepEqual(machines, ["a", "b"]);
  assert.equal(readings.sensors["volt"].buffer, volt.buffer);
  assert.deepEqual([...readings.offsets], [0, 2, 3]);
  assert.equal(readings.knownAt, readings.time);
});

test("rows in any order are sorted by machine and time, with all their columns", () => {
  const table = telemetry({
    machine: names("b", "a", "a"),
    time: cycles(5, 9, 3),
    knownAt: cycles(5, 11, 3),
    volt: makeVector(Float64Array.of(1, 2, 3)),
  });
  const {
    telemetry: [readings],
  } = fleetFromArrow({ time: "cycles", telemetry: table });
  assert.deepEqual([...readings.time], [3, 9, 5]);
  assert.deepEqual([...readings.knownAt], [3, 11, 5]);
  assert.deepEqual([...readings.sensors["volt"]], [3, 2, 1]);
  assert.deepEqual(Object.keys(readings.sensors), ["volt"]);
});

test("null is missing, whole numbers are readings, and text is no sensor", () => {
  const table = telemetry({
    machine: names("a", "a"),
    time: cycles(1, 2),
    volt: vectorFromArray([null, 2], new Float64()),
    load: makeVector(Int32Array.of(7, 8)),
    note: vectorFromArray(["x", "y"], new Utf8()),
  });
  const { sensors } = fleetFromArrow({ time: "cycles", telemetry: table }).telemetry[0];
  assert.deepEqual([...sensors["volt"]], [Number.NaN, 2]);
  assert.deepEqual([...sensors["load"]], [7, 8]);
  assert.deepEqual(Object.keys(sensors), ["volt", "load"]);
});

test("timestamps of any unit are microseconds, without losing what is below a millisecond", () => {
  const machine = names("a", "a");
  const volt = makeVector(Float64Array.of(1, 2));
  const timeOf = (time: Vector) => [
    ...fleetFromArrow({ telemetry: telemetry({ machine, time, volt }) }).telemetry[0].time,
  ];
  const nanos = makeVector({
    type: new TimestampNanosecond(),
    data: BigInt64Array.of(1_000n, 2_001_000n),
  } as never) as Vector;
  assert.deepEqual(timeOf(nanos), [1, 2001]);
  const millis = makeVector({ type: new TimestampMillisecond(), data: BigInt64Array.of(1n, 2n) } as never) as Vector;
  assert.deepEqual(timeOf(millis), [1000, 2000]);
  assert.deepEqual(
    timeOf(vectorFromArray(["1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z"], new Utf8())),
    [0, 1_000_000],
  );
  const uneven = makeVector({
    type: new TimestampNanosecond(),
    data: BigInt64Array.of(1n, 2_001_000n),
  } as never) as Vector;
  assert.throws(() => timeOf(uneven), { code: "DATA_INSTANT" });
});

test("several pieces and several dictionaries are one column", () => {
  const piece = (machine: string, at: number) =>
    telemetry({ machine: names(machine), time: cycles(at), volt: makeVector(Float64Array.of(at)) });
  const table = piece("b", 1).concat(piece("a", 2));
  const {
    machines,
    telemetry: [readings],
  } = fleetFromArrow({ time: "cycles", telemetry: table });
  assert.deepEqual(machines, ["a", "b"]);
  assert.deepEqual([...readings.sensors["volt"]], [2, 1]);
});

test("a slice of a table has its own rows", () => {
  const table = telemetry({
    machine: names("a", "a", "a"),
    time: cycles(1, 2, 3),
    volt: makeVector(Float64Array.of(1, 2, 3)),
  });
  const {
    telemetry: [readings],
  } = fleetFromArrow({ time: "cycles", telemetry: table.slice(1, 3) });
  assert.deepEqual([...readings.time], [2, 3]);
  assert.deepEqual([...readings.sensors["volt"]], [2, 3]);
});

test("a table that was written and read back gives the same fleet", () => {
  const table = telemetry({
    machine: names("b", "a"),
    time: cycles(1, 2),
    volt: vectorFromArray([null, 2], new Float64()),
  });
  const fleet = fleetFromArrow({ time: "cycles", telemetry: table });
  assert.deepEqual(fleetFromArrow({ time: "cycles", telemetry: tableFromIPC(tableToIPC(table)) }), fleet);
});

test("columns of other names are mapped, and events have kinds", () => {
  const fleet = fleetFromArrow({
    time: "cycles",
    telemetry: {
      table: telemetry({
        id: names("a"),
        at: cycles(1),
        volt: makeVector(Float64Array.of(1)),
        other: makeVector(Float64Array.of(1)),
      }),
      machine: "id",
      time: "at",
      sensors: ["volt"],
    },
    events: {
      failures: telemetry({ machine: names("a", "z", "a"), time: cycles(2, 2, 1), kind: names("x", "x", "y") }),
      alarms: {
        table: telemetry({ machine: names("a"), time: vectorFromArray([3n], new Int64()), code: names("q") }),
        kind: "code",
      },
    },
  });
  assert.deepEqual(Object.keys(fleet.telemetry[0].sensors), ["volt"]);
  const { failures, alarms } = fleet.events;
  assert.deepEqual(
    [[...failures.time], failures.kinds, [...failures.kind], failures.outcome],
    [[1, 2], ["x", "y"], [1, 0], true],
  );
  assert.deepEqual([alarms.kinds, alarms.outcome], [["q"], false]);
});

test("what cannot be read is refused with its place", () => {
  const machine = names("a", "a");
  const volt = makeVector(Float64Array.of(1, 2));
  const fleet = (columns: Record<string, Vector>) => () =>
    fleetFromArrow({ time: "cycles", telemetry: telemetry(columns) });
  assert.throws(fleet({ machine, time: cycles(1, 1), volt }), {
    code: "DATA_DUPLICATE",
    message: /a at 1.*rows 0 and 1/,
  });
  assert.throws(fleet({ machine, volt }), { code: "DATA_COLUMN_MISSING", message: /expected time/ });
  assert.throws(fleet({ machine, time: names("x", "y"), volt }), { code: "DATA_COLUMN_TYPE" });
  assert.throws(fleet({ machine: vectorFromArray(["a", null], new Utf8()), time: cycles(1, 2), volt }), {
    code: "DATA_VALUE_MISSING",
    message: /telemetry\.machine\[1\]/,
  });
  const options = { table: telemetry({ machine, time: cycles(1, 2), volt: names("x", "y") }), sensors: ["volt"] };
  assert.throws(() => fleetFromArrow({ time: "cycles", telemetry: options }), { code: "DATA_COLUMN_TYPE" });
});
