import assert from "node:assert/strict";
import { test } from "node:test";
import { withDatabase } from "../../src/archive/database.ts";
import { readerVersions } from "../../src/archive/reader-versions.ts";
import { spec, telemetry } from "./fixture.ts";

test("the version that is named is that of the DuckDB which reads", async () => {
  const [[version]] = await withDatabase(undefined, (database) => database.rows("SELECT version()"));
  assert.ok(readerVersions(spec()).duckdb.startsWith(String(version).replace(/^v/, "")), String(version));
});

test("the version of the time zones is named where a source has one", () => {
  const of = (timeZone?: string) => readerVersions(spec({ telemetry: [telemetry({ timeZone })] })).timeZones;
  assert.match(String(of("Europe/Berlin")), /^20\d\d[a-z]$/);
  assert.equal(of("UTC"), undefined);
  assert.equal(of(), undefined);
});
