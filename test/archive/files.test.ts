import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { parquetWriteBuffer } from "hyparquet-writer";
import { loadFleet } from "../../src/archive/index.ts";
import { archive, type Files, load, refusal, spec, telemetry } from "./fixture.ts";

const row = (machine: string) => `m,t,v\n${machine},2015-01-01,1\n`;

const tree: Files = {
  "2015/01/a.csv": row("a"),
  "2015/02/b.csv": row("b"),
  "2015/c.csv": row("c"),
  "2015/_SUCCESS.csv": "",
  "2015/.hidden.csv": "",
  "2015/notes.txt": "",
  "2016/d.CSV": row("d"),
  "é.csv": row("e"),
};

for (const [path, expected] of [
  ["2015", ["2015/c.csv"]],
  ["2016", ["2016/d.CSV"]],
  ["2015/c.csv", ["2015/c.csv"]],
  ["2015/*.csv", ["2015/c.csv"]],
  ["2015/*/*.csv", ["2015/01/a.csv", "2015/02/b.csv"]],
  ["2015/**/*.csv", ["2015/01/a.csv", "2015/02/b.csv", "2015/c.csv"]],
  ["**/[ab].csv", ["2015/01/a.csv", "2015/02/b.csv"]],
  ["2015/0[!1]/?.csv", ["2015/02/b.csv"]],
  ["2015/0{1,2}/*.csv", ["2015/01/a.csv", "2015/02/b.csv"]],
  ["./2015/../é.csv", ["é.csv"]],
] as const) {
  test(`the path ${path} names ${expected.join(", ")}`, async (t) => {
    const { sources } = await load(t, tree, spec({ telemetry: [telemetry({ path })] }));
    assert.deepEqual(
      sources[0].files.map((file) => file.path),
      expected,
    );
  });
}

test("a path may be absolute or lead out of the folder, since the pipeline's author names it", async (t) => {
  const folder = await archive(t, { "data/x.csv": "", "other/telemetry.csv": row("a") });
  for (const path of [join(folder, "other", "telemetry.csv"), "../other/telemetry.csv"]) {
    const { sources } = await loadFleet(spec({ telemetry: [telemetry({ path })] }), { folder: join(folder, "data") });
    assert.deepEqual(
      sources[0].files.map((file) => file.path),
      ["../other/telemetry.csv"],
    );
  }
});

test("a file whose name has wildcards in it is that file, not what they match", async (t) => {
  const files = { "a[1].csv": row("brackets"), "a1.csv": row("other"), "b*.csv": row("star"), "bb.csv": row("other") };
  for (const [path, machine] of [
    ["a[1].csv", "brackets"],
    ["b*.csv", "star"],
  ]) {
    const { fleet } = await load(t, files, spec({ telemetry: [telemetry({ path })] }));
    assert.deepEqual(fleet.machines, [machine]);
  }
});

test("every file is reported with its size, its SHA-256 and its rows", async (t) => {
  const files = { "d/1.csv": row("a"), "d/2.csv": `${row("b")}b,2015-01-02,2\n` };
  const { sources } = await load(t, files, spec({ telemetry: [telemetry({ path: "d" })] }));
  const expected = Object.entries(files).map(([path, text], i) => ({
    path,
    bytes: text.length,
    sha256: createHash("sha256").update(text).digest("hex"),
    read: i + 1,
    used: i + 1,
    quarantined: {},
  }));
  assert.deepEqual(sources, [{ source: "telemetry", files: expected, read: 3, used: 3, quarantined: {} }]);
});

test("a glob that matches nothing is an error", async (t) => {
  const error = await refusal(t, tree, spec({ telemetry: [telemetry({ path: "2017/*.csv" })] }));
  assert.equal(error.code, "DATA_FILES_MISSING");
});

test("line ends, byte order marks, quoted line breaks and delimiters of all usual kinds are read", async (t) => {
  const texts = [
    "m,t,v\r\na,2015-01-01,1\r\n",
    "\uFEFFm,t,v\na,2015-01-01,1",
    'x,m,t,v\n"one\ntwo, ""three""",a,2015-01-01,1\n',
    "m;t;v\na;2015-01-01;1\n",
    "m\tt\tv\na\t2015-01-01\t1\n",
    "m|t|v\n\na|2015-01-01|1\n\n",
    '"m","t","v"\n"a","2015-01-01","1"\n',
  ];
  for (const text of texts) {
    const { fleet } = await load(t, { "telemetry.csv": text });
    assert.deepEqual(fleet.machines, ["a"], JSON.stringify(text));
    assert.deepEqual([...fleet.telemetry[0].sensors.v], [1], JSON.stringify(text));
  }
  const given = spec({ telemetry: [telemetry({ delimiter: "::" })] });
  const { fleet } = await load(t, { "telemetry.csv": "m::t::v\na::2015-01-01::1\n" }, given);
  assert.deepEqual(fleet.machines, ["a"]);
});

test("an archive of telemetry alone needs no word of events or reference data", async (context) => {
  const { fleet } = await load(
    context,
    { "telemetry.csv": "m,t,v\na,2025-01-01,1\n" },
    { time: "timestamp", telemetry: [telemetry()] },
  );
  assert.deepEqual([fleet.machines, fleet.events, fleet.schedule, fleet.limits], [["a"], {}, undefined, undefined]);
});

test("a file parted by spaces may end its lines in several ways", async (t) => {
  const source = { ...spec().telemetry[0], delimiter: " " };
  const { fleet } = await load(
    t,
    { "telemetry.csv": "m t v\r\na 2015-01-01 1\na 2015-01-02 2\ra 2015-01-03 3" },
    spec({ telemetry: [source] }),
  );
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [1, 2, 3]);
});

test("files that are no UTF-8 text are told by what they are", async (t) => {
  for (const [content, found] of [
    [Buffer.from("\ufeffm,t,v\n", "utf16le"), /UTF-16/],
    [Buffer.from("m,t,v\n", "utf16le"), /UTF-16/],
    [Buffer.from("PAR1....", "latin1"), /Parquet/],
    [Buffer.from("m,t\0,v\n", "latin1"), /NUL/],
    [Buffer.from("m,t,v,Temp\xe9\n", "latin1"), /another encoding/],
  ] as const) {
    const error = await refusal(t, { "telemetry.csv": content });
    assert.equal(error.code, "DATA_FILE_UNREADABLE");
    assert.match(error.details.found ?? "", found);
  }
});

test("a quote opens a quoted name only where the name begins", async (t) => {
  const { fleet } = await load(t, { "telemetry.csv": 'm,t,v,5" pipe\na,2015-01-01,1,2\n' });
  assert.deepEqual(fleet.machines, ["a"]);
  const error = await refusal(t, { "telemetry.csv": '"m,t,v\na,2015-01-01,1\n' });
  assert.deepEqual([error.code, error.details.found], ["DATA_FILE_UNREADABLE", "a quote that is not closed"]);
});

test("columns of Parquet that differ in capitals alone are read by their own names", async (t) => {
  const folder = await archive(t, { "a.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-01' AS t, 1.5 AS v" } });
  const rows = parquetWriteBuffer({
    columnData: [
      { name: "m", data: ["a"], type: "STRING" },
      { name: "t", data: ["2015-01-01"], type: "STRING" },
      { name: "v", data: [1], type: "DOUBLE" },
      { name: "V", data: [2], type: "DOUBLE" },
    ],
  });
  await writeFile(join(folder, "a.parquet"), new Uint8Array(rows));
  const source = telemetry({ format: "parquet", path: "a.parquet", sensors: ["V", "v"] });
  const { fleet } = await loadFleet(spec({ telemetry: [source] }), { folder });
  assert.deepEqual([fleet.telemetry[0].sensors.V[0], fleet.telemetry[0].sensors.v[0]], [2, 1]);
});
