import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { csv, loadFleet, parquet } from "../../src/archive/index.ts";
import { compareBytes } from "../../src/core/order.ts";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { archive, type Files, spec } from "./fixture.ts";

interface Row {
  machine: string;
  hour: number;
  v: number | null;
}

const names = ["1", "10", "2", "a b", "é", "\u{1F600}", "o'clock", 'q"uote'];
const value = fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const rows = fc.uniqueArray(
  fc.record({ machine: fc.constantFrom(...names), hour: fc.integer({ min: -50, max: 50 }), v: value }),
  {
    selector: ({ machine, hour }) => `${machine}/${hour}`,
    minLength: 1,
    maxLength: 30,
  },
);

const instant = (hour: number) => new Date(hour * 3_600_000).toISOString();
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const asCsv = (part: readonly Row[]) =>
  `t,v,m\n${part.map(({ machine, hour, v }) => `${instant(hour)},${v ?? ""},${quoted(machine)}\n`).join("")}`;
const asSql = (part: readonly Row[]) =>
  `SELECT * FROM (VALUES ${part
    .map(
      ({ machine, hour, v }) =>
        `('${machine.replaceAll("'", "''")}', TIMESTAMP '${instant(hour).slice(0, 19)}', '${v}'::DOUBLE)`,
    )
    .join(", ")
    .replaceAll("'null'", "NULL")}) AS x(m, t, v)`;

test("the same rows give the same fleet: shuffled, cut into files anywhere, as CSV or as Parquet", async (t) => {
  const mapping = { machine: "m", time: "t", sensors: ["v"] };
  const plan = rows.chain((table) =>
    fc.record({
      table: fc.constant(table),
      shuffled: fc.shuffledSubarray(table, { minLength: table.length }),
      cut: fc.integer({ min: 0, max: table.length }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(plan, async ({ table, shuffled, cut }) => {
      const files: Files = {
        "one/a.csv": asCsv(table),
        "two/a.csv": asCsv(shuffled.slice(0, cut)),
        "two/b.csv": asCsv(shuffled.slice(cut)),
        "three/a.parquet": { sql: asSql(shuffled) },
      };
      const folder = await archive(t, files);
      const load = (source: typeof csv, path: string) =>
        loadFleet(spec({ telemetry: [source(path, mapping)], events: {} }), { folder });
      const one = await load(csv, "one");
      const two = await load(csv, "two");
      const three = await load(parquet, "three");
      assert.deepEqual(two.fleet, one.fleet);
      assert.deepEqual(three.fleet, one.fleet);
      const sorted = [...table].sort((a, b) => compareBytes(a.machine, b.machine) || a.hour - b.hour);
      const [telemetry] = one.fleet.telemetry;
      assert.deepEqual(
        [...telemetry.time],
        sorted.map(({ hour }) => hour * MICROS_PER_HOUR),
      );
      // JSON-like text knows no -0.
      assert.deepEqual(
        [...telemetry.sensors.v],
        sorted.map(({ v }) => (v === null ? Number.NaN : v + 0)),
      );
    }),
    { seed: 4, numRuns: 15 },
  );
});

const real = process.env["PDM_DATA"] ?? join(import.meta.dirname, "../../../shared/data");
const azure = join(real, "azure-pdm");

test("the azure archive: every row is used or set aside", {
  skip: existsSync(azure) ? false : `no ${azure}: set PDM_DATA to the folder that holds azure-pdm`,
}, async () => {
  const mapping = { machine: "machineID", time: "datetime" };
  const { fleet, sources } = await loadFleet(
    spec({
      telemetry: [
        csv("PdM_telemetry_hourly_20machines_90days.csv", {
          ...mapping,
          sensors: ["volt", "rotate", "pressure", "vibration"],
        }),
      ],
      events: {
        errors: csv("PdM_errors.csv", { ...mapping, kind: "errorID" }),
        failures: csv("PdM_failures.csv", { ...mapping, kind: "failure" }),
      },
    }),
    { folder: azure },
  );
  assert.equal(fleet.machines.length, 20);
  assert.deepEqual(fleet.machines.slice(0, 3), ["1", "10", "11"]);
  assert.deepEqual(
    sources.map(({ read, used }) => [read, used]),
    [
      [43_200, 43_200],
      [3919, 782],
      [761, 150],
    ],
  );
});
