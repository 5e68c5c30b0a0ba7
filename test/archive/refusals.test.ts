import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, loadFleet } from "../../src/archive/index.ts";
import type { ArchiveSpec, SourceSpec } from "../../src/archive/spec.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { archive, type Files, refusal, spec, telemetry } from "./fixture.ts";

const good = "m,t,v\na,2015-01-01,1\n";
const failures = { failures: csv("failures.csv", { machine: "m", time: "t", kind: "k" }) };

interface Case {
  claim: string;
  files: Files;
  spec?: ArchiveSpec;
  code: string;
  where?: string;
  found?: string | RegExp;
  hint?: RegExp;
}

const cases: Case[] = [
  {
    claim: "a missing column is named, with what is there and what may be meant",
    files: { "telemetry.csv": "M1,t,v\na,2015-01-01,1\n" },
    code: "DATA_COLUMN_MISSING",
    where: "telemetry.csv, read as telemetry",
    found: "`M1`, `t`, `v`",
    hint: /did you mean `M1`\?/,
  },
  {
    claim: "a column's name counts in upper and lower case",
    files: { "telemetry.csv": "m,T,v\na,2015-01-01,1\n" },
    code: "DATA_COLUMN_MISSING",
    hint: /did you mean `T`\?/,
  },
  {
    claim: "a column that is read may not be there twice",
    files: { "telemetry.csv": "m,t,v,v\na,2015-01-01,1,2\n" },
    code: "DATA_COLUMN_TWICE",
  },
  {
    claim: "the first value that is no number is shown with its row",
    files: { "telemetry.csv": `${good}a,2015-01-02,"1,5"\na,2015-01-03,x\n` },
    code: "DATA_COLUMN_TYPE",
    where: "telemetry.csv, line 3, column `v`",
    found: '"1,5"',
  },
  {
    claim: "the first row at fault is found in the first file at fault",
    files: { "d/1.csv": good, "d/2.csv": "m,t,v\nb,2015-01-01,1\n,2015-01-01,1\n", "d/3.csv": "m,t,v\n,,\n" },
    spec: spec({ telemetry: [telemetry({ path: "d" })] }),
    code: "DATA_NULL_KEY",
    where: "d/2.csv, line 3, column `m`",
    found: "nothing",
  },
  {
    claim: "a missing time is refused",
    files: { "telemetry.csv": `${good}a,,1\n` },
    code: "DATA_NULL_KEY",
    where: "telemetry.csv, line 3, column `t`",
  },
  {
    claim: "an infinite reading is refused",
    files: { "telemetry.csv": `${good}a,2015-01-02,-inf\n` },
    code: "DATA_NOT_FINITE",
    where: "telemetry.csv, line 3, column `v`",
    found: '"-inf"',
  },
  {
    claim: "two telemetry rows of a machine at one time are refused, with both their rows",
    files: { "d/1.csv": good, "d/2.csv": "m,t,v\nb,2015-01-01,1\na,2015-01-01 00:00:00,2\n" },
    spec: spec({ telemetry: [telemetry({ path: "d" })] }),
    code: "DATA_DUPLICATE",
    where: "d/1.csv, line 2; d/2.csv, line 3",
    found: "machine `a` twice at 2015-01-01T00:00:00Z",
  },
  {
    claim: "two events of one kind, machine and time are refused",
    files: { "telemetry.csv": good, "failures.csv": "m,t,k\na,2015-01-02,x\na,2015-01-02,y\na,2015-01-02,x\n" },
    spec: spec({ events: failures }),
    code: "DATA_DUPLICATE",
    where: "failures.csv, line 2; failures.csv, line 4",
    found: "`x` of machine `a` twice at 2015-01-02T00:00:00Z",
  },
  {
    claim: "of many duplicates the first is shown and the others are counted",
    files: { "telemetry.csv": `${good}${good.slice(6).repeat(2)}b,2015-01-01,1\nb,2015-01-01,2\n` },
    code: "DATA_DUPLICATE",
    where: "telemetry.csv, line 2; telemetry.csv, line 3",
    found: "machine `a` twice at 2015-01-01T00:00:00Z, and 2 more rows repeat another's key",
  },
  {
    claim: "a line is counted as an editor counts it: empty lines and lines inside quotes are lines",
    files: { "telemetry.csv": 'm,t,v,note\r\na,2015-01-01,1,"two\r\nlines"\r\n\r\na,2015-01-02,x,\r\n' },
    code: "DATA_COLUMN_TYPE",
    where: "telemetry.csv, line 5, column `v`",
  },
  {
    claim: "without a header the first line is line 1",
    files: { "telemetry.csv": "a,2015-01-01,x\n" },
    spec: spec({ telemetry: [telemetry({ columns: ["m", "t", "v"] })] }),
    code: "DATA_COLUMN_TYPE",
    where: "telemetry.csv, line 1, column `v`",
  },
  {
    claim: "an event without a kind is refused where kinds are read",
    files: { "telemetry.csv": good, "failures.csv": "m,t,k\na,2015-01-02,\n" },
    spec: spec({ events: failures }),
    code: "DATA_NULL_KEY",
    where: "failures.csv, line 2, column `k`",
  },
  {
    claim: "an event may not end before it begins",
    files: { "telemetry.csv": good, "down.csv": "m,t,e\na,2015-01-02,2015-01-02\na,2015-01-03,2015-01-01\n" },
    spec: spec({ events: { downtime: csv("down.csv", { machine: "m", time: "t", end: "e" }) } }),
    code: "DATA_END_BEFORE_TIME",
    where: "down.csv, line 3, column `e`",
  },
  {
    claim: "a machine has one row in the machine table",
    files: { "telemetry.csv": good, "machines.csv": "m\na\nb\na\n" },
    spec: spec({ machines: csv("machines.csv", { machine: "m" }) }),
    code: "DATA_DUPLICATE",
    where: "machines.csv, line 2; machines.csv, line 4",
  },
  {
    claim: "a schedule has one interval a component",
    files: { "telemetry.csv": good, "schedule.csv": "c,h\nx,10\ny,10\nx,20\n" },
    spec: spec({ reference: { schedule: csv("schedule.csv", { component: "c", interval: "h" }) } }),
    code: "DATA_DUPLICATE",
    where: "schedule.csv, line 2; schedule.csv, line 4",
  },
  {
    claim: "an interval lies above 0",
    files: { "telemetry.csv": good, "schedule.csv": "c,h\nx,0\n" },
    spec: spec({ reference: { schedule: csv("schedule.csv", { component: "c", interval: "h" }) } }),
    code: "DATA_INTERVAL_NOT_POSITIVE",
  },
  {
    claim: "an interval may not be missing",
    files: { "telemetry.csv": good, "schedule.csv": "c,h\nx,\n" },
    spec: spec({ reference: { schedule: csv("schedule.csv", { component: "c", interval: "h" }) } }),
    code: "DATA_VALUE_MISSING",
  },
  {
    claim: "a lower limit does not lie above the upper one",
    files: { "telemetry.csv": good, "limits.csv": "s,l,h\nv,2,1\n" },
    spec: spec({ reference: { limits: csv("limits.csv", { sensor: "s", low: "l", high: "h" }) } }),
    code: "DATA_LIMITS_CROSSED",
  },
  {
    claim: "no file at a path is an error that names the nearest",
    files: { "telemetrie.csv": good },
    code: "DATA_FILES_MISSING",
    found: "telemetry.csv",
    where: /^telemetry, in the folder /.source,
    hint: /did you mean `telemetrie.csv`\?/,
  },
  { claim: "an archive without a telemetry row is refused", files: { "telemetry.csv": "m,t,v\n" }, code: "DATA_EMPTY" },
  {
    claim: "an empty file has no header",
    files: { "telemetry.csv": "" },
    code: "DATA_FILE_UNREADABLE",
    where: "telemetry.csv",
    found: "an empty file",
  },
  {
    claim: "a row with other columns than the header is refused, with its line",
    files: { "telemetry.csv": `${good}a,2015-01-02\n` },
    code: "DATA_FILE_UNREADABLE",
    where: "telemetry.csv, line 3",
  },
  {
    claim: "text that is not UTF-8 is refused",
    files: { "telemetry.csv": Buffer.from(`${good}\xe9,2015-01-02,1\n`, "latin1") },
    code: "DATA_FILE_UNREADABLE",
  },
  {
    claim: "a file that is not Parquet is refused",
    files: { "telemetry.parquet": good },
    spec: spec({ telemetry: [telemetry({ format: "parquet", path: "telemetry.parquet" })] }),
    code: "DATA_FILE_UNREADABLE",
    where: "telemetry.parquet",
  },
  {
    claim: "a column of another type is refused before any row is read",
    files: { "a.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-01' AS t, TIMESTAMP '2015-01-01' AS v" } },
    spec: spec({ telemetry: [telemetry({ format: "parquet", path: "a.parquet" })] }),
    code: "DATA_COLUMN_TYPE",
    where: "a.parquet, column `v`",
    found: "TIMESTAMP",
  },
  {
    claim: "a nested column is refused",
    files: { "a.parquet": { sql: "SELECT ['a'] AS m, DATE '2015-01-01' AS t, 1.0 AS v" } },
    spec: spec({ telemetry: [telemetry({ format: "parquet", path: "a.parquet" })] }),
    code: "DATA_COLUMN_TYPE",
    found: "VARCHAR[]",
  },
  {
    claim: "a remote store that is not known is refused",
    files: {},
    spec: spec({ telemetry: [telemetry({ path: "s3://bucket/telemetry" })] }),
    code: "PIPELINE_PATH_UNSUPPORTED",
  },
  {
    claim: "telemetry needs a sensor",
    files: {},
    spec: spec({ telemetry: [telemetry({ sensors: [] })] }),
    code: "PIPELINE_MAPPING",
  },
  {
    claim: "a mapping must name what its role needs",
    files: {},
    spec: spec({ telemetry: [telemetry({ time: undefined })] }),
    code: "PIPELINE_MAPPING",
    where: "telemetry",
  },
  {
    claim: "a mapping may name nothing its role cannot have",
    files: {},
    spec: spec({ events: { errors: csv("e.csv", { machine: "m", time: "t", sensors: ["v"] }) } }),
    code: "PIPELINE_MAPPING",
    where: "events.errors",
    found: "`sensors`",
  },
  {
    claim: "reference data match categories of the machine table only",
    files: {},
    spec: spec({
      machines: csv("machines.csv", { machine: "m", attributes: { model: "category", age: "number" } }),
      reference: { schedule: csv("s.csv", { component: "c", interval: "h", match: { modell: "model" } }) },
    }),
    code: "PIPELINE_MAPPING",
    hint: /did you mean `model`\?/,
  },
  {
    claim: "a source is what csv or parquet gives",
    files: {},
    spec: spec({ telemetry: ["telemetry.csv" as unknown as SourceSpec] }),
    code: "PIPELINE_MAPPING",
    where: "telemetry",
  },
  {
    claim: "a delay is of the fleet's kind of time",
    files: { "telemetry.csv": good },
    spec: spec({ telemetry: [telemetry({ delay: "5c" })] }),
    code: "PIPELINE_DURATION",
    where: "telemetry: delay",
  },
];

for (const { claim, files, code, where, found, hint, ...rest } of cases) {
  test(claim, async (t) => {
    const error = await refusal(t, files, rest.spec);
    assert.equal(error.code, code, error.message);
    const { details } = error;
    if (where?.startsWith("^")) assert.match(details.where ?? "", new RegExp(where));
    else if (where !== undefined) assert.equal(details.where, where);
    if (typeof found === "string") assert.equal(details.found, found);
    else if (found !== undefined) assert.match(details.found ?? "", found);
    if (hint !== undefined) assert.match(details.hint ?? "", hint);
  });
}

test("a data folder that is not there is named, not the path inside it", async () => {
  const missing = loadFleet(spec(), { folder: "nowhere/at/all" });
  await assert.rejects(missing, (error) => {
    assert.ok(error instanceof ForewarnError && error.code === "DATA_FOLDER_MISSING");
    assert.match(error.details.found ?? "", /nowhere.at.all$/);
    return true;
  });
});

test("an aborted load ends as interrupted", async (t) => {
  const folder = await archive(t, { "telemetry.csv": good });
  const abort = new AbortController();
  const events = { errors: csv("telemetry.csv", { machine: "m", time: "t" }) };
  const loading = loadFleet(spec({ events }), { folder, signal: abort.signal, onProgress: () => abort.abort() });
  await assert.rejects(loading, (error) => error instanceof ForewarnError && error.code === "INTERRUPTED_LOAD");
});
