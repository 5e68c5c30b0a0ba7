/** What the sensors of a machine show: its load and the weather, the wear and defects of its parts, and noise of their own. */
import { sin } from "../core/math.ts";
import type { Random } from "../core/random.ts";
import { DAY } from "./clock.ts";
import type { Part } from "./part.ts";
import { sensors } from "./physics.ts";

/** A function to one reading a sensor, in the order of `sensors`; missing is null. Called once a step, in ascending order of time. */
export function sensorReader(random: Random, powerKilowatts: number) {
  // Every machine was mounted and calibrated a little differently.
  const bias = sensors.map(() => random.normal());
  const slow = sensors.map(() => 0);
  return (instant: number, load: number, parts: readonly Part[]): (number | null)[] => {
    const [bearing, motor, seal] = parts;
    const day = instant / DAY;
    const ambient = 18 + 7 * sin((2 * Math.PI * (day - 110)) / 365) + 4 * sin(2 * Math.PI * (day - 0.4));
    const truth = [
      2.1 + 0.2 * bias[0] + 1.3 * load + 0.3 * bearing.wear + 4 * bearing.defect + 0.5 * motor.defect,
      ambient + 16 + 1.2 * bias[1] + 20 * load + 1.5 * motor.wear + 15 * motor.defect + 2 * bearing.defect,
      6.3 + 0.12 * bias[2] - 0.5 * load - 0.12 * seal.wear - 1.5 * seal.defect,
      8 + bias[3] + (0.35 * powerKilowatts + 14) * load + 1.5 * motor.wear + 6 * motor.defect + 1.5 * bearing.defect,
      100 * load,
    ];
    return truth.map((value, i) => {
      const { noise, missing, decimals } = sensors[i];
      // Half of the noise is slow, so that a longer mean does not simply remove it.
      slow[i] = 0.97 * slow[i] + 0.24 * random.normal();
      const reading = value + noise * (random.normal() + 0.55 * slow[i]);
      return random.uniform() < missing ? null : rounded(Math.max(0, reading), decimals);
    });
  };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
