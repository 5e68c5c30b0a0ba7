/** Observation and labels equal a slow, obvious scan of every instant on random fleets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Cutoffs } from "../../src/core/matrix.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelRows } from "../../src/labels/label-rows.ts";
import { observe } from "../../src/labels/observation.ts";
import { observedHours } from "../../src/labels/observed-hours.ts";
import { remainingLife } from "../../src/labels/remaining-life.ts";
import { randomFleet } from "./random-fleet.ts";
import { reference } from "./reference.ts";

const settings = { seed: 4, numRuns: 1500 };
const planned = fc.constantFrom("healthy" as const, "censored" as const);

test("observation is what a scan of every instant finds, on random fleets", () => {
  fc.assert(
    fc.property(randomFleet(), ({ fleet, stale }) => {
      const history = buildHistory(fleet, { of: "failures" });
      const observation = observe(fleet, history, { stale });
      const slow = reference(fleet, history, stale);
      for (const [machine, name] of fleet.machines.entries()) {
        for (let t = -2; t < 45; t++) {
          const isObserved = observedHours(observation, machine, t, t + 1) === 1;
          assert.equal(isObserved, slow.isObserved(machine, t), `${name} at ${t}`);
        }
      }
    }),
    settings,
  );
});

test("failsWithin is what a scan of every instant finds, on random fleets", () => {
  fc.assert(
    fc.property(randomFleet(), fc.integer({ min: 1, max: 12 }), planned, ({ fleet, stale }, horizon, option) => {
      const spec = failsWithin(`${horizon}c`, { of: "failures", predict: "component", planned: option });
      const history = buildHistory(fleet, spec);
      const cutoffs = everyInstant(fleet.machines);
      const labels = labelRows(spec, fleet, history, observe(fleet, history, { stale }), cutoffs);
      const slow = reference(fleet, history, stale);
      for (const [row, t] of cutoffs.cutoff.entries()) {
        const expected = slow.failsWithin(cutoffs.machine[row], t, horizon, option);
        assert.deepEqual(labelAt(labels, row), expected, `machine ${cutoffs.machine[row]} at ${t}`);
      }
    }),
    settings,
  );
});

test("remainingLife is what a scan of every instant finds, on random fleets", () => {
  const cap = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });
  fc.assert(
    fc.property(randomFleet(), cap, planned, ({ fleet, stale }, limit, option) => {
      const spec = remainingLife({ of: "failures", cap: limit, planned: option });
      const history = buildHistory(fleet, spec);
      const cutoffs = everyInstant(fleet.machines);
      const labels = labelRows(spec, fleet, history, observe(fleet, history, { stale }), cutoffs);
      const slow = reference(fleet, history, stale);
      for (const [row, t] of cutoffs.cutoff.entries()) {
        const expected = slow.remainingLife(cutoffs.machine[row], t, limit, option);
        assert.deepEqual(labelAt(labels, row), expected, `machine ${cutoffs.machine[row]} at ${t}`);
      }
    }),
    settings,
  );
});

function labelAt({ state, value, components }: ReturnType<typeof labelRows>, row: number) {
  return { state: state[row], components: Object.values(components).map((column) => column[row]), value: value[row] };
}

function everyInstant(machines: readonly string[]): Cutoffs {
  const instants = Array.from({ length: 40 }, (_, t) => t);
  return {
    machines,
    machine: Uint32Array.from(machines.flatMap((_, m) => instants.map(() => m))),
    cutoff: Float64Array.from(machines.flatMap(() => instants)),
  };
}
