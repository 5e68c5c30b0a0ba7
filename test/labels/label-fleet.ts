/** Everything from a fleet to its labels, by one call, read back by machine and instant. */
import type { Fleet } from "../../src/core/fleet.ts";
import { gridCutoffs } from "../../src/labels/cutoffs.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelRows } from "../../src/labels/label-rows.ts";
import { type ObserveOptions, observe } from "../../src/labels/observation.ts";
import type { LabelSpec } from "../../src/labels/spec.ts";

/** The label of each cutoff of the fleet's first machine, by instant. */
export function labelFleet(fleet: Fleet, spec: LabelSpec, options: ObserveOptions = {}) {
  const history = buildHistory(fleet, spec);
  const observation = observe(fleet, history, options);
  const cutoffs = gridCutoffs(fleet, observation, options.every);
  const labels = labelRows(spec, fleet, history, observation, cutoffs);
  const rowOf = (instant: number) => {
    const row = cutoffs.cutoff.findIndex((cutoff, i) => cutoff === instant && cutoffs.machine[i] === 0);
    if (row < 0) throw new Error(`no row at ${instant}`);
    return row;
  };
  return {
    task: labels.task,
    /** The instants that are rows of the first machine. */
    rows: [...cutoffs.cutoff.filter((_, row) => cutoffs.machine[row] === 0)],
    state: (instant: number) => labels.state[rowOf(instant)],
    value: (instant: number) => labels.value[rowOf(instant)],
    end: (instant: number) => labels.end[rowOf(instant)],
    component: (name: string, instant: number) => labels.components[name][rowOf(instant)],
    /** The states of the first machine's rows as digits. */
    states: () => [...labels.state.filter((_, row) => cutoffs.machine[row] === 0)].join(""),
  };
}
