/** Every row of the first telemetry table as a cutoff. */
import type { Fleet } from "../../src/core/fleet.ts";
import type { Cutoffs } from "../../src/core/matrix.ts";

export function everyRow({ machines, telemetry: [{ offsets, time }] }: Fleet): Cutoffs {
  const machine = new Uint32Array(time.length);
  for (let i = 0; i < machines.length; i++) machine.fill(i, offsets[i], offsets[i + 1]);
  return { machines, machine, cutoff: time };
}
