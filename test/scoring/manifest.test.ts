import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { readScorerManifest } from "../../src/scoring/manifest.ts";
import { withPublished } from "./published.ts";

const source = { format: "csv", path: "telemetry.csv", machine: "m", time: "t", sensors: ["volt"] };
const whole = { time: "cycles", telemetry: [source], events: { failures: source }, reference: {} };

test("a manifest made by hand is refused by the place inside its archive, before anything reads it", () =>
  withPublished({ kind: "binary" }, async ({ manifest }) => {
    assert.deepEqual(readScorerManifest({ ...manifest, archive: whole }, "manifest").archive, whole);
    const spoilt: [archive: unknown, place: string][] = [
      [undefined, "archive"],
      [[], "archive"],
      [{}, "archive.time"],
      [{ ...whole, telemetry: null }, "archive.telemetry"],
      [{ ...whole, telemetry: [null] }, "archive.telemetry[0]"],
      [{ ...whole, telemetry: [{ ...source, path: undefined }] }, "archive.telemetry[0].path"],
      [{ ...whole, telemetry: [{ ...source, sensors: [1] }] }, "archive.telemetry[0].sensors"],
      [{ ...whole, events: null }, "archive.events"],
      [{ ...whole, events: { failures: { ...source, format: "xml" } } }, "archive.events.failures.format"],
      [{ ...whole, events: { failures: { format: "endOfLife", remaining: 3 } } }, "archive.events.failures.remaining"],
      [{ ...whole, reference: null }, "archive.reference"],
      [{ ...whole, extra: 1 }, "archive"],
    ];
    for (const [archive, place] of spoilt) {
      assert.throws(
        () => readScorerManifest({ ...manifest, archive }, "manifest"),
        (error) => {
          assert.ok(error instanceof ForewarnError && error.code === "REGISTRY_SCORER_UNREADABLE", String(error));
          assert.ok(error.details.found?.startsWith(`${place}: `), error.details.found);
          return true;
        },
      );
    }
  }));
