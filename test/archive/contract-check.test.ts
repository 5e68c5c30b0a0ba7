import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, endOfLife, long, type Rules } from "../../src/archive/index.ts";
import type { SourceSpec } from "../../src/archive/spec.ts";
import { refusal, spec, telemetry } from "./fixture.ts";

/** What the telemetry says, and what is wrong with it. */
const wrong: [says: Record<string, unknown>, code: string, found: string, hint?: RegExp][] = [
  [{ units: { v: "°F -> °K" } }, "PIPELINE_UNIT", '"°K"', /°C|°F|K/],
  [{ units: { v: "°F -> bar" } }, "PIPELINE_UNIT", '"bar"'],
  [{ units: { v: "Kelvins -> °C" } }, "PIPELINE_UNIT", '"Kelvins"'],
  [{ units: { v: "°F" } }, "PIPELINE_UNIT", '"°F"'],
  [{ units: { vv: "°F -> °C" } }, "PIPELINE_MAPPING", '"vv"', /did you mean `v`\?/],
  [{ units: "°F -> °C" }, "PIPELINE_MAPPING", '"°F -> °C"'],
  [{ ranges: { v: [2, 1] } }, "PIPELINE_MAPPING", "[2,1]"],
  [{ ranges: { v: [null, null] } }, "PIPELINE_MAPPING", "[null,null]"],
  [{ ranges: { v: [0, "1"] } }, "PIPELINE_MAPPING", '[0,"1"]'],
  [{ ranges: { w: [0, 1] } }, "PIPELINE_MAPPING", '"w"'],
  [{ renamed: { v: "voltage" } }, "PIPELINE_MAPPING", '"voltage"'],
  [{ renamed: { w: ["voltage"] } }, "PIPELINE_MAPPING", '"w"'],
  [{ renamed: { v: ["t"] } }, "PIPELINE_MAPPING", '"t"'],
  [{ missing: "-" }, "PIPELINE_MAPPING", '"-"'],
  [{ missing: [-999] }, "PIPELINE_MAPPING", "[-999]"],
  [{ timeZone: "Europe/Berlim" }, "PIPELINE_MAPPING", '"Europe/Berlim"'],
  [{ timeZone: "+01:00" }, "PIPELINE_MAPPING", '"+01:00"'],
  [{ notAfter: "tomorrow" }, "PIPELINE_INSTANT", '"tomorrow"'],
  [{ order: "time" }, "PIPELINE_MAPPING", '"time"'],
  [{ stamp: "middle" }, "PIPELINE_MAPPING", '"middle"'],
  [{ stamp: "start" }, "PIPELINE_MAPPING", "nothing"],
  [{ stampInterval: "1h" }, "PIPELINE_MAPPING", '"1h"'],
  [{ stamp: "start", stampInterval: "one hour" }, "PIPELINE_DURATION", '"one hour"'],
  [{ rules: { badvalue: "quarantine" } }, "PIPELINE_MAPPING", "`badvalue`", /did you mean `badValue`\?/],
  [{ rules: { badValue: "quarantin" } }, "PIPELINE_MAPPING", '"quarantin"', /did you mean `quarantine`\?/],
  [{ rules: { badTime: "asMissing" } }, "PIPELINE_MAPPING", '"asMissing"'],
  [{ rules: { unknownMachine: "refuse" } }, "PIPELINE_MAPPING", "`unknownMachine`"],
  [{ rules: { outOfRange: "clip" } }, "PIPELINE_MAPPING", '"clip"'],
  [{ rules: { missingKnownAt: "keep" } }, "PIPELINE_MAPPING", '"keep"'],
  [{ knownAt: "k", rules: { missingKnownAt: "asMissing" } }, "PIPELINE_MAPPING", '"asMissing"'],
  [{ rules: { outOfOrder: "quarantine" } }, "PIPELINE_MAPPING", '"quarantine"'],
  [{ rules: { timeNotUnique: "later" } }, "PIPELINE_MAPPING", '"later"'],
  [{ rules: { unknownTag: "quarantine" } }, "PIPELINE_MAPPING", '"quarantine"'],
  [{ rules: { unlistedMachine: "quarantine" } }, "PIPELINE_MAPPING", '"quarantine"'],
  [{ rules: { duplicate: "latestKnown" } }, "PIPELINE_MAPPING", '"latestKnown"'],
  [{ rules: { futureTime: "quarantine" } }, "PIPELINE_MAPPING", '"quarantine"'],
  [{ rules: "quarantine" }, "PIPELINE_MAPPING", '"quarantine"'],
  [{ sensors: { tag: "tag", value: "value" } }, "PIPELINE_MAPPING", '{"tag":"tag","value":"value"}'],
  [{ sensors: long({ tag: "tag", value: "value", tags: [] }) }, "PIPELINE_MAPPING", "none"],
];

for (const [says, code, found, hint] of wrong) {
  test(`a contract that says ${JSON.stringify(says)} is refused before any file is opened`, async (t) => {
    const error = await refusal(t, {}, spec({ telemetry: [telemetry(says as Partial<SourceSpec>)] }));
    assert.equal(error.code, code, error.message);
    assert.equal(error.details.found, found);
    assert.match(error.details.where ?? "", /^telemetry/);
    if (hint !== undefined) assert.match(error.details.hint ?? "", hint);
  });
}

test("a word of the contract that a source can have no use for is refused", async (t) => {
  const machines = csv("machines.csv", { machine: "m", stamp: "start", stampInterval: "1h" });
  const error = await refusal(t, {}, spec({ machines }));
  assert.deepEqual([error.code, error.details.found], ["PIPELINE_MAPPING", "`stamp`"]);
});

test("counters have no time zone", async (t) => {
  const error = await refusal(t, {}, spec({ time: "cycles", telemetry: [telemetry({ timeZone: "Europe/Berlin" })] }));
  assert.deepEqual([error.code, error.details.found], ["PIPELINE_MAPPING", '"Europe/Berlin"']);
});

test("sources of one table settle duplicates alike", async (t) => {
  const one = (rule: Rules["duplicate"]) => telemetry({ rules: { duplicate: rule } });
  const error = await refusal(t, {}, spec({ telemetry: [one("quarantine"), one("refuse")] }));
  assert.deepEqual([error.code, error.details.where], ["PIPELINE_MAPPING", "telemetry[1]"]);
});

test("an event table has no dot in its name, which would make it another's file", async (t) => {
  const remaining = csv("life.csv", { machine: "m", remaining: "hours" });
  const errors = csv("errors.csv", { machine: "m", time: "t" });
  const events = { x: endOfLife({ remaining }), "x.remaining": errors };
  const error = await refusal(t, {}, spec({ events }));
  assert.deepEqual([error.code, error.details.where], ["PIPELINE_MAPPING", "events.x.remaining"]);
});
