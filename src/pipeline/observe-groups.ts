/** The observation and the cutoffs of a fleet whose telemetry is read a group of machines at a time: those of the whole fleet. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import type { FleetGroup } from "../features/fleet-groups.ts";
import { gridCutoffs } from "../labels/cutoffs.ts";
import { buildHistory } from "../labels/history.ts";
import type { History } from "../labels/labels.ts";
import { type Observation, observe } from "../labels/observation.ts";
import type { LabelSpec } from "../labels/spec.ts";

export interface ObserveGroupsOptions {
  label: LabelSpec;
  /** Lengths in the fleet's time unit, as `observe` takes them. */
  every: number | undefined;
  stale: number | undefined;
  cycles: OperatingCycles | undefined;
  /** Checked between groups. */
  signal: AbortSignal | undefined;
}

export interface Observed {
  history: History;
  observation: Observation;
  /** Sorted by machine, then time. */
  cutoffs: Cutoffs;
}

/**
 * @param fleet the whole, of which no telemetry is read
 * @param groups all of its machines, in their order
 * @throws as `buildHistory`, `observe` and `gridCutoffs`
 */
export async function observeGroups(
  fleet: Fleet,
  groups: AsyncIterable<FleetGroup>,
  { label, every, stale, cycles, signal }: ObserveGroupsOptions,
): Promise<Observed> {
  const history = buildHistory(fleet, label);
  const observations: Observation[] = [];
  const machines: Uint32Array[] = [];
  const cutoffs: Float64Array[] = [];
  for await (const { fleet: part, from } of groups) {
    signal?.throwIfAborted();
    const observation = observe(part, buildHistory(part, label), { every, stale });
    const grid = gridCutoffs(part, observation, every, cycles);
    observations.push(observation);
    machines.push(from === 0 ? grid.machine : grid.machine.map((machine) => machine + from));
    cutoffs.push(grid.cutoff);
  }
  return {
    history,
    observation: joinObservations(observations, fleet),
    cutoffs: {
      machines: fleet.machines,
      machine: joined(machines, (length) => new Uint32Array(length)),
      cutoff: joinNumbers(cutoffs),
    },
  };
}

/** Those of a history's failures are in order, since they are sorted by machine. */
function joinObservations(parts: readonly Observation[], { time, machines }: Fleet): Observation {
  const offsets = new Uint32Array(machines.length + 1);
  const endedByFailure = new Uint8Array(machines.length);
  let [machine, spans] = [0, 0];
  for (const part of parts) {
    endedByFailure.set(part.endedByFailure, machine);
    for (let i = 1; i < part.offsets.length; i++) offsets[++machine] = spans + part.offsets[i];
    spans += part.from.length;
  }
  const join = (pick: (part: Observation) => Float64Array) => joinNumbers(parts.map(pick));
  return {
    time,
    offsets,
    from: join(({ from }) => from),
    to: join(({ to }) => to),
    end: join(({ end }) => end),
    endedByFailure,
    outageFrom: join(({ outageFrom }) => outageFrom),
    outageTo: join(({ outageTo }) => outageTo),
  };
}

function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  return joined(parts, (length) => new Float64Array(length));
}

function joined<Numbers extends Uint32Array | Float64Array>(
  parts: readonly Numbers[],
  make: (length: number) => Numbers,
): Numbers {
  if (parts.length === 1) return parts[0];
  const all = make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
