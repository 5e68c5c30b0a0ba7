/** Labels every cutoff with what became of its machine: healthy, fails, or unknown. */

import { ForewarnError } from "../core/errors.ts";
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { lifeUnit } from "../core/time.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import { countsCyclesAhead, cyclesAhead } from "./cycle-horizon.ts";
import { failureWithin } from "./failure-within.ts";
import { labelHorizon } from "./horizon.ts";
import { CENSORED, type History, type Labels, type Task } from "./labels.ts";
import { lifeLeft } from "./life-left.ts";
import type { Observation } from "./observation.ts";
import type { RowLabel } from "./row-label.ts";
import type { LabelSpec } from "./spec.ts";
import { isObserved, type MachineTimeline, machineTimelines } from "./timeline.ts";

export interface LabelRowsOptions {
  /** How the telemetry falls into operating cycles, for a horizon that counts them, such as "20c". Default: it does not. */
  cycles?: OperatingCycles;
}

/**
 * A horizon of operating cycles ends when the last of the machine's next so many is known to be closed; where its record holds fewer, the
 * row is censored unless a failure ended the observation.
 * @param history as `buildHistory` makes it from the same fleet and options.
 * @param cutoffs rows of the same fleet; one that is out of observation itself is censored.
 * @throws PIPELINE_DURATION when the horizon cannot be read or is of the other kind of time; DATA_COMPONENT_NONE when components are to
 *   be predicted and one is called "none".
 */
export function labelRows(
  spec: LabelSpec,
  fleet: Fleet,
  history: History,
  observation: Observation,
  cutoffs: Cutoffs,
  { cycles }: LabelRowsOptions = {},
): Labels {
  const labelOf = rowLabeller(spec, fleet, cycles);
  const timelines = machineTimelines(fleet.machines.length, history, observation);
  const unit = spec.label === "remainingLife" ? lifeUnit(fleet.time) : 1;
  const rows = cutoffs.cutoff.length;
  const components = history.components.map(() => new Uint8Array(rows).fill(CENSORED));
  const state = new Uint8Array(rows).fill(CENSORED);
  const value = new Float64Array(rows).fill(Number.NaN);
  const end = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const timeline = timelines[cutoffs.machine[row]];
    const label = labelOf(timeline, cutoffs.cutoff[row], cutoffs.machine[row]);
    end[row] = label.end;
    if (!isObserved(timeline, cutoffs.cutoff[row])) continue;
    state[row] = label.state;
    value[row] = label.value / unit;
    for (const [i, column] of components.entries()) column[row] = label.components[i];
  }
  const named = Object.fromEntries(history.components.map((name, i) => [name, components[i]]));
  return { task: taskOf(spec, history), state, value, components: named, end };
}

type LabelRow = (timeline: MachineTimeline, cutoff: number, machine: number) => RowLabel;

function rowLabeller(spec: LabelSpec, fleet: Fleet, cycles: OperatingCycles | undefined): LabelRow {
  if (cycles !== undefined && spec.label === "failsWithin" && countsCyclesAhead(spec, fleet.time)) {
    const ahead = cyclesAhead(fleet, cycles, spec.horizon);
    return (timeline, cutoff, machine) => {
      // Fewer cycles than the horizon has: it is not over by the end of the observation, unless a failure was that end.
      const until = Math.min(ahead(machine, cutoff), Math.max(cutoff, timeline.end) + 1);
      return failureWithin(timeline, cutoff, until - cutoff, spec);
    };
  }
  const horizon = labelHorizon(spec, fleet.time);
  if (spec.label === "failsWithin") return (timeline, cutoff) => failureWithin(timeline, cutoff, horizon, spec);
  const cap = spec.cap === undefined ? Number.POSITIVE_INFINITY : horizon;
  return (timeline, cutoff) => lifeLeft(timeline, cutoff, cap, spec.planned);
}

/** The class of a row in whose horizon nothing fails. */
const NONE = "none";

function taskOf(spec: LabelSpec, history: History): Task {
  if (spec.label === "remainingLife")
    return { kind: "regression", ...(spec.cap === undefined ? {} : { cap: spec.cap }) };
  if (spec.predict === "any") return { kind: "binary" };
  if (history.components.includes(NONE)) {
    throw new ForewarnError("DATA_COMPONENT_NONE", {
      problem: "a component has the name of the class of rows that do not fail",
      found: `\`${NONE}\` among the kinds of failures and maintenance`,
      where: 'failsWithin: predict "component"',
      hint: 'rename it in the source, or predict "any"',
    });
  }
  return { kind: "multiclass", classes: [NONE, ...history.components] };
}
