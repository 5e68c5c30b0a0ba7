/** Sensors side by side, and rows in blocks of absolute time: the layouts that the rolling kernels read. */
import type { Telemetry } from "../../core/fleet.ts";

/** Rows by machine, ascending by time in each. */
type Times = Pick<Telemetry, "offsets" | "time">;

/** Writes the sensors' readings interleaved: `width` a row, the last sensor again where there are fewer. */
export function interleave(sensors: readonly Float64Array[], width: number, out: Float64Array): void {
  for (let lane = 0; lane < width; lane++) {
    const values = sensors[Math.min(lane, sensors.length - 1)];
    for (let row = 0, at = lane; row < values.length; row++, at += width) out[at] = values[row];
  }
}

/** The smallest time between two rows of a machine; Infinity where none has two. */
export function smallestSpacing({ offsets, time }: Times): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    for (let row = offsets[machine] + 1; row < offsets[machine + 1]; row++) {
      const spacing = time[row] - time[row - 1];
      if (spacing < smallest) smallest = spacing;
    }
  }
  return smallest;
}

/** The length of the blocks of time by which the readings of a window are grouped. */
export function blockLength(window: number): number {
  return Math.ceil(window / 32);
}

export interface Groups {
  /** Index of the group of each row. */
  groupOf: Uint32Array;
  /** First row of each group, and the number of rows. */
  starts: Uint32Array;
}

/** Rows of one machine with the same floor(time / block). */
export function groupsOf({ offsets, time }: Times, block: number): Groups {
  const groupOf = new Uint32Array(time.length);
  const starts = new Uint32Array(time.length + 1);
  let groups = 0;
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    let current = Number.NaN;
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
      const index = Math.floor(time[row] / block);
      if (index !== current) {
        starts[groups] = row;
        groups++;
        current = index;
      }
      groupOf[row] = groups - 1;
    }
  }
  starts[groups] = time.length;
  return { groupOf, starts: starts.subarray(0, groups + 1) };
}
