/** Features of machines that do not fit into memory together: a group of machines is read, computed and given after the other. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { applyFeaturizer } from "./apply.ts";
import { openComputer } from "./compute/compute-features.ts";
import { type ComputeOptions, kernelBytes } from "./compute/compute-options.ts";
import { fleetRows } from "./compute/fleet-rows.ts";
import { sortRows } from "./compute/sort-rows.ts";
import type { FeatureGroup } from "./feature-group.ts";
import type { Featurizer } from "./featurizer.ts";
import { fleetGroups } from "./fleet-groups.ts";
import type { FeaturePlan } from "./plan.ts";
import type { FleetSource } from "./source.ts";

export interface FeaturizeGroupsOptions extends Omit<ComputeOptions, "onProgress"> {
  /** How much the readings, the kernels and the rows may take that are in memory at a time. Default: "1GB". */
  memory?: string | number;
  /** Machines done, of all. */
  onProgress?: (doneMachines: number, totalMachines: number) => void;
}

/** The rows that are wanted: given, or of each group of machines what the function says, which sees the group as a fleet of its own. */
export type GroupCutoffs = Cutoffs | ((fleet: Fleet) => Cutoffs);

/**
 * The columns of a featurizer, or the raw ones of a plan, for machines from any source: the very rows and bits that `featurize` gives of
 * the whole fleet, sorted by machine, then cutoff, a group of machines at a time. How many rows come at a time depends on `memory` alone.
 * @throws as `computeFeatures`; DATA_MEMORY when one machine takes more than `memory`
 */
export async function* featurizeGroups(
  what: FeaturePlan | Featurizer,
  source: FleetSource,
  cutoffs: GroupCutoffs,
  { memory = "1GB", onProgress, ...options }: FeaturizeGroupsOptions = {},
): AsyncGenerator<FeatureGroup, void, undefined> {
  const bytes = kernelBytes(memory);
  const kernels = Math.max(LEAST_KERNELS, bytes / KERNEL_SHARE);
  const plan = "outputs" in what ? what.plan : what;
  const columns = Math.max(plan.rawNames.length, "outputs" in what ? what.names.length : 0);
  const given = typeof cutoffs === "function" ? undefined : givenCutoffs(source, cutoffs);
  const computer = openComputer({ ...options, memory: kernels });
  try {
    for await (const { fleet, from, to } of fleetGroups(source, { bytes, columns, rows: given?.offsets })) {
      const rows = typeof cutoffs === "function" ? cutoffs(fleet) : given?.of(from, to);
      const own = ownRows(fleet, rows as Cutoffs);
      const raw = await computer.compute(plan, fleet, own);
      const matrix = "outputs" in what ? applyFeaturizer(what, raw) : raw;
      const machine = own.machine.map((one) => one + from);
      onProgress?.(to, source.machines.length);
      if (matrix.rows > 0) yield { cutoffs: { machines: source.machines, machine, cutoff: own.cutoff }, matrix };
    }
  } finally {
    await computer.close();
  }
}

/** Kernels take at most this share of the memory, and what is read and made of a group of machines the other. */
const KERNEL_SHARE = 4;
const LEAST_KERNELS = 1e6;
/** Cutoffs of the whole source, sorted, by machine. @throws DATA_MACHINE_UNKNOWN */
function givenCutoffs({ machines, time }: FleetSource, cutoffs: Cutoffs) {
  const { rows } = sortRows(fleetRows({ machines, time, telemetry: [], events: {} }, cutoffs));
  const offsets = new Uint32Array(machines.length + 1);
  for (const machine of rows.machine) offsets[machine + 1]++;
  for (let machine = 0; machine < machines.length; machine++) offsets[machine + 1] += offsets[machine];
  return {
    offsets,
    of: (from: number, to: number): Cutoffs => ({
      machines,
      machine: rows.machine.subarray(offsets[from], offsets[to]),
      cutoff: rows.cutoff.subarray(offsets[from], offsets[to]),
    }),
  };
}

/** The rows as those of the group's own fleet, sorted. */
function ownRows(fleet: Fleet, cutoffs: Cutoffs): Cutoffs {
  return { machines: fleet.machines, ...sortRows(fleetRows(fleet, cutoffs)).rows };
}
