/** The words over events, use and two sensors under the leak check. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkLeaks } from "../../src/check/check-leaks.ts";
import * as words from "../../src/features/index.ts";
import { makeFleet, type ReadingRow } from "../features/support/make-fleet.ts";
import { subjectOf, wornRows } from "./worn-fleet.ts";

/** The worn fleet with a second sensor, in a table of its own with late rows. */
function fleetWithFlow() {
  const rows = wornRows();
  const volts: readonly ReadingRow[] = Object.values(rows.telemetry).flat();
  const flow = volts
    .filter((_, i) => i % 3 !== 0)
    .map(({ machine, time, values }, i) => ({
      machine,
      time,
      knownAt: time + (i % 4) * 1_800_000_000,
      values: { flow: 2 * values["volt"] + (i % 5) },
    }));
  return makeFleet({ ...rows, telemetry: { ...rows.telemetry, flow } });
}

test("no word over events, use or two sensors leaks, nor does what is fitted for one", async () => {
  const features = [
    words.countOf("errors", { over: "12h", resetOn: "maintenance" }),
    words.countSince("errors", { since: "maintenance" }),
    words.intervalOf("errors", { over: "3d", resetOn: "failures" }),
    words.intervalOf("failures", { over: "7d" }),
    words.lastKind("errors", { over: "1d" }),
    words.lastKind("maintenance", { over: "3d" }),
    words.rateOf("errors", { over: "1d" }),
    words.sequenceOf("errors", ["e1", "e1"], { within: "6h", over: "2d", resetOn: "maintenance" }),
    words.hoursAbove("volt", { above: 1, over: "12h" }),
    words.limitExceeded("limits", { over: "12h", sides: ["low", "high"] }),
    words.age(),
    words.differenceOf("flow", "volt"),
    words.differenceOf("flow", "volt", { over: "12h", stats: ["mean", "sd"], hold: "2h" }),
    words.ratioOf("volt", "flow", { over: "6h", resetOn: "maintenance" }),
    words.correlationOf("flow", "volt", { over: "1d", stats: ["correlation", "slope"], hold: "3h" }),
  ];
  const report = await checkLeaks(subjectOf({ features }, fleetWithFlow()), { trials: 8, seed: 5 });
  assert.deepEqual(report.leaks, []);
  assert.deepEqual(report.notFitted, []);
  assert.equal(report.columns, 38);
});
