import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, endOfLife, rowNumber } from "../../src/archive/index.ts";
import { load, micros, refusal, spec, telemetry } from "./fixture.ts";

// The shape of the C-MAPSS files: no header, single spaces, two of them at the end of each line.
const train = "1 1 0.5 10  \n1 2 0.6 11  \n2 1 0.7 12  \n";
const test1 = "1 1 0.1 20  \n1 2 0.2 21  \n2 1 0.3 22  \n2 2 0.4 23  \n2 3 0.5 24  \n";
const columns = ["unit", "cycle", "set", "s1"];

function turbofan() {
  const part = (name: string) =>
    csv(`${name}.txt`, {
      machine: "unit",
      machinePrefix: `${name}-`,
      time: "cycle",
      sensors: ["set", "s1"],
      delimiter: " ",
      columns,
    });
  const remaining = csv("RUL.txt", {
    machine: rowNumber(),
    machinePrefix: "test-",
    remaining: "life",
    columns: ["life"],
  });
  return spec({
    time: "cycles",
    telemetry: [part("train"), part("test")],
    events: { failures: endOfLife({ remaining }) },
  });
}

test("space-separated files without a header are read, with prefixes that keep their machines apart", async (t) => {
  const { fleet, sources } = await load(
    t,
    { "train.txt": train, "test.txt": test1, "RUL.txt": "112\n98\n" },
    turbofan(),
  );
  assert.deepEqual(fleet.machines, ["test-1", "test-2", "train-1", "train-2"]);
  assert.equal(fleet.telemetry.length, 1);
  assert.deepEqual([...fleet.telemetry[0].time], [1, 2, 1, 2, 3, 1, 2, 1]);
  assert.deepEqual([...fleet.telemetry[0].sensors.s1], [20, 21, 22, 23, 24, 10, 11, 12]);
  assert.deepEqual(
    sources.map(({ source, read, used }) => [source, read, used]),
    [
      ["telemetry[0]", 3, 3],
      ["telemetry[1]", 5, 5],
      ["events.failures.remaining", 2, 2],
    ],
  );
});

test("a machine listed with a remaining life fails that much after its last row, any other at its last row", async (t) => {
  const { fleet } = await load(t, { "train.txt": train, "test.txt": test1, "RUL.txt": "112\n98\n" }, turbofan());
  const { failures } = fleet.events;
  assert.deepEqual([...failures.time], [2 + 112, 3 + 98, 2, 1]);
  assert.deepEqual([...failures.offsets], [0, 1, 2, 3, 4]);
  assert.deepEqual(failures.kinds, ["machine"]);
  assert.equal(failures.outcome, true);
  assert.equal(failures.endsObservation, true);
});

test("a remaining life is in hours where time is a timestamp, and the component can be named", async (t) => {
  const remaining = csv("life.csv", { machine: "m", remaining: "hours" });
  const { fleet } = await load(
    t,
    { "telemetry.csv": "m,t,v\na,2015-01-01,1\nb,2015-01-01,1\nb,2015-01-02,1\n", "life.csv": "m,hours\na,1.5\nz,3\n" },
    spec({ events: { failures: endOfLife({ component: "pump", remaining }) } }),
  );
  assert.deepEqual([...fleet.events.failures.time], [micros("2015-01-01T01:30:00Z"), micros("2015-01-02T00:00:00Z")]);
  assert.deepEqual(fleet.events.failures.kinds, ["pump"]);
});

test("the last row of a machine is that of all its telemetry tables", async (t) => {
  const { fleet } = await load(
    t,
    { "telemetry.csv": "m,t,v\na,1,1\nb,7,1\n", "other.csv": "m,t,w\na,5,1\n" },
    spec({
      time: "cycles",
      telemetry: [telemetry(), telemetry({ path: "other.csv", sensors: ["w"] })],
      events: { failures: endOfLife() },
    }),
  );
  assert.deepEqual([...fleet.events.failures.time], [5, 7]);
});

test("runs of spaces and tabs part columns, empty lines are none, and a header can be there", async (t) => {
  const text = "  m   t\tv \n\na 1   5\n  b\t 2 6\n\n";
  const { fleet } = await load(
    t,
    { "telemetry.csv": text },
    spec({ time: "cycles", telemetry: [telemetry({ delimiter: " " })] }),
  );
  assert.deepEqual(fleet.machines, ["a", "b"]);
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [5, 6]);
});

test("a line with other columns is refused with its line", async (t) => {
  const error = await refusal(
    t,
    { "train.txt": `${train}2 2 0.5\n`, "test.txt": test1, "RUL.txt": "1\n2\n" },
    turbofan(),
  );
  assert.equal(error.code, "DATA_FILE_UNREADABLE");
  assert.equal(error.details.where, "train.txt, line 4");
  assert.equal(error.details.found, "3 columns");
});

test("a remaining life is a whole number of cycles, not negative and given once", async (t) => {
  const files = { "train.txt": train, "test.txt": test1 };
  assert.equal((await refusal(t, { ...files, "RUL.txt": "112\n9.5\n" }, turbofan())).code, "DATA_CYCLE_NOT_WHOLE");
  assert.equal((await refusal(t, { ...files, "RUL.txt": "-1\n9\n" }, turbofan())).code, "DATA_NEGATIVE");
  const remaining = csv("life.csv", { machine: "m", remaining: "l" });
  const twice = spec({ time: "cycles", events: { failures: endOfLife({ remaining }) } });
  const error = await refusal(t, { "telemetry.csv": "m,t,v\na,1,1\n", "life.csv": "m,l\na,1\na,2\n" }, twice);
  assert.equal(error.code, "DATA_DUPLICATE");
});
