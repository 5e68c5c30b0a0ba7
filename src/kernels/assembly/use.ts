/** Time in use since an anchor. Times are whole numbers, so every sum here is exact and may be taken in any order. */
import { counts, emit, f64At, firstAbove, firstNotBelow, u32At } from "./memory";

/** How long a reading holds: until the next, at most `hold`, and only while the sensor is above the limit. */
// @ts-ignore: decorator
@inline
function held(value: f64, above: f64, time: f64, next: f64, hold: f64): f64 {
  if (!(value > above)) return 0;
  const span = next - time;
  return span < hold ? span : hold;
}

/** What `heldTime` writes a reading: three float64 and two uint32, at these bytes. */
const RECORD: usize = 32;
const SETTLED: usize = 8;
const KNOWN: usize = 16;
const NEXT: usize = 24;
const PAST: usize = 28;

// @ts-ignore: decorator
@inline
function recordAt(sums: usize, index: u32): usize {
  return sums + (<usize>index) * RECORD;
}

/**
 * For machines from..to, a reading: the held time of the machine's readings before it, up to the newest of them that has a next, as if none
 * were late; when the last of the rows so far became known (`knownAt` 0: with its time), which ascends; when the first of the readings so
 * far did, which descends; the next reading from here on, else the end; and the row after the newest reading so far, else the beginning.
 */
export function heldTime(
  from: u32, to: u32, offsets: usize, time: usize, knownAt: usize, values: usize, above: f64, hold: f64, sums: usize,
): void {
  for (let owner = from; owner < to; owner++) {
    const begin = u32At(offsets, owner);
    const end = u32At(offsets, owner + 1);
    let sum: f64 = 0;
    let settled: f64 = -Infinity;
    let earliest: f64 = Infinity;
    let past = begin;
    for (let i = begin; i < end; i++) {
      const value = f64At(values, i);
      const instant = f64At(time, i);
      const known = knownAt == 0 ? instant : f64At(knownAt, i);
      if (known > settled) settled = known;
      const record = recordAt(sums, i);
      if (value == value) {
        if (past > begin) sum += held(f64At(values, past - 1), above, f64At(time, past - 1), instant, hold);
        if (known < earliest) earliest = known;
        for (let missing = past; missing <= i; missing++) store<u32>(recordAt(sums, missing), i, NEXT);
        past = i + 1;
      }
      store<f64>(record, sum);
      store<f64>(record, settled, SETTLED);
      store<f64>(record, earliest, KNOWN);
      store<u32>(record, past, PAST);
    }
    for (let missing = past; missing < end; missing++) store<u32>(recordAt(sums, missing), end, NEXT);
  }
}

/** The first row of begin..end that was not known at the instant, else end: all before it were known. */
function settledReadings(sums: usize, begin: u32, end: u32, instant: f64): u32 {
  let low = begin;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<f64>(recordAt(sums, middle), SETTLED) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The held time of the readings from the anchor to the cutoff, in units; the newest reading holds to the cutoff at most.
 * NaN where there is no anchor, or no known reading at or before it: what ran before the record began is unknown.
 * `sums` comes from `heldTime`; 0 adds anew.
 */
export function usedTime(
  from: u32, to: u32, machine: usize, cutoff: usize, anchor: usize, offsets: usize, time: usize, knownAt: usize, values: usize,
  above: f64, hold: f64, unit: f64, sums: usize, out: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const since = f64At(anchor, row);
    const owner = u32At(machine, row);
    const begin = u32At(offsets, owner);
    const end = firstAbove(time, begin, u32At(offsets, owner + 1), instant);
    if (since != since || !readBy(begin, firstAbove(time, begin, end, since), instant, knownAt, values, sums)) {
      emit(out, row, NaN);
      continue;
    }
    const sum = heldIn(firstNotBelow(time, begin, end, since), end, instant, time, knownAt, values, above, hold, sums);
    emit(out, row, sum != sum ? 0 : sum / unit);
  }
}

/** Whether any reading of begin..end, from a machine's first on, was known at the instant. */
function readBy(begin: u32, end: u32, instant: f64, knownAt: usize, values: usize, sums: usize): bool {
  if (begin == end) return false;
  if (sums != 0) return load<f64>(recordAt(sums, end - 1), KNOWN) <= instant;
  for (let i = begin; i < end; i++) {
    if (counts(f64At(values, i), knownAt, i, instant)) return true;
  }
  return false;
}

/**
 * The held time of the known readings in first..past, in units; the newest holds to the cutoff at most. NaN where there is none.
 * `sums` as in `usedTime`.
 */
export function usedInWindow(
  from: u32, to: u32, cutoff: usize, first: usize, past: usize, time: usize, knownAt: usize, values: usize,
  above: f64, hold: f64, unit: f64, sums: usize, out: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const begin = u32At(first, row);
    const end = u32At(past, row);
    const sum = heldIn(begin, end, instant, time, knownAt, values, above, hold, sums);
    emit(out, row, sum / unit);
  }
}

/** The held time of the known readings in begin..end, NaN where there is none: from the sums as far as all is known, then one by one. */
function heldIn(
  begin: u32, end: u32, instant: f64, time: usize, knownAt: usize, values: usize, above: f64, hold: f64, sums: usize,
): f64 {
  let sum: f64 = 0;
  let previous: f64 = NaN;
  let previousTime: f64 = 0;
  let i = begin;
  if (sums != 0) {
    const settled = settledReadings(sums, begin, end, instant);
    const oldest = settled > begin ? load<u32>(recordAt(sums, begin), NEXT) : begin;
    const past = settled > begin ? load<u32>(recordAt(sums, settled - 1), PAST) : begin;
    if (past > oldest) {
      sum = load<f64>(recordAt(sums, past - 1)) - load<f64>(recordAt(sums, oldest));
      previous = f64At(values, past - 1);
      previousTime = f64At(time, past - 1);
    }
    i = settled;
  }
  for (; i < end; i++) {
    const value = f64At(values, i);
    if (!counts(value, knownAt, i, instant)) continue;
    const reading = f64At(time, i);
    if (previous == previous) sum += held(previous, above, previousTime, reading, hold);
    previous = value;
    previousTime = reading;
  }
  if (previous != previous) return NaN;
  return sum + held(previous, above, previousTime, instant, hold);
}
