/** Reads machines from any source, a group of them at a time. */
import { checkMemory } from "../archive/sorted-memory.ts";
import type { Fleet } from "../core/fleet.ts";
import { rowWidth } from "./compute/layout-cost.ts";
import type { FleetSource } from "./source.ts";

/** The machines of a source from `from` (included) to `to` (excluded), as a fleet of their own. */
export interface FleetGroup {
  fleet: Fleet;
  from: number;
  to: number;
}

export interface FleetGroupsOptions {
  /** How much all may take that is in memory at a time, in bytes. */
  bytes: number;
  /** How many float32 columns are made of each cutoff. */
  columns: number;
  /** Where the cutoffs of each machine begin. Default: nobody knows, and about one a reading is expected. */
  rows?: Uint32Array;
}

/** While a group is worked on the next one is read. @throws DATA_MEMORY when one machine takes more than `bytes`, and what the source throws */
export async function* fleetGroups(
  source: FleetSource,
  options: FleetGroupsOptions,
): AsyncGenerator<FleetGroup, void, undefined> {
  const ranges = machineRanges(source, options);
  let next = readRange(source, ranges[0]);
  for (const [i, [from, to]] of ranges.entries()) {
    const fleet = (await next) as Fleet;
    next = readRange(source, ranges[i + 1]);
    yield { fleet, from, to };
  }
}

/** A group is computed while the next is read and the one before is written. */
const GROUP_SHARE = 6;

function machineRanges(
  { machines, tables }: FleetSource,
  { bytes, columns, rows }: FleetGroupsOptions,
): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  let held = 0;
  for (let machine = 0; machine < machines.length; machine++) {
    const readings = tables.map(({ offsets }) => offsets[machine + 1] - offsets[machine]);
    const numbers = readings.reduce((sum, count, i) => sum + count * rowWidth(tables[i].sensors.length), 0);
    const cutoffs = rows === undefined ? Math.max(0, ...readings) : rows[machine + 1] - rows[machine];
    const one = numbers * 8 + cutoffs * (12 + 4 * columns);
    checkMemory(one * 2, bytes, `the readings and features of machine ${machines[machine]}`);
    if (machine > from && held + one > bytes / GROUP_SHARE) {
      ranges.push([from, machine]);
      from = machine;
      held = 0;
    }
    held += one;
  }
  if (from < machines.length) ranges.push([from, machines.length]);
  return ranges;
}

function readRange(source: FleetSource, range: [number, number] | undefined): Promise<Fleet> | undefined {
  const read = range && source.fleet(...range);
  // Should nobody come for it any more, its failure is of no interest.
  read?.catch(() => undefined);
  return read;
}
