/** The time between events. */
import { settledRows, visible } from "./events";
import { emit, f64At, firstAbove, u32At } from "./memory";

/**
 * The mean and the last interval, in units, between neighbours of the instants in (t - window, t] and after the anchor (0: none;
 * else one a cutoff, NaN: none) at which an event is visible; NaN with fewer than two. `instants` (0: none) is the running number of
 * a machine's instants, uint32. An output that is 0 is not wanted.
 */
export function eventIntervals(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, time: usize, seenAt: usize, settledAt: usize,
  instants: usize, strict: u32, window: f64, anchor: usize, unit: f64, mean: usize, last: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    let start = instant - window;
    if (anchor != 0) {
      const since = f64At(anchor, row);
      if (since > start) start = since;
    }
    const owner = u32At(machine, row);
    const begin = u32At(offsets, owner);
    const end = firstAbove(time, begin, u32At(offsets, owner + 1), instant);
    const first = firstAbove(time, begin, end, start);
    const settled = max<u32>(first, settledRows(settledAt, begin, end, instant, strict));
    let seen: u32 = 0;
    let oldest: f64 = NaN;
    let before: f64 = NaN;
    let newest: f64 = NaN;
    if (settled > first) {
      seen = u32At(instants, settled - 1) - u32At(instants, first) + 1;
      oldest = f64At(time, first);
      newest = f64At(time, settled - 1);
      let i = settled - 1;
      while (i > first && f64At(time, i - 1) == newest) i--;
      if (i > first) before = f64At(time, i - 1);
    }
    for (let i = settled; i < end; i++) {
      const at = f64At(time, i);
      if (at == newest || !visible(f64At(seenAt, i), instant, strict)) continue;
      before = newest;
      newest = at;
      if (seen == 0) oldest = newest;
      seen++;
    }
    if (mean != 0) emit(mean, row, seen < 2 ? NaN : (newest - oldest) / <f64>(seen - 1) / unit);
    if (last != 0) emit(last, row, (newest - before) / unit);
  }
}
