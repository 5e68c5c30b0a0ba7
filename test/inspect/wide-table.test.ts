import assert from "node:assert/strict";
import { test } from "node:test";
import { withDatabase } from "../../src/archive/database.ts";
import { listTables } from "../../src/inspect/list-tables.ts";
import { profileTable } from "../../src/inspect/profile-table.ts";
import { csvText, folderOf, type Row } from "./support/plant.ts";

test("the memory that a table is profiled in does not grow with its columns", async (context) => {
  const rows = [1, 2, 3].map(
    (row): Row => ({
      machine: "pump-1",
      time: `2025-03-01 0${row}:00:00`,
      ...Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`s${i}`, String(row * i)])),
    }),
  );
  const folder = await folderOf(context, { "telemetry.csv": csvText(rows) });
  const profile = async () =>
    await withDatabase(
      undefined,
      async (database) => {
        const { tables } = await listTables(database, folder);
        return await profileTable(database, tables[0], 0);
      },
      { memory: 400_000_000 },
    );
  const { rows: count, profile: columns } = await profile();
  assert.deepEqual([count, columns.length], [3, 302]);
  const last = { name: "s299", kind: "whole", filled: 3, distinct: 3, least: 299, most: 897 };
  assert.deepEqual(columns[301], last);
});
