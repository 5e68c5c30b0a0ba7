import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeArchive, sensors } from "../../bench/archive/make-archive.ts";
import { loadFleet, parquet } from "../../src/archive/index.ts";

test("the archive of the benchmark holds each machine's hours once, and each file rows of many machines", async (context) => {
  const home = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(home, { recursive: true, force: true }));
  const { folder, rows, files } = await makeArchive(home, 3_000);
  assert.deepEqual([rows, files], [3_000, 100]);
  const load = async (path: string) => {
    const telemetry = [parquet(path, { machine: "machine", time: "time", sensors })];
    return (await loadFleet({ time: "timestamp", telemetry }, { folder })).fleet;
  };
  const { machines, telemetry } = await load("*.parquet");
  assert.equal(machines.length, 1_000);
  const hour = 3_600_000_000;
  const { offsets, time } = telemetry[0];
  machines.forEach((_, machine) => {
    const hours = [...time.subarray(offsets[machine], offsets[machine + 1])].map((instant) => instant / hour);
    assert.deepEqual(hours, [394_464, 394_465, 394_466]);
  });
  assert.ok((await load("part-000.parquet")).machines.length > 20);
});
