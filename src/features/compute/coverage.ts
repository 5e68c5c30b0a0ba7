/** When telemetry covers a machine: the instants at which any sensor has a reading. */
import type { Fleet, Telemetry } from "../../core/fleet.ts";

/** A telemetry table with one sensor, `covered`, that is 1 wherever one of the sensors is known; known as soon as the first of them is. */
export function coverageOf(fleet: Fleet, tables: readonly Telemetry[], sensors: readonly string[]): Telemetry {
  const offsets = new Uint32Array(fleet.machines.length + 1);
  const times: number[] = [];
  const known: number[] = [];
  for (let machine = 0; machine < fleet.machines.length; machine++) {
    const knownAt = new Map<number, number>();
    for (const table of tables) {
      const columns = sensors.filter((sensor) => Object.hasOwn(table.sensors, sensor));
      for (let row = table.offsets[machine]; row < table.offsets[machine + 1]; row++) {
        if (columns.every((sensor) => Number.isNaN(table.sensors[sensor][row]))) continue;
        const earlier = knownAt.get(table.time[row]) ?? Number.POSITIVE_INFINITY;
        knownAt.set(table.time[row], Math.min(earlier, table.knownAt[row]));
      }
    }
    for (const [time, at] of [...knownAt].sort(([a], [b]) => a - b)) {
      times.push(time);
      known.push(at);
    }
    offsets[machine + 1] = times.length;
  }
  const time = Float64Array.from(times);
  return {
    name: "covered",
    offsets,
    time,
    knownAt: Float64Array.from(known),
    sensors: { covered: new Float64Array(times.length).fill(1) },
  };
}
