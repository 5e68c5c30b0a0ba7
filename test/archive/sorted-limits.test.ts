import assert from "node:assert/strict";
import { test } from "node:test";
import { withDatabase } from "../../src/archive/database.ts";
import { ForewarnError } from "../../src/core/errors.ts";

const large = "SELECT i, random() AS a, random() AS b FROM range(2000000) AS numbers(i)";

function isRefused(code: string, expected: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof ForewarnError && error.code === code, String(error));
    assert.match(error.details.expected ?? "", expected);
    assert.ok(error.details.hint);
    return true;
  };
}

test("a database without enough memory says how much it had, not that a file cannot be read", async () => {
  await assert.rejects(
    withDatabase(undefined, (database) => database.rows(`SELECT list(a) FROM (${large})`), { memory: 20e6 }),
    isRefused("DATA_MEMORY", /^at most 20 MB$/),
  );
});

test("a full disk under rows that wait is told of with what would be enough, from a statement as from a stream", async () => {
  const small = { memory: 20e6 };
  await assert.rejects(
    withDatabase(
      undefined,
      async (database) => {
        await database.run("SET max_temp_directory_size = '1MB'");
        await database.run(`CREATE TEMP TABLE copied AS ${large}`);
      },
      small,
    ),
    isRefused("SERVICE_DISK_FULL", /CSV/),
  );
  await assert.rejects(
    withDatabase(
      undefined,
      async (database) => {
        await database.run("SET max_temp_directory_size = '1MB'");
        for await (const { rows } of database.parts(`SELECT a, b FROM (${large}) ORDER BY a`)) assert.ok(rows > 0);
      },
      small,
    ),
    isRefused("SERVICE_DISK_FULL", /CSV/),
  );
});
