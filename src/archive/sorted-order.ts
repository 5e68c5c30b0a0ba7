/** Sorts the rows of one machine by time, in place, in all columns at once. */

export interface RowSorter {
  /**
   * Sorts the rows from `from` (included) to `to` (excluded) of all columns by the first one, which holds whole numbers; rows that agree
   * in it by the next one, and so on (NaN last), so that the order is total. Returns the first row whose first column equals that of the
   * row before it, or -1.
   */
  sort(columns: readonly Float64Array[], from: number, to: number): number;
}

/** A sorter with room for `most` rows at a time (24 bytes a row). */
export function rowSorter(most: number): RowSorter {
  const low = new Uint32Array(most);
  const high = new Uint32Array(most);
  const sorted = new Float64Array(most);
  const orders = [new Uint32Array(most), new Uint32Array(most)] as const;
  const counts = new Uint32Array(1 << WIDE_DIGIT);

  /** The order of the rows by time, but for what rounding or a small number of rows leaves to `finish`. */
  function orderByTime(time: Float64Array, from: number, rows: number): Uint32Array {
    let [order, other] = orders;
    for (let i = 0; i < rows; i++) order[i] = i;
    if (rows <= FEW_ROWS) return order;
    const { least, most } = bounds(time, from, rows);
    for (let i = 0; i < rows; i++) {
      const distance = time[from + i] - least;
      const above = Math.floor(distance / LOW_RANGE);
      high[i] = above;
      low[i] = distance - above * LOW_RANGE;
    }
    const width = rows < 1 << 10 ? NARROW_DIGIT : WIDE_DIGIT;
    const passes: [digits: Uint32Array, bits: number][] = [
      [low, Math.min(LOW_BITS, bitsOf(most - least))],
      [high, bitsOf((most - least) / LOW_RANGE)],
    ];
    for (const [digits, bits] of passes) {
      for (let shift = 0; shift < bits; shift += width) {
        if (!sortByDigit(digits, shift, width, { order, other, rows, counts })) continue;
        [order, other] = [other, order];
      }
    }
    return order;
  }

  return {
    sort(columns, from, to) {
      const [time] = columns;
      const rows = to - from;
      if (isAscending(time, from, to)) return -1;
      const order = orderByTime(time, from, rows);
      const repeated = finish(order, columns, from, rows);
      for (const column of columns) {
        for (let i = 0; i < rows; i++) sorted[i] = column[from + order[i]];
        column.set(sorted.subarray(0, rows), from);
      }
      return repeated === -1 ? -1 : from + repeated;
    },
  };
}

/** Up to here an insertion sort is the quickest. */
const FEW_ROWS = 24;
/** Bits of a digit: for few rows, few buckets. */
const NARROW_DIGIT = 8;
const WIDE_DIGIT = 12;
/** A distance in time, up to 2^54, is held in two words: the low one has so many bits. */
const LOW_BITS = 24;
const LOW_RANGE = 2 ** LOW_BITS;

interface Pass {
  order: Uint32Array;
  other: Uint32Array;
  rows: number;
  counts: Uint32Array;
}

/** A stable counting sort from `order` into `other`; false, and nothing done, where all rows have the same digit. */
function sortByDigit(digits: Uint32Array, shift: number, width: number, { order, other, rows, counts }: Pass): boolean {
  const mask = (1 << width) - 1;
  counts.fill(0, 0, mask + 1);
  for (let i = 0; i < rows; i++) counts[(digits[i] >>> shift) & mask]++;
  if (counts[(digits[0] >>> shift) & mask] === rows) return false;
  let place = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const count = counts[digit];
    counts[digit] = place;
    place += count;
  }
  for (let i = 0; i < rows; i++) {
    const row = order[i];
    other[counts[(digits[row] >>> shift) & mask]++] = row;
  }
  return true;
}

/** An insertion sort over all columns of rows that are nearly in order; returns the first place at which a time repeats, or -1. */
function finish(order: Uint32Array, columns: readonly Float64Array[], from: number, rows: number): number {
  const [time] = columns;
  for (let i = 1; i < rows; i++) {
    const row = order[i];
    const at = time[from + row];
    let place = i;
    while (place > 0) {
      const before = time[from + order[place - 1]];
      if (before < at || (before === at && compareRows(columns, from + order[place - 1], from + row) <= 0)) break;
      order[place] = order[place - 1];
      place--;
    }
    order[place] = row;
  }
  for (let i = 1; i < rows; i++) if (time[from + order[i]] === time[from + order[i - 1]]) return i;
  return -1;
}

function compareRows(columns: readonly Float64Array[], a: number, b: number): number {
  for (let i = 1; i < columns.length; i++) {
    const x = columns[i][a];
    const y = columns[i][b];
    if (x < y) return -1;
    if (x > y) return 1;
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  }
  return 0;
}

function isAscending(time: Float64Array, from: number, to: number): boolean {
  for (let row = from + 1; row < to; row++) if (!(time[row - 1] < time[row])) return false;
  return true;
}

function bounds(time: Float64Array, from: number, rows: number): { least: number; most: number } {
  let least = time[from];
  let most = least;
  for (let row = from + 1; row < from + rows; row++) {
    if (time[row] < least) least = time[row];
    else if (time[row] > most) most = time[row];
  }
  return { least, most };
}

function bitsOf(value: number): number {
  let bits = 0;
  for (let rest = value; rest >= 1; rest /= 2) bits++;
  return bits;
}
