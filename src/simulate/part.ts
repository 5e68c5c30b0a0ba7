/** One part in a machine: hidden wear that grows with load until a defect begins, which grows until the part fails. */
import { exp, log } from "../core/math.ts";
import type { Random } from "../core/random.ts";
import type { ComponentPhysics } from "./physics.ts";

export interface Part {
  physics: ComponentPhysics;
  installedAt: number;
  /** 0 new, 1 when the defect begins. */
  wear: number;
  /** 0 before the defect begins, 1 at the failure. */
  defect: number;
  /** Speeds of this very part, from the spread of manufacturing. */
  wearPerHour: number;
  defectPerHour: number;
  /** When the operator will replace it; beyond the recommended interval where the job is put off or forgotten. */
  plannedHours: number;
}

/** Share of failures that no defect announces, as a rate an hour at full load. */
const SUDDEN_PER_HOUR = 0.00004;
const FIRST_DEFECT = 0.04;

export function newPart(physics: ComponentPhysics, installedAt: number, machineFactor: number, random: Random): Part {
  const life = physics.medianLifeHours * exp(0.32 * random.normal());
  const defectHours = physics.medianDefectHours * exp(0.25 * random.normal());
  const delay = random.uniform();
  // Most jobs are done within days of the recommended hour, one in four much later.
  const late = delay < 0.72 ? 0.05 * random.uniform() : 0.15 + 0.6 * random.uniform();
  return {
    physics,
    installedAt,
    wear: 0,
    defect: 0,
    wearPerHour: machineFactor / life,
    defectPerHour: -log(FIRST_DEFECT) / defectHours,
    plannedHours: physics.scheduleHours * (1 + late),
  };
}

/** Ages a part by a step at a load; gives true when it failed in it. */
export function agePart(part: Part, load: number, hours: number, random: Random): boolean {
  // Wear goes with the load to the power 1.8, nominal at 0.55; single hours differ widely, as shocks do.
  const stress = load <= 0 ? 0 : exp(1.8 * log(load / 0.55));
  const shock = exp(0.7 * random.normal() - 0.245);
  part.wear += part.wearPerHour * hours * stress * shock;
  if (part.wear >= 1) {
    const growth = part.defectPerHour * hours * (0.5 + 0.5 * stress) * shock;
    part.defect = part.defect === 0 ? FIRST_DEFECT : part.defect * exp(growth);
  }
  return part.defect >= 1 || random.uniform() < SUDDEN_PER_HOUR * load * hours;
}
