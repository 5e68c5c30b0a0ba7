/** Lays a part of the work out in kernel memory: the calls that compute the raw columns of some cutoffs. */
import type { Fleet } from "../../core/fleet.ts";
import type { Cutoffs } from "../../core/matrix.ts";
import type { KernelCall } from "../../kernels/calls.ts";
import type { LayoutMemory } from "../../kernels/counted-memory.ts";
import type { Address } from "../../kernels/memory.ts";
import type { ModuleCall } from "../custom/module-call.ts";
import type { FeaturePlan } from "../plan.ts";
import { featureOf } from "../table.ts";
import { Workspace } from "./workspace.ts";

/** What a thread needs to compute it; it can be sent to one as it is. */
export interface LaidOut {
  machines: number;
  rows: number;
  /** Run over machines, before all others. */
  preparations: readonly KernelCall[];
  /** Run over rows, in order; a row reads nothing of another row. */
  calls: readonly KernelCall[];
  /** Calls of users' own functions, run over rows after those. */
  moduleCalls: readonly ModuleCall[];
  /** The memory that calls work in. */
  scratch: Address;
}

/**
 * @returns what is to be run, and where each of the plan's raw columns will lie.
 * @throws DATA_TOO_LARGE when it does not fit into the memory
 */
export function layOut(
  plan: FeaturePlan,
  fleet: Fleet,
  cutoffs: Cutoffs,
  memory: LayoutMemory,
): { laidOut: LaidOut; columns: Address[] } {
  const workspace = new Workspace(fleet, plan, cutoffs, memory);
  for (const spec of plan.specs) featureOf(spec).compute(spec, plan, workspace);
  const { preparations, calls, moduleCalls, outputs } = workspace;
  const scratch = memory.allocate(Math.max(0, ...[...preparations, ...calls].map((call) => call.scratch ?? 0)));
  return {
    laidOut: {
      machines: fleet.machines.length,
      rows: cutoffs.cutoff.length,
      preparations,
      calls,
      moduleCalls,
      scratch,
    },
    columns: plan.rawNames.map((name) => outputs.get(name) ?? 0),
  };
}
