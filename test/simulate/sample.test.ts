import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { test } from "node:test";
import { csv, loadFleet, parquet } from "../../src/archive/index.ts";
import { sha256 } from "../../src/core/json.ts";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";

const sample = join(import.meta.dirname, "../../data/sample");

/** SHA-256 of every file of a folder, by path. */
async function sums(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true })) {
    const location = join(folder, entry);
    if ((await stat(location)).isFile()) found[entry.split(sep).join("/")] = sha256(await readFile(location));
  }
  return found;
}

test("data/sample is what its seed makes, to the byte", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const written = await writeFleet(folder, simulateFleet({ seed: 1 }));
  const expected = await sums(sample);
  assert.deepEqual(await sums(folder), expected);
  assert.deepEqual(written, Object.keys(expected).sort());
});

test("data/sample holds at most 3 MB", async () => {
  const files = Object.keys(await sums(sample));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(sample, file))).size));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 3_000_000);
});

test("data/sample loads: all its rows are used but those of the machine that does not run yet", async () => {
  const event = { machine: "machine", time: "time" };
  const { fleet, sources } = await loadFleet(
    {
      time: "timestamp",
      machines: csv("machines.csv", {
        machine: "machine",
        attributes: { model: "category", age: "number", site: "category", power_kw: "number" },
        commissionedAt: "commissioned",
        retiredAt: "retired",
      }),
      telemetry: [
        parquet("telemetry", { ...event, sensors: ["vibration", "temperature", "pressure", "current", "load"] }),
      ],
      events: {
        errors: csv("errors.csv", { ...event, kind: "code" }),
        maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
        failures: csv("failures.csv", { ...event, kind: "component" }),
        downtime: csv("downtime.csv", { machine: "machine", time: "start", end: "end", kind: "reason" }),
      },
      reference: {
        schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }),
        limits: csv("limits.csv", { sensor: "sensor", low: "low", high: "high", match: { model: "model" } }),
      },
    },
    { folder: sample },
  );
  assert.equal(fleet.machines.length, 32);
  assert.ok(fleet.events.failures.time.length >= 60);
  assert.deepEqual(fleet.events.failures.kinds, ["bearing", "motor", "seal"]);
  const aside = sources.filter(({ read, used }) => read !== used);
  assert.deepEqual(
    aside.map(({ source, quarantined }) => [source, quarantined]),
    [["machines", { unknownMachine: 1 }]],
  );
});
