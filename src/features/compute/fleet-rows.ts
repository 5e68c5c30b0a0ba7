/** Cutoffs with the index of each row's machine in the fleet at hand. */
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet } from "../../core/fleet.ts";
import type { Cutoffs } from "../../core/matrix.ts";
import { checkCutoffs } from "./check-cutoffs.ts";

export interface FleetRows {
  /** Index into the fleet's machines, one a row. */
  machine: Uint32Array;
  cutoff: Float64Array;
}

/** @throws DATA_MACHINE_UNKNOWN when a cutoff is of a machine that the fleet does not have, DATA_INSTANT, DATA_LENGTH */
export function fleetRows(fleet: Fleet, cutoffs: Cutoffs): FleetRows {
  checkCutoffs(cutoffs);
  if (cutoffs.machines === fleet.machines) return cutoffs;
  const index = new Map(fleet.machines.map((machine, i) => [machine, i]));
  const machine = cutoffs.machine.map((code, row) => {
    const found = index.get(cutoffs.machines[code]);
    if (found !== undefined) return found;
    throw new ForewarnError("DATA_MACHINE_UNKNOWN", {
      problem: "a cutoff is of a machine that has no telemetry",
      found: cutoffs.machines[code],
      where: `cutoffs, row ${row}`,
    });
  });
  return { machine, cutoff: cutoffs.cutoff };
}
