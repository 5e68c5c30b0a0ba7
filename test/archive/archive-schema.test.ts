import assert from "node:assert/strict";
import { test } from "node:test";
import { archiveSchema } from "../../src/archive/archive-schema.ts";
import { checkMappings } from "../../src/archive/check-mapping.ts";
import { csv, endOfLife, long, parquet } from "../../src/archive/index.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";

const at = { machine: "m", time: "t" };
const spec: ArchiveSpec = {
  time: "timestamp",
  machines: csv("machines.csv", {
    machine: "m",
    attributes: { age: "number" },
    ranges: { age: [0, null] },
    rules: { unknownMachine: "refuse" },
  }),
  telemetry: [
    parquet("wide", {
      ...at,
      knownAt: "k",
      sensors: ["v"],
      units: { v: "°F -> °C" },
      renamed: { v: ["voltage"] },
      missing: ["-999"],
      timeZone: "Europe/Berlin",
      notAfter: "2025-01-01",
      stamp: "start",
      stampInterval: "1h",
      order: "sorted",
      rules: { duplicate: "latestKnown", futureTime: "quarantine", outOfOrder: "quarantine", timeNotUnique: "later" },
    }),
    csv("long.csv", { ...at, sensors: long({ tag: "tag", value: "value", tags: { T1: "w" } }) }),
  ],
  events: {
    failures: endOfLife({
      remaining: csv("rul.csv", { machine: "m", remaining: "r", units: { remaining: "d -> h" } }),
    }),
  },
  reference: { limits: csv("limits.csv", { sensor: "s", high: "h", units: { w: "bar -> kPa" } }) },
};

test("every word of a contract is plain data that comes back from a file as it was", () => {
  checkMappings(spec);
  assert.deepEqual(archiveSchema.parse(JSON.parse(JSON.stringify(spec))), JSON.parse(JSON.stringify(spec)));
});

test("a contract from a file has no rule and no word that is not known", () => {
  const [wide] = spec.telemetry;
  for (const says of [
    { rules: { duplicate: "first" } },
    { rules: { duplicates: "refuse" } },
    { unit: {} },
    { ranges: { v: [0] } },
  ]) {
    assert.equal(
      archiveSchema.safeParse({ ...spec, telemetry: [{ ...wide, ...says }] }).success,
      false,
      JSON.stringify(says),
    );
  }
});
