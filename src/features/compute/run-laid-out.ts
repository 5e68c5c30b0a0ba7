/** Runs what was laid out, on whatever thread. */
import { bindKernels, type KernelModule } from "../../kernels/load.ts";
import type { SharedMemory } from "../../kernels/memory.ts";
import { runModuleCall } from "../custom/module-call.ts";
import type { LaidOut } from "./layout.ts";

/** Runs the calls in a memory, which is bound to the kernels once. */
export function runnerOf(module: KernelModule, memory: SharedMemory): (laidOut: LaidOut) => void {
  const run = bindKernels(module, memory);
  return ({ machines, rows, preparations, calls, moduleCalls, scratch }) => {
    for (const call of preparations) run(call, 0, machines, scratch);
    // A few thousand rows at a time: what one call writes the next still finds near.
    for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
      const to = Math.min(from + ROWS_AT_ONCE, rows);
      for (const call of calls) run(call, from, to, scratch);
      for (const call of moduleCalls) runModuleCall(call, memory.buffer, from, to);
    }
  };
}

const ROWS_AT_ONCE = 4_096;
