/** How often kinds of events followed each other. */
import { settledRows, visible } from "./events";
import { emit, f64At, firstAbove, firstNotBelow, u32At } from "./memory";

/**
 * The number of visible events that end a sequence which lies as a whole in (t - window, t] and after the anchor (0: none; else one a
 * cutoff, NaN: none). An event whose `kind` is the k-th of `codes` (float64) may be the k-th of the `steps`; each is strictly later than
 * the one before, by at most `within`. `scratch` has room for two float64 a step.
 *
 * Where it is known beforehand (`starts` is not 0), the sequences among settled events are not looked for: `starts` are their latest
 * starts, ascending within each machine (rows `startOffsets`), and `ended` is the running number of them, one an event.
 */
export function countSequences(
  from: u32, to: u32, scratch: usize, machine: usize, cutoff: usize, offsets: usize, time: usize, seenAt: usize, settledAt: usize,
  kind: usize, codes: usize, steps: u32, within: f64, startOffsets: usize, starts: usize, ended: usize,
  strict: u32, window: f64, anchor: usize, out: usize,
): void {
  const before = scratch + ((<usize>steps) << 3);
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
    let settled = begin;
    let count: u32 = 0;
    if (starts != 0) {
      settled = settledRows(settledAt, begin, end, instant, strict);
      const known = u32At(startOffsets, owner);
      const past = settled == begin ? known : u32At(ended, settled - 1);
      count = past - firstAbove(starts, known, past, start);
    }
    if (settled == end) {
      emit(out, row, <f64>count);
      continue;
    }
    // The last instants at which each step was reached: the latest, and the latest but that.
    for (let step: u32 = 0; step < steps; step++) {
      store<f64>(scratch + ((<usize>step) << 3), -Infinity);
      store<f64>(before + ((<usize>step) << 3), -Infinity);
    }
    // What ends at an event that is not settled began no longer before it than its steps may take.
    let i = firstNotBelow(time, begin, end, f64At(time, settled) - within * <f64>(steps - 1));
    i = max<u32>(i, firstAbove(time, begin, end, start));
    for (; i < end; i++) {
      const code = f64At(kind, i);
      if (!visible(f64At(seenAt, i), instant, strict)) continue;
      const at = f64At(time, i);
      for (let step: u32 = 0; step < steps; step++) {
        if (f64At(codes, step) != code) continue;
        if (step > 0) {
          let previous = f64At(scratch, step - 1);
          if (previous == at) previous = f64At(before, step - 1);
          if (!(at - previous <= within)) continue;
        }
        if (step == steps - 1 && i >= settled) count++;
        const reached = f64At(scratch, step);
        if (reached == at) continue;
        store<f64>(before + ((<usize>step) << 3), reached);
        store<f64>(scratch + ((<usize>step) << 3), at);
      }
    }
    emit(out, row, <f64>count);
  }
}
