import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { archiveToScore } from "../../src/pipeline/archive-to-score.ts";

const columns = { machine: "m", time: "t", sensors: ["v"] };
const now = new Date("2026-01-01T00:00:00Z");

test("where the archive to learn from ended says nothing of later files: they are held against the clock", () => {
  const rules = { futureTime: "quarantine" } as const;
  const telemetry = [csv("a.csv", { ...columns, notAfter: "2025-07-01", rules }), csv("b.csv", columns)];
  const failures = csv("f.csv", { machine: "m", time: "t", kind: "k", notAfter: "2025-07-01" });
  const archive = archiveToScore({ time: "timestamp", telemetry, events: { failures } }, now);
  assert.deepEqual(archive.telemetry, [{ ...telemetry[0], notAfter: "2026-01-02T00:00:00Z" }, telemetry[1]]);
  assert.deepEqual(archive.events, { failures: { ...failures, notAfter: "2026-01-02T00:00:00Z" } });
});

test("a counter has no clock, so no later cycle is too late", () => {
  const rules = { futureTime: "quarantine", badValue: "asMissing" } as const;
  const telemetry = [csv("a.csv", { ...columns, notAfter: 100, rules })];
  const archive = archiveToScore({ time: "cycles", telemetry }, now);
  assert.deepEqual(archive.telemetry, [csv("a.csv", { ...columns, rules: { badValue: "asMissing" } })]);
});
