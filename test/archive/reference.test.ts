import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/index.ts";
import { load, micros, spec } from "./fixture.ts";

const rows = "m,t,v,w\na,2015-01-01,1,1\nb,2015-01-01,2,2\nc,2015-01-01,2,2\n";

test("machines have numbers and categories, missing ones NaN and -1, and set aside those without telemetry", async (t) => {
  const text = "m,model,age,site\nc,K9,,x\na,K10,3.5,\nz,K1,1,y\n";
  const machines = csv("machines.csv", {
    machine: "m",
    attributes: { model: "category", age: "number", site: "category" },
  });
  const { fleet, sources } = await load(t, { "telemetry.csv": rows, "machines.csv": text }, spec({ machines }));
  const table = fleet.machineTable!;
  assert.deepEqual([...table.offsets], [0, 1, 1, 2]);
  assert.deepEqual([...table.validFrom], [-Infinity, -Infinity]);
  assert.deepEqual(table.attributes, {
    model: { type: "category", levels: ["K10", "K9"], values: Int32Array.of(0, 1) },
    age: { type: "number", values: Float64Array.of(3.5, Number.NaN) },
    site: { type: "category", levels: ["x"], values: Int32Array.of(-1, 0) },
  });
  assert.equal(table.retiredAt, undefined);
  assert.deepEqual(sources[0].quarantined, { unknownMachine: 1 });
});

test("machine rows are as-of their validFrom, the earliest first", async (t) => {
  const text = "m,from,model\na,2015-06-01,new\na,,old\nb,2014-01-01,only\n";
  const machines = csv("machines.csv", { machine: "m", validFrom: "from", attributes: { model: "category" } });
  const { fleet } = await load(t, { "telemetry.csv": rows, "machines.csv": text }, spec({ machines }));
  const table = fleet.machineTable!;
  assert.deepEqual([...table.offsets], [0, 2, 3, 3]);
  assert.deepEqual([...table.validFrom], [-Infinity, micros("2015-06-01T00:00:00Z"), micros("2014-01-01T00:00:00Z")]);
  assert.deepEqual(table.attributes.model.values, Int32Array.of(1, 0, 2));
});

test("retirement and commissioning are one a machine: the latest given, Infinity and NaN where none is", async (t) => {
  const text = "m,from,gone,built\na,,2016-01-01,2010-01-01\na,2015-06-01,,2011-01-01\nb,,9999-12-31,\n";
  const machines = csv("machines.csv", { machine: "m", validFrom: "from", retiredAt: "gone", commissionedAt: "built" });
  const { fleet } = await load(t, { "telemetry.csv": rows, "machines.csv": text }, spec({ machines }));
  assert.deepEqual([...fleet.machineTable!.retiredAt!], [micros("2016-01-01T00:00:00Z"), Infinity, Infinity]);
  assert.deepEqual([...fleet.machineTable!.commissionedAt!], [micros("2011-01-01T00:00:00Z"), Number.NaN, Number.NaN]);
});

test("a schedule matches attributes where it names them, and is sorted", async (t) => {
  const files = {
    "telemetry.csv": rows,
    "machines.csv": "m,model\na,7\n",
    "schedule.csv": "part,model,hours,from\nseal,,500,\nbearing,7,100,2015-06-01\nbearing,,300,\nbearing,7,200,\n",
  };
  const machines = csv("machines.csv", { machine: "m", attributes: { model: "category" } });
  const schedule = csv("schedule.csv", {
    component: "part",
    interval: "hours",
    match: { model: "model" },
    validFrom: "from",
  });
  const { fleet } = await load(t, files, spec({ machines, reference: { schedule } }));
  assert.deepEqual(fleet.schedule, [
    { component: "bearing", interval: 300, match: {}, validFrom: -Infinity },
    { component: "bearing", interval: 200, match: { model: "7" }, validFrom: -Infinity },
    { component: "bearing", interval: 100, match: { model: "7" }, validFrom: micros("2015-06-01T00:00:00Z") },
    { component: "seal", interval: 500, match: {}, validFrom: -Infinity },
  ]);
});

test("an absent limit is infinite, and limits of sensors that nobody reads are set aside", async (t) => {
  const limits = csv("limits.csv", { sensor: "s", low: "l", high: "h" });
  const files = { "telemetry.csv": rows, "limits.csv": "s,l,h\nx,1,2\nv,,5\n" };
  const { fleet, sources } = await load(t, files, spec({ reference: { limits } }));
  assert.deepEqual(fleet.limits, [{ sensor: "v", low: -Infinity, high: 5, match: {}, validFrom: -Infinity }]);
  assert.deepEqual(sources.at(-1)?.quarantined, { unknownSensor: 1 });
});
