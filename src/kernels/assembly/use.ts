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

/** For machines from..to: `sums[i]` is the held time of the machine's readings before row i, up to the newest of them that has a next. */
export function heldTime(
  from: u32, to: u32, offsets: usize, time: usize, values: usize, above: f64, hold: f64, sums: usize,
): void {
  for (let owner = from; owner < to; owner++) {
    const end = u32At(offsets, owner + 1);
    let sum: f64 = 0;
    let previous: f64 = NaN;
    let previousTime: f64 = 0;
    for (let i = u32At(offsets, owner); i < end; i++) {
      const value = f64At(values, i);
      if (value == value) {
        const instant = f64At(time, i);
        if (previous == previous) sum += held(previous, above, previousTime, instant, hold);
        previous = value;
        previousTime = instant;
      }
      store<f64>(sums + ((<usize>i) << 3), sum);
    }
  }
}

/**
 * The held time of the readings from the anchor to the cutoff, in units; the newest reading holds to the cutoff at most.
 * NaN where there is no anchor, or no known reading at or before it: what ran before the record began is unknown.
 * `sums` comes from `heldTime`; 0 (where readings are late, so that "the next reading" depends on the cutoff) adds anew.
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
    let earliest = begin;
    while (earliest < end && !counts(f64At(values, earliest), knownAt, earliest, instant)) earliest++;
    if (earliest == end || !(f64At(time, earliest) <= since)) {
      emit(out, row, NaN);
      continue;
    }
    let i = firstNotBelow(time, earliest, end, since);
    let sum: f64 = 0;
    if (sums != 0) {
      let last = end;
      while (i < last && !counts(f64At(values, i), 0, i, instant)) i++;
      while (last > i && !counts(f64At(values, last - 1), 0, last - 1, instant)) last--;
      if (last > i) {
        sum = f64At(sums, last - 1) - f64At(sums, i);
        sum += held(f64At(values, last - 1), above, f64At(time, last - 1), instant, hold);
      }
    } else {
      let previous: f64 = NaN;
      let previousTime: f64 = 0;
      for (; i < end; i++) {
        const value = f64At(values, i);
        if (!counts(value, knownAt, i, instant)) continue;
        const reading = f64At(time, i);
        if (previous == previous) sum += held(previous, above, previousTime, reading, hold);
        previous = value;
        previousTime = reading;
      }
      if (previous == previous) sum += held(previous, above, previousTime, instant, hold);
    }
    emit(out, row, sum / unit);
  }
}
