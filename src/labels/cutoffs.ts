/** The cutoffs of a fleet: the instants its rows describe. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import type { Observation } from "./observation.ts";
import { telemetrySpan } from "./telemetry-span.ts";

/**
 * The multiples of `every` (the fleet's time unit, aligned to 1970-01-01T00:00Z or cycle 0) at which a machine is in observation; without
 * `every`, the instants of its telemetry rows in observation. None lies past the last telemetry, where observation may still go on to a
 * failure. Sorted by machine, then time.
 */
export function gridCutoffs(fleet: Fleet, observation: Observation, every?: number): Cutoffs {
  const machine: number[] = [];
  const cutoff: number[] = [];
  for (let m = 0; m < fleet.machines.length; m++) {
    const { last } = telemetrySpan(fleet, m);
    const readings = every === undefined ? readingInstants(fleet, m) : [];
    let reading = 0;
    for (let i = observation.offsets[m]; i < observation.offsets[m + 1]; i++) {
      const from = observation.from[i];
      const to = Math.min(observation.to[i], last + 1);
      if (every === undefined) {
        while (reading < readings.length && readings[reading] < from) reading++;
        for (; reading < readings.length && readings[reading] < to; reading++) {
          machine.push(m);
          cutoff.push(readings[reading]);
        }
      } else {
        // Adding 0 turns the -0 that rounding up gives just before the epoch into +0.
        for (let tick = Math.ceil(from / every) * every + 0; tick < to; tick += every) {
          machine.push(m);
          cutoff.push(tick);
        }
      }
    }
  }
  return { machines: fleet.machines, machine: Uint32Array.from(machine), cutoff: Float64Array.from(cutoff) };
}

/** The instants at which any telemetry table has a row of the machine, ascending, each once. */
function readingInstants(fleet: Fleet, machine: number): Float64Array {
  const tables = fleet.telemetry.map(({ time, offsets }) => time.subarray(offsets[machine], offsets[machine + 1]));
  if (tables.length === 1) return tables[0];
  const all = Float64Array.from(tables.flatMap((times) => [...times])).sort();
  return all.filter((instant, i) => i === 0 || instant !== all[i - 1]);
}
