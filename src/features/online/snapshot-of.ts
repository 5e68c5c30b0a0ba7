/** The rows of all machines as plain data. */
import { compareBytes } from "../../core/order.ts";
import type { EventLists } from "./event-lists.ts";
import type { KindCodes } from "./kind-codes.ts";
import type { Layout } from "./layout.ts";
import { emptyRegion, type MachineState } from "./machine-state.ts";
import type { Region, RowStore } from "./row-store.ts";
import type { EventsSnapshot, RowsSnapshot } from "./rows-snapshot.ts";

/** @param states sorted by the machines' names */
export function snapshotOf(
  states: readonly MachineState[],
  { tables, events }: Layout,
  lists: EventLists,
  kinds: KindCodes,
): RowsSnapshot {
  const eventTables = [...new Set(lists.all.map(({ table }) => table))];
  return {
    machines: states.map(({ name }) => name),
    clock: Float64Array.from(states, ({ clock }) => clock),
    sources: tables.map(({ columns }, source) => {
      const regions = states.map((state) => state.tables[source]);
      return { offsets: offsetsOf(regions.map(sizeOf)), columns: columns.map((column) => gathered(column, regions)) };
    }),
    events: eventTables.map((table) => eventsOf(table, states, events, lists, kinds)),
    kinds: kinds.names,
    cycles: states.flatMap(({ cycles }) => (cycles === undefined ? [] : [cycles.save()])),
  };
}

/** Lists keep different records of a table: all that any of them has. */
function eventsOf(
  table: string,
  states: readonly MachineState[],
  { columns: [times, seen, codes] }: RowStore,
  lists: EventLists,
  kinds: KindCodes,
): EventsSnapshot {
  const numbers = lists.ofTable(table);
  const each = states.map(({ events }) => {
    const records = new Map<string, { time: number; seenAt: number; kind: number }>();
    for (const { first, past } of numbers.map((list) => events[list] ?? emptyRegion()))
      for (let row = first; row < past; row++)
        records.set(`${times[row]} ${codes[row]}`, { time: times[row], seenAt: seen[row], kind: codes[row] });
    return [...records.values()].sort(
      (a, b) => a.time - b.time || compareBytes(kinds.name(a.kind), kinds.name(b.kind)),
    );
  });
  const all = each.flat();
  return {
    table,
    offsets: offsetsOf(each.map(({ length }) => length)),
    time: Float64Array.from(all, ({ time }) => time),
    seenAt: Float64Array.from(all, ({ seenAt }) => seenAt),
    kind: Uint32Array.from(all, ({ kind }) => kind),
  };
}

function sizeOf({ first, past }: Region): number {
  return past - first;
}

function offsetsOf(sizes: readonly number[]): Uint32Array {
  const offsets = new Uint32Array(sizes.length + 1);
  for (const [i, size] of sizes.entries()) offsets[i + 1] = offsets[i] + size;
  return offsets;
}

function gathered(column: Float64Array, regions: readonly Region[]): Float64Array {
  const all = new Float64Array(regions.reduce((sum, region) => sum + sizeOf(region), 0));
  let at = 0;
  for (const region of regions) {
    all.set(column.subarray(region.first, region.past), at);
    at += sizeOf(region);
  }
  return all;
}
