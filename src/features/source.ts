/** Where the featurizer finds machines: a fleet in memory, or an archive on disk that is read a range of machines at a time. */
import { sliceOffsets, sliceRest } from "../archive/sorted-slice.ts";
import type { Fleet } from "../core/fleet.ts";
import type { TimeKind } from "../core/time.ts";

/** What `openSorted` of `forewarn/archive` gives, and `fleetSource` makes of a fleet. */
export interface FleetSource {
  time: TimeKind;
  /** Machines that have telemetry, sorted by UTF-8 bytes. */
  machines: readonly string[];
  /** The telemetry tables: their sensors, and where each machine's rows begin. */
  tables: readonly { sensors: readonly string[]; offsets: Uint32Array }[];
  /** The fleet of the machines from `from` (included, by their place in `machines`) to `to` (excluded). */
  fleet(from: number, to: number): Promise<Fleet>;
}

/** A fleet in memory as a source. */
export function fleetSource(fleet: Fleet): FleetSource {
  const { time, machines, telemetry } = fleet;
  const tables = telemetry.map(({ sensors, offsets }) => ({ sensors: Object.keys(sensors), offsets }));
  return { time, machines, tables, fleet: async (from, to) => fleetPart(fleet, from, to) };
}

/** The machines of a fleet from `from` (included) to `to` (excluded), numbered anew from 0. Telemetry is shared, not copied. */
export function fleetPart(fleet: Fleet, from: number, to: number): Fleet {
  if (from === 0 && to === fleet.machines.length) return fleet;
  const telemetry = fleet.telemetry.map((table) => {
    const [first, end] = [table.offsets[from], table.offsets[to]];
    const time = table.time.subarray(first, end);
    return {
      name: table.name,
      offsets: sliceOffsets(table.offsets, from, to),
      time,
      knownAt: table.knownAt === table.time ? time : table.knownAt.subarray(first, end),
      sensors: Object.fromEntries(
        Object.entries(table.sensors).map(([sensor, values]) => [sensor, values.subarray(first, end)]),
      ),
    };
  });
  return { ...sliceRest(fleet, from, to), telemetry };
}
