import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { readScorerManifest } from "../../src/scoring/manifest.ts";
import { withPublished } from "./published.ts";

test("a manifest keeps the operating cycles that its model was trained on, and is refused with those that are none", () =>
  withPublished({ kind: "binary" }, async ({ manifest }) => {
    const cycles = { cycles: "state", state: "running", is: 1, silence: "10m", late: "1m" };
    assert.deepEqual(readScorerManifest({ ...manifest, cycles }, "manifest").cycles, cycles);
    const spoilt = [
      "30s",
      { cycles: "gap" },
      { cycles: "gap", gap: "5c" },
      { cycles: "gap", gap: "30s", is: 1 },
      { ...cycles, is: "1" },
    ];
    for (const cycles of spoilt) {
      assert.throws(
        () => readScorerManifest({ ...manifest, cycles }, "manifest"),
        (error) => error instanceof ForewarnError && error.code === "REGISTRY_SCORER_UNREADABLE",
        JSON.stringify(cycles),
      );
    }
  }));
