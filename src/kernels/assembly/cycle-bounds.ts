/** Which operating cycles lie in each cutoff's window. */
import { f64At, firstAbove, u32At } from "./memory";

/**
 * first..past are rows of the cutoff's machine in a table with one row a cycle: `start`, `end` and `knownAt` ascend together, so that the
 * cycles known at t come before all others (`knownAt` 0: known at their end).
 * Of a `window` in time: those with an end in (t - shift - window, t - shift]. Of a `window` in cycles (`counted` 1): the last `window`
 * of those that are known less the newest `shift`; none if the record does not reach back that far.
 * Where there is an anchor (one instant a cutoff, 0: none, NaN: none for this one) only cycles that began after it; the record then
 * has to reach back to the anchor alone.
 */
export function cycleBounds(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, start: usize, end: usize, knownAt: usize, anchor: usize,
  counted: u32, window: f64, shift: f64, first: usize, past: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const owner = u32At(machine, row);
    const begin = u32At(offsets, owner);
    const known = firstAbove(knownAt == 0 ? end : knownAt, begin, u32At(offsets, owner + 1), instant);
    const since = anchor == 0 ? NaN : f64At(anchor, row);
    const fresh = since != since ? begin : firstAbove(start, begin, known, since);
    let low = begin;
    let high = known;
    if (counted == 0) {
      high = firstAbove(end, begin, known, instant - shift);
      low = firstAbove(end, begin, high, instant - shift - window);
    } else {
      const visible = <f64>(known - begin);
      high = shift < visible ? known - <u32>shift : begin;
      const kept = <f64>(high - begin);
      if (kept >= window) low = high - <u32>window;
      // Fewer cycles than wanted are all there are since the anchor, if the record reaches back to one before it.
      else if (fresh == begin) low = high;
    }
    if (fresh > low) low = fresh;
    if (low > high) low = high;
    store<u32>(first + ((<usize>row) << 2), low);
    store<u32>(past + ((<usize>row) << 2), high);
  }
}
