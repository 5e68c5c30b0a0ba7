/** Rows of many machines side by side in columns of kernel memory: each machine has a region of its own that moves when it grows. */
import type { Address, KernelMemory } from "../../kernels/memory.ts";

/** The rows `first` (included) to `past` (excluded) of a store, ascending by time, in the room from `start` on. */
export interface Region {
  start: number;
  first: number;
  past: number;
  /** Rows that there is room for. */
  capacity: number;
}

/** Columns side by side, float64: `width` a row. */
interface Lanes {
  address: Address;
  columns: readonly number[];
  width: number;
  view: Float64Array;
}

/** Rows in blocks of absolute time; groups are numbered so that none has a higher number than its rows. */
interface Groups {
  address: Address;
  startsAddress: Address;
  block: number;
  groupOf: Uint32Array;
  starts: Uint32Array;
}

/** Columns of float64: the first holds the time. */
export class RowStore {
  readonly addresses: readonly Address[];
  readonly columns: readonly Float64Array[];
  /** Rows that there is room for in all. */
  readonly capacity: number;
  readonly #memory: KernelMemory;
  readonly #lanes = new Map<string, Lanes>();
  readonly #groups = new Map<number, Groups>();
  #used = 0;
  /** Regions that were moved away from, by their capacity. */
  readonly #free = new Map<number, number[]>();

  constructor(memory: KernelMemory, width: number, capacity: number) {
    this.#memory = memory;
    this.capacity = capacity;
    this.addresses = Array.from({ length: width }, () => memory.allocate(capacity * 8));
    this.columns = this.addresses.map((address) => memory.viewFloat64(address, capacity));
  }

  /** The address of some columns side by side, the last again where they are fewer than `width`. */
  lanes(columns: readonly number[], width: number): Address {
    const key = `${width} ${columns}`;
    const made = this.#lanes.get(key);
    if (made !== undefined) return made.address;
    const address = this.#memory.allocate(this.capacity * width * 8);
    const view = this.#memory.viewFloat64(address, this.capacity * width);
    const sources = Array.from({ length: width }, (_, lane) => columns[Math.min(lane, columns.length - 1)]);
    this.#lanes.set(key, { address, columns: sources, width, view });
    return address;
  }

  /** The addresses of the group of each row and of the first row of each group, for blocks of a length. */
  groups(block: number): { groupOf: Address; starts: Address } {
    const made = this.#groups.get(block) ?? this.#newGroups(block);
    this.#groups.set(block, made);
    return { groupOf: made.address, starts: made.startsAddress };
  }

  #newGroups(block: number): Groups {
    // One more than rows: the row past the last group's.
    const length = this.capacity + 1;
    const address = this.#memory.allocate(length * 4);
    const startsAddress = this.#memory.allocate(length * 4);
    const { buffer } = this.#memory.memory;
    return {
      address,
      startsAddress,
      block,
      groupOf: new Uint32Array(buffer, address, length),
      starts: new Uint32Array(buffer, startsAddress, length),
    };
  }

  /** Takes over the rows of a smaller store. Each region is to be `settle`d. */
  copy(from: RowStore): void {
    for (const [i, column] of from.columns.entries()) this.columns[i].set(column.subarray(0, from.#used));
    this.#used = from.#used;
    for (const [capacity, starts] of from.#free) this.#free.set(capacity, [...starts]);
  }

  /** The start of a region with room for so many rows; -1 where the store is full. */
  reserve(capacity: number): number {
    const freed = this.#free.get(capacity)?.pop();
    if (freed !== undefined) return freed;
    if (this.#used + capacity > this.capacity) return -1;
    this.#used += capacity;
    return this.#used - capacity;
  }

  release({ start, capacity }: Region): void {
    if (capacity === 0) return;
    const starts = this.#free.get(capacity);
    if (starts === undefined) this.#free.set(capacity, [start]);
    else starts.push(start);
  }

  /** Moves rows, within or between regions. Regions are to be `settle`d afterwards. */
  move(first: number, past: number, to: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i].copyWithin(to, first, past);
  }

  /** The first row of a region at or after an instant. */
  find({ first, past }: Region, instant: number): number {
    const time = this.columns[0];
    // New rows stand at the end, so look there first.
    if (past === first || time[past - 1] < instant) return past;
    let low = first;
    let high = past - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (time[middle] < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a region has a row of an instant. */
  has(region: Region, instant: number): boolean {
    const at = this.find(region, instant);
    return at < region.past && this.columns[0][at] === instant;
  }

  /** Makes a gap for a row at a place; the region has room for it. It is to be written, then `settle`d from there on. */
  open(region: Region, at: number): void {
    if (at < region.past) this.move(at, region.past, at + 1);
    region.past++;
  }

  /** Brings what is made of the columns up to date, for the rows of a region from one on. */
  settle(region: Region, from = region.first): void {
    for (const lanes of this.#lanes.values()) this.#interleave(lanes, from, region.past);
    for (const groups of this.#groups.values()) this.#group(groups, region, from);
  }

  #interleave({ columns, width, view }: Lanes, from: number, past: number): void {
    for (let lane = 0; lane < width; lane++) {
      const column = this.columns[columns[lane]];
      for (let row = from, at = from * width + lane; row < past; row++, at += width) view[at] = column[row];
    }
  }

  #group({ block, groupOf, starts }: Groups, { first, past }: Region, from: number): void {
    const time = this.columns[0];
    for (let row = from; row < past; row++) {
      if (row === first) {
        groupOf[row] = row;
        starts[row] = row;
      } else if (Math.floor(time[row] / block) === Math.floor(time[row - 1] / block)) {
        groupOf[row] = groupOf[row - 1];
      } else {
        groupOf[row] = groupOf[row - 1] + 1;
        starts[groupOf[row]] = row;
      }
    }
    if (past > first) starts[groupOf[past - 1] + 1] = past;
  }
}

/** Makes room for one more row, of which the caller has dropped what can go. False where the store is full. */
export function makeRoom(store: RowStore, region: Region, smallest: number): boolean {
  const { start, first, past, capacity } = region;
  // One row more than there are: groups are numbered up to it.
  if (past + 1 < start + capacity) return true;
  const rows = past - first;
  // With a quarter free, moving down costs at most three row moves a row.
  if (rows * 4 <= capacity * 3 && rows + 1 < capacity) {
    store.move(first, past, start);
    region.first = start;
    region.past = start + rows;
  } else {
    const wider = Math.max(smallest, capacity * 2);
    const moved = store.reserve(wider);
    if (moved < 0) return false;
    store.move(first, past, moved);
    store.release(region);
    region.start = moved;
    region.first = moved;
    region.past = moved + rows;
    region.capacity = wider;
  }
  store.settle(region);
  return true;
}
