/** Which telemetry rows lie in each cutoff's window. */
import { f64At, firstAbove, firstAboveFrom, u32At } from "./memory";

/**
 * first..past are the rows of the cutoff's machine with a time in (t - shift - window, t - shift], and after the anchor where there is one.
 * `anchor` is 0 or one instant a cutoff (NaN: none). `knownAt` is 0, or ascends within each machine: then what is not known at t is left out.
 * All ends go on from where they were at the row before, as cutoffs ascend within a machine; at the first row, at another machine and where
 * an end goes back they are searched for, so that the range of rows says nothing.
 */
export function bounds(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, time: usize, knownAt: usize, anchor: usize,
  window: f64, shift: f64, first: usize, past: usize,
): void {
  let owner: u32 = 0xffffffff;
  let last: u32 = 0;
  let low: u32 = 0;
  let high: u32 = 0;
  let known: u32 = 0;
  let earlierStart: f64 = 0;
  let earlierEnd: f64 = 0;
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const end = instant - shift;
    let start = end - window;
    if (anchor != 0) {
      const since = f64At(anchor, row);
      if (since > start) start = since;
    }
    const present = u32At(machine, row);
    const onward = present == owner && end >= earlierEnd;
    const begin = u32At(offsets, present);
    if (present != owner) last = u32At(offsets, present + 1);
    if (present == owner && start >= earlierStart) low = firstAboveFrom(time, low, last, start);
    else low = firstAbove(time, begin, last, start);
    high = onward ? firstAboveFrom(time, high, last, end) : firstAbove(time, begin, last, end);
    let visible = high;
    if (knownAt != 0) {
      known = onward ? firstAboveFrom(knownAt, known, last, instant) : firstAbove(knownAt, begin, last, instant);
      visible = min<u32>(high, known);
    }
    owner = present;
    earlierStart = start;
    earlierEnd = end;
    store<u32>(first + ((<usize>row) << 2), low);
    store<u32>(past + ((<usize>row) << 2), max<u32>(low, visible));
  }
}
