import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";

test("a fleet is written into an empty folder, or with overwrite over an earlier one, of which no month stays", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeFleet(folder, simulateFleet({ seed: 1, machines: 1, days: 40, every: "24h" }));
  assert.deepEqual(await readdir(join(folder, "telemetry")), ["2025-01.parquet", "2025-02.parquet"]);
  await writeFile(join(folder, "notes.txt"), "mine");
  const shorter = simulateFleet({ seed: 1, machines: 1, days: 10, every: "24h" });
  await assert.rejects(
    writeFleet(folder, shorter),
    (error) =>
      error instanceof ForewarnError && error.code === "USAGE_FOLDER_NOT_EMPTY" && error.details.where === folder,
  );
  assert.equal((await readdir(join(folder, "telemetry"))).length, 2);
  await writeFleet(folder, shorter, { overwrite: true });
  assert.deepEqual(await readdir(join(folder, "telemetry")), ["2025-01.parquet"]);
  assert.ok((await readdir(folder)).includes("notes.txt"), "what is not of a simulation is left alone");
});
