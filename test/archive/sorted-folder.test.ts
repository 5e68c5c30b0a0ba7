import assert from "node:assert/strict";
import { appendFile, mkdir, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { csv, endOfLife, loadFleet, long, openSorted, parquet, sortToFolder } from "../../src/archive/index.ts";
import { checkSpace } from "../../src/archive/sorted-disk.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import type { Fleet, Telemetry } from "../../src/core/fleet.ts";
import { archive, type Files, spec, telemetry } from "./fixture.ts";

interface Row {
  machine: string;
  hour: number;
  late: number;
  v: number | null;
}

const row = fc.record({
  machine: fc.constantFrom("1", "10", "2", "é", "\u{1F600}"),
  hour: fc.integer({ min: -30, max: 30 }),
  late: fc.integer({ min: -2, max: 40 }),
  v: fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })),
});
const distinct = { selector: ({ machine, hour }: Row) => `${machine}/${hour}`, minLength: 1, maxLength: 60 };

const instant = (hour: number) => new Date(hour * 3_600_000).toISOString().slice(0, 19);
const asCsv = (rows: readonly Row[]) =>
  `m,t,k,v\n${rows.map(({ machine, hour, late, v }) => `${machine},${instant(hour)},${instant(hour + late)},${v ?? ""}\n`).join("")}`;
const asSql = (rows: readonly Row[]) => {
  const none =
    "SELECT * FROM (VALUES ('', TIMESTAMP '2000-01-01', TIMESTAMP '2000-01-01', 0.5::DOUBLE)) AS x(m, t, k, v) WHERE false";
  const values = rows.map(
    ({ machine, hour, late, v }) =>
      `('${machine}', TIMESTAMP '${instant(hour)}', TIMESTAMP '${instant(hour + late)}', ${v === null ? "NULL" : `'${v}'`}::DOUBLE)`,
  );
  return rows.length === 0 ? none : `SELECT * FROM (VALUES ${values.join(", ")}) AS x(m, t, k, v)`;
};

const columns = { machine: "m", time: "t" };
const fleetOf: ArchiveSpec = spec({
  telemetry: [
    parquet("late", { ...columns, knownAt: "k", sensors: ["v"] }),
    csv("late.csv", { ...columns, knownAt: "k", sensors: ["v"] }),
    parquet("more.parquet", { ...columns, sensors: ["v2"] }),
  ],
  machines: csv("machines.csv", { machine: "m", attributes: { model: "category", age: "number" }, retiredAt: "r" }),
  events: {
    errors: csv("errors.csv", { ...columns, kind: "k", knownAt: "k2" }),
    stops: csv("stops.csv", { ...columns, end: "e" }),
    failures: endOfLife(),
  },
});

test("sorted in buckets on disk, an archive has the columns it has in memory, and any range of machines can be read", async (t) => {
  const plan = fc.record({
    rows: fc.uniqueArray(row, distinct),
    others: fc.uniqueArray(row, distinct),
    cuts: fc.array(fc.nat(60), { minLength: 2, maxLength: 4 }),
    rowsAtOnce: fc.integer({ min: 1, max: 25 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ rows, others, cuts, rowsAtOnce }) => {
      const [first, ...bounds] = cuts.sort((a, b) => a - b);
      const files: Files = {
        "late.csv": asCsv(rows.slice(0, first)),
        ...Object.fromEntries(
          [first, ...bounds].map((from, i) => [`late/${i}.parquet`, { sql: asSql(rows.slice(from, bounds[i])) }]),
        ),
        "more.parquet": { sql: `SELECT m, t, v AS v2 FROM (${asSql(others)})` },
        "machines.csv": "m,model,age,r\n1,a,3,\n10,b,,2020-01-01\n2,a,5,\né,,1,\n",
        "errors.csv": `m,t,k,k2\n${others.map(({ machine, hour }) => `${machine},${instant(hour)},E${hour % 2},${instant(hour + 1)}\n`).join("")}`,
        "stops.csv": "m,t,e\n1,1970-01-01,\n2,1970-01-01,1970-01-02\n",
      };
      const folder = await archive(t, files);
      const loaded = await loadFleet(fleetOf, { folder });
      const sorted = await sortToFolder(fleetOf, { folder, out: join(folder, "out"), rowsAtOnce });
      assert.deepEqual(await sorted.fleet(), loaded.fleet);
      assert.deepEqual(sorted.sources, loaded.sources);
      assert.deepEqual(sorted.machines, loaded.fleet.machines);
      const [from, to] = [first % (sorted.machines.length + 1), sorted.machines.length];
      assert.deepEqual(await sorted.fleet(from, to), await machinesOf(loaded.fleet, from, to));
      await (await openSorted(join(folder, "out"))).verify();
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.startsWith("forewarn-spill")),
        [],
      );
    }),
    { seed: 5, numRuns: 12 },
  );
});

/** The fleet of some machines, put together row by row. */
async function machinesOf(fleet: Fleet, from: number, to: number): Promise<Fleet> {
  const inRange = ({ offsets }: { offsets: Uint32Array }) => {
    const rows: number[] = [];
    for (let machine = from; machine < to; machine++) {
      for (let row = offsets[machine]; row < offsets[machine + 1]; row++) rows.push(row);
    }
    return rows;
  };
  const pick = (rows: readonly number[], column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  const begin = ({ offsets }: { offsets: Uint32Array }) =>
    Uint32Array.from({ length: to - from + 1 }, (_, machine) => offsets[from + machine] - offsets[from]);
  const telemetry = fleet.telemetry.map((table): Telemetry => {
    const rows = inRange(table);
    const sensors = Object.entries(table.sensors).map(([name, column]) => [name, pick(rows, column)]);
    return {
      name: table.name,
      offsets: begin(table),
      time: pick(rows, table.time),
      knownAt: pick(rows, table.knownAt),
      sensors: Object.fromEntries(sensors),
    };
  });
  const events = Object.entries(fleet.events).map(([name, table]) => {
    const rows = inRange(table);
    return [
      name,
      {
        ...table,
        offsets: begin(table),
        time: pick(rows, table.time),
        knownAt: pick(rows, table.knownAt),
        kind: Uint32Array.from(rows, (row) => table.kind[row]),
        ...(table.end && { end: pick(rows, table.end) }),
      },
    ];
  });
  const table = fleet.machineTable;
  assert.ok(
    table?.retiredAt && table.attributes["model"].type === "category" && table.attributes["age"].type === "number",
  );
  const rows = inRange(table);
  const model = {
    ...table.attributes["model"],
    values: Int32Array.from(rows, (row) => table.attributes["model"].values[row]),
  };
  return {
    ...fleet,
    machines: fleet.machines.slice(from, to),
    telemetry,
    events: Object.fromEntries(events),
    machineTable: {
      offsets: begin(table),
      validFrom: pick(rows, table.validFrom),
      attributes: { model, age: { type: "number", values: pick(rows, table.attributes["age"].values) } },
      retiredAt: table.retiredAt.slice(from, to),
    },
  };
}

test("a long table is joined and rows are set aside as they are in memory", async (t) => {
  const readings = [
    "a,1,volt,1",
    "a,1,amp,2",
    "b,1,volt,3",
    "b,1,amp,4",
    "b,2,volt,x",
    "a,2,temp,5",
    ",3,volt,6",
    "a,7,hum,7",
    "b,7,hum,8",
  ];
  const folder = await archive(t, {
    "telemetry.csv": `m,t,tag,value\n${readings.map((line) => `${line}\n`).join("")}`,
  });
  const source = csv("telemetry.csv", {
    machine: "m",
    time: "t",
    sensors: long({ tag: "tag", value: "value", tags: ["volt", "amp", "temp", "hum"] }),
    rules: { badValue: "quarantine", missingKey: "quarantine" },
  });
  const archiveSpec = spec({ time: "cycles", telemetry: [source] });
  const loaded = await loadFleet(archiveSpec, { folder });
  const sorted = await sortToFolder(archiveSpec, { folder, out: join(folder, "out"), rowsAtOnce: 1 });
  assert.deepEqual(
    sorted.tables.map(({ sensors }) => sensors),
    [["volt", "amp"], ["temp"], ["hum"]],
  );
  assert.deepEqual(await sorted.fleet(), loaded.fleet);
  assert.deepEqual(sorted.sources, loaded.sources);
  assert.deepEqual(sorted.quarantine, loaded.quarantine);
  assert.equal(sorted.quarantine?.rows, 2);
  await sorted.verify();
});

const small = { "telemetry.csv": "m,t,v\na,2015-01-02,2\na,2015-01-01,1\nb,2015-01-01,3\n" };

async function refused(promise: Promise<unknown>): Promise<ForewarnError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ForewarnError, String(error));
    return error;
  }
  return assert.fail("nothing was refused");
}

test("a load that is refused leaves no folder behind", async (t) => {
  const folder = await archive(t, { "telemetry.csv": `${small["telemetry.csv"]}a,2015-01-02,4\n` });
  const error = await refused(sortToFolder(spec(), { folder, out: join(folder, "out"), rowsAtOnce: 2 }));
  assert.equal(error.code, "DATA_DUPLICATE");
  assert.equal(error.details.where, "telemetry.csv, line 2; telemetry.csv, line 5");
  assert.deepEqual(await readdir(folder), ["telemetry.csv"]);
});

test("rows to sort at once are a whole number from 1 on, or it is refused before anything is read", async (t) => {
  const folder = await archive(t, small);
  for (const rowsAtOnce of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2" as never]) {
    const options = { folder: join(folder, "none"), out: join(folder, "out"), rowsAtOnce };
    const error = await refused(sortToFolder(spec(), options));
    assert.deepEqual([error.code, error.details.found], ["USAGE_ROWS_AT_ONCE", String(rowsAtOnce)]);
  }
  assert.deepEqual(await readdir(folder), ["telemetry.csv"]);
});

test("a sorted folder is made with those above it", async (t) => {
  const folder = await archive(t, small);
  const out = join(folder, "a", "b", "out");
  await sortToFolder(spec(), { folder, out });
  await (await openSorted(out)).verify();
});

test("a sort that is interrupted while it writes leaves no folder behind", async (t) => {
  const folder = await archive(t, small);
  const controller = new AbortController();
  const options = { folder, out: join(folder, "out"), rowsAtOnce: 1, signal: controller.signal };
  const error = await refused(
    sortToFolder(spec(), { ...options, onProgress: (done) => done > 3 && controller.abort() }),
  );
  assert.equal(error.code, "INTERRUPTED_LOAD");
  assert.deepEqual(await readdir(folder), ["telemetry.csv"]);
});

test("what is there already is not replaced", async (t) => {
  const folder = await archive(t, small);
  await mkdir(join(folder, "out"));
  const error = await refused(sortToFolder(spec(), { folder, out: join(folder, "out") }));
  assert.equal(error.code, "USAGE_FOLDER_EXISTS");
});

test("progress goes from the first row parted to the last row sorted", async (t) => {
  const folder = await archive(t, small);
  const seen: [number, number][] = [];
  await sortToFolder(spec(), { folder, out: join(folder, "out"), rowsAtOnce: 2, onProgress: (...of) => seen.push(of) });
  assert.deepEqual(seen, [
    [3, 6],
    [5, 6],
    [6, 6],
  ]);
});

test("rows of one machine and one time that are too many to be sorted at once say how many would be enough", async (t) => {
  const rows = Array.from({ length: 9 }, (_, i) => `a,${i < 8 ? i : 1_000_000},1\n`);
  const folder = await archive(t, { "telemetry.csv": `m,t,v\n${rows.join("")}` });
  const cycles = spec({ time: "cycles" });
  const error = await refused(sortToFolder(cycles, { folder, out: join(folder, "out"), rowsAtOnce: 7 }));
  assert.equal(error.code, "DATA_MEMORY");
  assert.equal(error.details.hint, "set rowsAtOnce: 8 or more");
  await sortToFolder(cycles, { folder, out: join(folder, "out"), rowsAtOnce: 8 });
});

test("a memory limit that is too small says what would be enough, and that is enough", async (t) => {
  const folder = await archive(t, small);
  const error = await refused(loadFleet(spec(), { folder, memory: "0.01KB" }));
  assert.equal(error.code, "DATA_MEMORY");
  const [, enough] = /memory: "([^"]+)"/.exec(error.details.hint ?? "") ?? [];
  assert.equal((await loadFleet(spec(), { folder, memory: enough })).fleet.machines.length, 2);

  const least = await refused(sortToFolder(spec(), { folder, out: join(folder, "out"), memory: "100MB" }));
  assert.equal(least.code, "DATA_MEMORY");
  assert.match(least.details.hint ?? "", /"512MB"/);
  assert.equal((await refused(loadFleet(spec(), { folder, memory: "much" }))).code, "USAGE_MEMORY");
});

test("what Parquet footers say is too much for memory is refused before a row is read", async (t) => {
  const rows = { sql: "SELECT 'a' AS m, TIMESTAMP '2015-01-01' AS t, 'inf'::DOUBLE AS v FROM range(1000)" };
  const folder = await archive(t, { "a.parquet": rows });
  const source = spec({ telemetry: [telemetry({ format: "parquet", path: "a.parquet" })] });
  assert.equal((await refused(loadFleet(source, { folder, memory: "16KB" }))).code, "DATA_NOT_FINITE");
  const error = await refused(loadFleet(source, { folder, memory: "15KB" }));
  assert.equal(
    error.message,
    "the sorted columns of 1000 telemetry rows need more memory than they may take; expected at most 15 KB, found 16 KB",
  );
});

test("so many buckets that the rows which wait for them would need too much memory are refused with what would be enough", async (t) => {
  const rows = Array.from({ length: 3000 }, (_, i) => `m${i},1,1\n`);
  const folder = await archive(t, { "telemetry.csv": `m,t,v\n${rows.join("")}` });
  const cycles = spec({ time: "cycles" });
  const options = { folder, rowsAtOnce: 1, memory: "512MB" };
  const error = await refused(sortToFolder(cycles, { ...options, out: join(folder, "out") }));
  assert.equal(error.code, "DATA_MEMORY");
  const [, enough] = /memory: "([^"]+)"/.exec(error.details.hint ?? "") ?? [];
  assert.equal(enough, "2.3GB");
  await sortToFolder(cycles, { ...options, rowsAtOnce: 100, out: join(folder, "out") });
});

test("a disk with too little room says how much would be enough", async (t) => {
  const folder = await archive(t, {});
  const error = await refused(checkSpace(folder, 4e18));
  assert.equal(error.code, "SERVICE_DISK_FULL");
  assert.equal(error.details.expected, "4000000 TB free");
  await checkSpace(folder, 1);
});

test("a folder that is cut off, changed or incomplete is refused", async (t) => {
  const folder = await archive(t, small);
  const column = "telemetry-0-sensor-0.f64";
  const damages: Record<string, (out: string) => Promise<void>> = {
    shorter: (out) => truncate(join(out, column), 16),
    longer: (out) => appendFile(join(out, column), "x"),
    missing: (out) => rm(join(out, column)),
    "no sums": (out) => rm(join(out, "SHA256SUMS")),
    "another pack": (out) => appendFile(join(out, "fleet.pack"), "x"),
  };
  for (const [name, damage] of Object.entries(damages)) {
    const out = join(folder, name);
    await sortToFolder(spec(), { folder, out });
    await damage(out);
    assert.equal((await refused(openSorted(out))).code, "DATA_SORTED_DAMAGED", name);
  }
  const out = join(folder, "changed");
  const sorted = await sortToFolder(spec(), { folder, out });
  await sorted.verify();
  await writeFile(join(out, column), new Float64Array([1, 2, 4]));
  assert.equal((await refused(sorted.verify())).code, "DATA_SORTED_DAMAGED");
  assert.equal((await refused(sorted.fleet(1, 3))).code, "USAGE_MACHINE_RANGE");
});

test("one scan over many Parquet files still counts and blames each file by itself", async (t) => {
  const sql = (m: string, v: string) => ({ sql: `SELECT ${m} AS m, TIMESTAMP '2015-01-01' AS t, ${v} AS v` });
  const many = spec({ telemetry: [telemetry({ format: "parquet", path: "d" })] });
  const files: Files = {
    "d/1.parquet": sql("'a'", "1.5"),
    "d/2.parquet": sql("2", "1"),
    "d/3.parquet": {
      sql: "SELECT 'c' AS m, TIMESTAMP '2015-01-01' + to_hours(i::INT) AS t, 1.5 AS v FROM range(3) AS x(i)",
    },
    "d/4.parquet": { sql: "SELECT 'x' AS m, TIMESTAMP '2015-01-01' AS t, 1.5 AS v WHERE false" },
    "d/5.parquet": sql("5", "2"),
  };
  const folder = await archive(t, files);
  const { fleet, sources } = await loadFleet(many, { folder });
  assert.deepEqual(fleet.machines, ["2", "5", "a", "c"]);
  assert.deepEqual(
    sources[0].files.map(({ read, used }) => [read, used]),
    [
      [1, 1],
      [1, 1],
      [3, 3],
      [0, 0],
      [1, 1],
    ],
  );

  const infinite = { ...files, "d/3.parquet": sql("'c'", "'inf'::DOUBLE"), "d/5.parquet": sql("5", "'inf'::DOUBLE") };
  const error = await refused(loadFleet(many, { folder: await archive(t, infinite) }));
  assert.deepEqual([error.code, error.details.where], ["DATA_NOT_FINITE", "d/3.parquet, row 1, column `v`"]);

  const twice = { ...files, "d/5.parquet": sql("'a'", "1.5") };
  const duplicate = await refused(loadFleet(many, { folder: await archive(t, twice) }));
  assert.deepEqual(
    [duplicate.code, duplicate.details.where],
    ["DATA_DUPLICATE", "d/1.parquet, row 1; d/5.parquet, row 1"],
  );
});
