import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { csv, type LoadedArchive, loadFleet, parquet, type Rules } from "../../src/archive/index.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { asideRows, asideTexts } from "./aside-rows.ts";
import { archive, spec } from "./fixture.ts";

/** A row as texts; "torn" is a line that is none. */
type Row = { m: string; t: string; k: string; v: string; w: string } | "torn";

const day = fc.integer({ min: 1, max: 6 }).map((one) => `2015-03-0${one}`);
const often = <T>(good: fc.Arbitrary<T>, ...bad: T[]) =>
  fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
const reading = often(fc.integer({ min: 0, max: 9 }).map(String), "", "x", "inf", "-1", "1e9", "-999", "nan", "1_0");
const row: fc.Arbitrary<Row> = fc.record({
  m: often(fc.constantFrom("a", "b", "c"), "", "z", "-999"),
  t: often(day, "", "soon", "2015-03-29 02:30", "2015-10-25 02:30", "2017-01-01", "epoch"),
  k: often(day, "", "later"),
  v: reading,
  w: reading,
});
const rules: fc.Arbitrary<Rules> = fc.record({
  brokenLine: fc.constant("quarantine"),
  missingKey: often<Rules["missingKey"]>(fc.constant("quarantine"), "refuse"),
  missingKnownAt: fc.constantFrom("quarantine", "keep"),
  badTime: often<Rules["badTime"]>(fc.constant("quarantine"), "refuse"),
  timeNotUnique: fc.constantFrom("quarantine", "earlier", "later"),
  badValue: often<Rules["badValue"]>(fc.constantFrom("quarantine", "asMissing"), "refuse"),
  infiniteValue: fc.constantFrom("quarantine", "asMissing"),
  outOfRange: fc.constantFrom("quarantine", "asMissing", "clip"),
  missingValue: fc.constantFrom("quarantine", "keep"),
  futureTime: fc.constantFrom("quarantine", "keep"),
  outOfOrder: fc.constant("quarantine"),
  unlistedMachine: fc.constantFrom("quarantine", "keep"),
  duplicate: fc.constantFrom("quarantine", "latestKnown"),
});

interface Dirty {
  files: readonly (readonly Row[])[];
  rules: Rules;
  sorted: boolean;
  zoned: boolean;
  events: readonly Exclude<Row, "torn">[];
}

const dirty = (torn: boolean): fc.Arbitrary<Dirty> =>
  fc.record({
    files: fc.array(fc.array(torn ? often(row, "torn") : row, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
    rules,
    sorted: fc.boolean(),
    zoned: fc.boolean(),
    events: fc.array(row as fc.Arbitrary<Exclude<Row, "torn">>, { maxLength: 8 }),
  });

const columns = ["m", "t", "k", "v", "w"] as const;
const csvOf = (rows: readonly Row[]) =>
  `m,t,k,note,v,w\n${rows
    .map((one, i) =>
      one === "torn"
        ? "a,2015\n"
        : `${one.m},${one.t},${one.k},"${i % 3 === 0 ? "two\nlines" : ""}",${one.v},${one.w}\n`,
    )
    .join("")}`;
const sqlOf = (rows: readonly Row[]) => {
  const values = rows.map(
    (one, i) => `(${i}, ${columns.map((name) => `'${one === "torn" ? "" : one[name]}'`).join(", ")})`,
  );
  const all = [`(-1, ${columns.map(() => "''").join(", ")})`, ...values];
  return `SELECT ${columns.join(", ")} FROM (VALUES ${all.join(", ")}) AS x(i, ${columns.join(", ")}) WHERE i >= 0 ORDER BY i`;
};

function specOf({ rules, sorted, zoned }: Dirty, format: typeof csv | typeof parquet): ArchiveSpec {
  const { outOfOrder, timeNotUnique, ...others } = rules;
  const unique = zoned ? { timeNotUnique } : {};
  const shared = {
    machine: "m",
    time: "t",
    knownAt: "k",
    missing: ["-999"],
    ...(zoned && { timeZone: "Europe/Berlin" }),
  };
  const { brokenLine, missingKey, missingKnownAt, badTime, futureTime, duplicate } = rules;
  const eventRules = { brokenLine, missingKey, missingKnownAt, badTime, ...unique, futureTime, duplicate };
  const telemetry = format("d", {
    ...shared,
    sensors: ["v", "w"],
    ranges: { v: [0, 100] },
    units: { w: "°F -> °C" },
    notAfter: "2016-01-01",
    ...(sorted && { order: "sorted" }),
    rules: { ...others, ...unique, ...(sorted && { outOfOrder }) },
  });
  return spec({
    telemetry: [telemetry],
    machines: csv("machines.csv", { machine: "m" }),
    events: { errors: csv("errors.csv", { ...shared, kind: "v", notAfter: "2016-01-01", rules: eventRules }) },
  });
}

/** The loaded archive, or the code of the error that it ended with. */
async function outcome(of: ArchiveSpec, folder: string): Promise<LoadedArchive | string> {
  try {
    return await loadFleet(of, { folder });
  } catch (error) {
    if (error instanceof ForewarnError && !error.code.startsWith("BUG_")) return error.code;
    throw error;
  }
}

test("rows read are rows used and rows quarantined, per file; the fleet of a dirty archive is that of the archive without them", async (t) => {
  let loads = 0;
  await fc.assert(
    fc.asyncProperty(dirty(true), async (one) => {
      const text = (i: number) => csvOf(one.files[i]);
      const files = Object.fromEntries(one.files.map((_, i) => [`d/${i}.csv`, text(i)]));
      const folder = await archive(t, { ...files, "machines.csv": "m\na\nb\nc\n", "errors.csv": csvOf(one.events) });
      const loaded = await outcome(specOf(one, csv), folder);
      if (typeof loaded === "string") return;
      loads++;
      const aside = await asideRows(loaded);
      for (const { source, files, read, used } of loaded.sources) {
        assert.equal(read, used + aside.filter((row) => row.source === source).length);
        for (const file of files) {
          const mine = aside.filter((row) => row.source === source && row.file === file.path);
          const counts: Record<string, number> = {};
          for (const { reason } of mine) counts[reason] = (counts[reason] ?? 0) + 1;
          assert.deepEqual(file.quarantined, counts);
          assert.equal(file.read, file.used + mine.length);
        }
      }
      for (const [i, rows] of one.files.entries()) {
        assert.equal(loaded.sources[1].files[i].read, rows.length);
        const gone = new Set(aside.filter(({ file }) => file === `d/${i}.csv`).map(({ row: number }) => number));
        await writeFile(join(folder, `d/${i}.csv`), csvOf(rows.filter((_, at) => !gone.has(at + 1))));
      }
      const gone = new Set(aside.filter(({ file }) => file === "errors.csv").map(({ row: number }) => number));
      await writeFile(join(folder, "errors.csv"), csvOf(one.events.filter((_, at) => !gone.has(at + 1))));
      const listed = aside.filter(({ file }) => file === "machines.csv").map(({ value }) => value);
      await writeFile(
        join(folder, "machines.csv"),
        `m\n${["a", "b", "c"]
          .filter((name) => !listed.includes(name))
          .map((name) => `${name}\n`)
          .join("")}`,
      );
      const cleaned = await loadFleet(specOf(one, csv), { folder });
      assert.equal(cleaned.quarantine, undefined);
      assert.deepEqual(cleaned.fleet, loaded.fleet);
    }),
    { seed: 11, numRuns: 20 },
  );
  assert.ok(loads > 8, `${loads} archives were loaded`);
});

test("a dirty archive is the same as CSV and as Parquet: its fleet, what is quarantined and what is refused", async (t) => {
  let loads = 0;
  await fc.assert(
    fc.asyncProperty(dirty(false), async (one) => {
      const both = Object.fromEntries(
        one.files.flatMap((rows, i) => [
          [`d/${i}.csv`, csvOf(rows)],
          [`d/${i}.parquet`, { sql: sqlOf(rows) }],
        ]),
      );
      const folder = await archive(t, { ...both, "machines.csv": "m\na\nb\nc\n", "errors.csv": csvOf(one.events) });
      const [text, binary] = [await outcome(specOf(one, csv), folder), await outcome(specOf(one, parquet), folder)];
      if (typeof text === "string" || typeof binary === "string") {
        assert.equal(binary, text);
        return;
      }
      loads++;
      assert.deepEqual(binary.fleet, text.fleet);
      const without = (texts: string[]) => texts.map((row) => row.replace(/\.(csv|parquet)/, ""));
      assert.deepEqual(without(await asideTexts(binary)), without(await asideTexts(text)));
      const repaired = ({ sources }: LoadedArchive) => sources.map((source) => source.repaired);
      assert.deepEqual(repaired(binary), repaired(text));
    }),
    { seed: 12, numRuns: 12 },
  );
  assert.ok(loads > 4, `${loads} archives were loaded`);
});
