/** The fleet's telemetry laid out in kernel memory, each column once. */
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import type { ReadingColumns } from "../../kernels/calls.ts";
import type { LayoutMemory } from "../../kernels/counted-memory.ts";
import { largestWindow } from "../../kernels/describe-call.ts";
import type { Address } from "../../kernels/memory.ts";
import type { GroupColumns, LaneColumns } from "../../kernels/rolling-call.ts";
import { blockLength, groupsOf, interleave, smallestSpacing } from "./lanes.ts";
import { missing } from "./missing.ts";
import { Once } from "./once.ts";

/** When a table's readings were taken, and when they became known. */
export type TableTimes = Omit<ReadingColumns, "values">;

export class TelemetryTables {
  readonly #fleet: Fleet;
  readonly #memory: LayoutMemory;
  readonly #once = new Once();
  readonly #lengths = new Map<Address, number>();

  constructor(fleet: Fleet, memory: LayoutMemory) {
    this.#fleet = fleet;
    this.#memory = memory;
  }

  /** The table of a sensor. @throws DATA_COLUMN_MISSING */
  tableOf(sensor: string): Telemetry {
    const table = this.#fleet.telemetry.find(({ sensors }) => Object.hasOwn(sensors, sensor));
    if (table !== undefined) return table;
    const known = this.#fleet.telemetry.flatMap(({ sensors }) => Object.keys(sensors));
    throw missing("DATA_COLUMN_MISSING", "the telemetry lacks a sensor that the model needs", sensor, known);
  }

  times(table: Telemetry): TableTimes {
    return this.#once.of(`times ${table.name}`, () => {
      const late = table.knownAt !== table.time && table.knownAt.some((known, row) => known > table.time[row]);
      const time = this.#memory.float64(table.time);
      this.#lengths.set(time, table.time.length);
      return {
        offsets: this.#memory.uint32(table.offsets),
        time,
        knownAt: late ? this.#memory.float64(table.knownAt) : 0,
        inOrder: late && ascending(table.offsets, table.knownAt),
      };
    });
  }

  /** How many readings there are at an address of `times`. */
  length(time: Address): number {
    return this.#lengths.get(time) ?? 0;
  }

  /** Up to four sensors of a table side by side. */
  lanes(table: Telemetry, sensors: readonly string[]): Pick<LaneColumns, "lanes" | "width"> {
    return this.#once.of(`lanes ${JSON.stringify(sensors)}`, () => {
      const width = sensors.length > 2 ? 4 : 2;
      const values = sensors.map((sensor) => table.sensors[sensor]);
      const lanes = this.#memory.allocate(table.time.length * width * 8);
      interleave(values, width, this.#memory.viewFloat64(lanes, table.time.length * width));
      return { lanes, width };
    });
  }

  /** The groups of which a window is assembled; undefined where every row has one of its own. */
  groups(table: Telemetry, window: number): (GroupColumns & { groups: number }) | undefined {
    const block = blockLength(window);
    if (this.#once.of(`spacing ${table.name}`, () => smallestSpacing(table)) >= block) return undefined;
    return this.#once.of(`groups ${JSON.stringify([table.name, block])}`, () => {
      const { groupOf, starts } = groupsOf(table, block);
      const groups = starts.length - 1;
      return { groupOf: this.#memory.uint32(groupOf), starts: this.#memory.uint32(starts), groups };
    });
  }

  /** How many rows a window of this length has at most. */
  largest({ name, offsets, time }: Telemetry, length: number): number {
    return this.#once.of(`largest ${JSON.stringify([name, length])}`, () => largestWindow(offsets, time, length));
  }
}

/** Whether the values of each machine never fall. */
function ascending(offsets: Uint32Array, values: Float64Array): boolean {
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    for (let row = offsets[machine] + 1; row < offsets[machine + 1]; row++) {
      if (!(values[row] >= values[row - 1])) return false;
    }
  }
  return true;
}
