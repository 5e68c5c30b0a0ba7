import assert from "node:assert/strict";
import { test } from "node:test";
import { operatingCycles } from "../../src/features/cycles/operating-cycles.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelHorizon } from "../../src/labels/horizon.ts";
import { failsWithin, gridCutoffs } from "../../src/labels/index.ts";
import { labelRows } from "../../src/labels/label-rows.ts";
import { CENSORED, FAILS, HEALTHY } from "../../src/labels/labels.ts";
import { observe } from "../../src/labels/observation.ts";
import { buildFleet, type EventRow } from "./build-fleet.ts";

const SECOND = 1_000_000;
const cycles = operatingCycles({ gap: "10s" });

/** A row at 0 s, then one cycle of one row at 100 s, 200 s and so on to 600 s, each known to be closed 10 s later; the last row at 700 s. */
function labelled(
  horizon: string,
  events: Record<string, readonly EventRow[]>,
  endsObservation: readonly string[] = [],
) {
  const rows = [0, 100, 200, 300, 400, 500, 600, 700].map((second) => second * SECOND);
  const fleet = buildFleet({ time: "timestamp", telemetry: [{ m: rows }], events, endsObservation });
  const spec = failsWithin(horizon, { of: "failures" });
  const history = buildHistory(fleet, spec);
  const observation = observe(fleet, history, {});
  const cutoffs = gridCutoffs(fleet, observation, undefined, cycles);
  const labels = labelRows(spec, fleet, history, observation, cutoffs, { cycles });
  return Object.fromEntries(
    [...cutoffs.cutoff].map((at, row) => [at / SECOND, [labels.state[row], labels.end[row] / SECOND]]),
  );
}

const at = (second: number): EventRow => ({ machine: "m", time: second * SECOND, kind: "pump" });

test("a horizon of cycles ends when the last of so many next ones is closed, and is censored where the record has fewer", () => {
  assert.deepEqual(labelled("2c", { failures: [at(450)], maintenance: [at(460)] }), {
    110: [HEALTHY, 310],
    210: [HEALTHY, 410],
    310: [FAILS, 510],
    410: [FAILS, 610],
    510: [CENSORED, 700.000001],
    610: [CENSORED, 700.000001],
  });
});

test("a failure that ends the observation ends every horizon that reaches it", () => {
  const labels = labelled("3c", { failures: [at(720)] }, ["failures"]);
  assert.deepEqual(labels[310], [HEALTHY, 610]);
  assert.equal(labels[510][0], FAILS);
  assert.equal(labels[610][0], FAILS);
  assert.ok(Number.isFinite(labels[610][1]));
});

test("a horizon of cycles has no length in time", () => {
  assert.equal(labelHorizon(failsWithin("2c", { of: "failures" }), "timestamp"), 0);
  assert.equal(labelHorizon(failsWithin("2c", { of: "failures" }), "cycles"), 2);
});
