/** Features of machines that do not fit into memory together: a group of machines is read, computed and given after the other. */
import { checkMemory } from "../archive/sorted-memory.ts";
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { applyFeaturizer } from "./apply.ts";
import { computeFeatures } from "./compute/compute-features.ts";
import { type ComputeOptions, kernelBytes } from "./compute/compute-options.ts";
import { fleetRows } from "./compute/fleet-rows.ts";
import { rowWidth } from "./compute/layout-cost.ts";
import { sortRows } from "./compute/sort-rows.ts";
import type { FeatureGroup } from "./feature-group.ts";
import type { Featurizer } from "./featurizer.ts";
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
  const ranges = machineRanges(source, { bytes, columns, rows: given?.offsets });
  let next = readRange(source, ranges[0]);
  for (const [i, [from, to]] of ranges.entries()) {
    const fleet = await next;
    // While this group is computed the next one is read.
    next = readRange(source, ranges[i + 1]);
    const rows = typeof cutoffs === "function" ? cutoffs(fleet as Fleet) : given?.of(from, to);
    const own = ownRows(fleet as Fleet, rows as Cutoffs);
    const raw = await computeFeatures(plan, fleet as Fleet, own, { ...options, memory: kernels });
    const matrix = "outputs" in what ? applyFeaturizer(what, raw) : raw;
    const machine = own.machine.map((one) => one + from);
    onProgress?.(to, source.machines.length);
    if (matrix.rows > 0) yield { cutoffs: { machines: source.machines, machine, cutoff: own.cutoff }, matrix };
  }
}

/** Kernels take at most this share of the memory, and what is read and made of a group of machines the other. */
const KERNEL_SHARE = 4;
const LEAST_KERNELS = 1e6;
/** A group is computed while the next is read and the one before is written. */
const GROUP_SHARE = 6;

interface RangeSetting {
  bytes: number;
  columns: number;
  /** Where the cutoffs of each machine begin; undefined where nobody knows: about one a reading is expected. */
  rows: Uint32Array | undefined;
}

function machineRanges({ machines, tables }: FleetSource, { bytes, columns, rows }: RangeSetting): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  let held = 0;
  for (let machine = 0; machine < machines.length; machine++) {
    const readings = tables.map(({ offsets }) => offsets[machine + 1] - offsets[machine]);
    const numbers = readings.reduce((sum, count, i) => sum + count * rowWidth(tables[i].sensors.length), 0);
    const cutoffs = rows === undefined ? Math.max(0, ...readings) : rows[machine + 1] - rows[machine];
    const one = numbers * 8 + cutoffs * (12 + 4 * columns);
    checkMemory(one * 2, bytes, `the readings and features of machine ${machines[machine]}`);
    if (machine > from && held + one > bytes / GROUP_SHARE) {
      ranges.push([from, machine]);
      from = machine;
      held = 0;
    }
    held += one;
  }
  if (from < machines.length) ranges.push([from, machines.length]);
  return ranges;
}

function readRange(source: FleetSource, range: [number, number] | undefined): Promise<Fleet> | undefined {
  const read = range && source.fleet(...range);
  // Should nobody come for it any more, its failure is of no interest.
  read?.catch(() => undefined);
  return read;
}

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
