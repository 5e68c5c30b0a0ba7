/** What featurizing will take, said before anything is computed. */
import { threadCount } from "../core/threads.ts";
import { kernelBytes } from "./compute/compute-options.ts";
import { type GroupLimits, groupLimits, groupsAtOnce } from "./compute/group-limits.ts";
import { type LayoutCost, layoutCost, rowWidth } from "./compute/layout-cost.ts";
import { fleetWithCycles } from "./cycles/with-cycles.ts";
import type { FeaturePlan } from "./plan.ts";
import type { FleetSource } from "./source.ts";

export interface FeatureMemoryOptions {
  /** Threads, as `computeFeatures` takes them. Default: 1. */
  threads?: number;
  /** How much kernels may take, as `computeFeatures` takes it. Default: "512MB". */
  memory?: string | number;
}

export interface FeatureMemory {
  /** At the peak, where the whole fleet and its matrix are in memory: the sum of the three below, in bytes. */
  bytes: number;
  /** The telemetry. `featurizeGroups` holds a group of machines of it at a time. */
  fleet: number;
  /** What kernels work in. */
  kernels: number;
  /** The features, float32. `featurizeGroups` holds a group of machines of them at a time. */
  matrix: number;
  /** The rows with their machines and cutoffs as a file, uncompressed. */
  disk: number;
  /** The least `memory` that no machine has to be cut into pieces with. */
  wholeMachines: number;
  /** How many groups of machines are computed one after the other. */
  groups: number;
}

/**
 * An estimate, from the rows alone: nothing is computed.
 * @param rows how many cutoffs each machine has, one a machine of the source
 * @throws USAGE_THREADS, USAGE_MEMORY, and DATA_* as `computeFeatures` where the source lacks what the plan reads
 */
export async function featureMemory(
  plan: FeaturePlan,
  source: FleetSource,
  rows: ArrayLike<number>,
  { threads = 1, memory }: FeatureMemoryOptions = {},
): Promise<FeatureMemory> {
  const limits = groupLimits(threadCount(threads), kernelBytes(memory));
  const one = await source.fleet(0, Math.min(1, source.machines.length));
  const cost = layoutCost(plan, fleetWithCycles(one, plan.schema));
  const { numbers, cutoffs, largest, groups } = totals(source, rows, cost, limits);
  const held =
    Math.min(groups, groupsAtOnce(threads)) * (cost.fixed + Math.min(limits.most, Math.max(limits.usual, largest)));
  const fleet = numbers * 8;
  const matrix = cutoffs * (plan.rawNames.length * 4 + MACHINE_AND_CUTOFF);
  const kernels = Math.ceil(Math.min(held, groups * cost.fixed + numbers * cost.perNumber + cutoffs * cost.perCutoff));
  return {
    bytes: fleet + kernels + matrix,
    fleet,
    kernels,
    matrix,
    disk: matrix,
    wholeMachines: Math.ceil((cost.fixed + largest) * groupsAtOnce(threads)),
    groups,
  };
}

/** Of a row, beside its features. */
const MACHINE_AND_CUTOFF = 12;

function totals(
  { machines, tables }: FleetSource,
  rows: ArrayLike<number>,
  cost: LayoutCost,
  { usual, most }: GroupLimits,
) {
  let [numbers, cutoffs, largest, groups, open] = [0, 0, 0, 0, Number.POSITIVE_INFINITY];
  for (let machine = 0; machine < machines.length; machine++) {
    if (rows[machine] === 0) continue;
    let own = 0;
    for (const { offsets, sensors } of tables)
      own += (offsets[machine + 1] - offsets[machine]) * rowWidth(sensors.length);
    const bytes = own * cost.perNumber + rows[machine] * cost.perCutoff;
    numbers += own;
    cutoffs += rows[machine];
    largest = Math.max(largest, bytes);
    if (open + bytes > usual) {
      groups += Math.max(1, Math.ceil(bytes / most));
      open = cost.fixed;
    }
    open += bytes;
  }
  return { numbers, cutoffs, largest, groups };
}
