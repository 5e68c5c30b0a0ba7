/** The kind of the last visible event, as its code. */
import { visible } from "./events";
import { emit, f64At, firstAbove, u32At } from "./memory";

/**
 * Writes its code (`kind`, float64, one an event) in (t - window, t] and after the anchor (0: none; else one a cutoff, NaN: none), of several visible
 * events at the last instant that of the first; -1 where there is none.
 */
export function lastKind(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, time: usize, seenAt: usize, kind: usize,
  strict: u32, window: f64, anchor: usize, out: usize,
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
    let found: f64 = -1;
    let last: f64 = NaN;
    for (let i = firstAbove(time, begin, u32At(offsets, owner + 1), instant); i > begin; i--) {
      const at = f64At(time, i - 1);
      if (at <= start || (last == last && at != last)) break;
      if (!visible(f64At(seenAt, i - 1), instant, strict)) continue;
      last = at;
      found = f64At(kind, i - 1);
    }
    store<f64>(out + ((<usize>row) << 3), found);
  }
}

/** Emits 1 where the value is the one wanted, else 0. */
export function emitEqual(from: u32, to: u32, values: usize, wanted: f64, out: usize): void {
  for (let row = from; row < to; row++) emit(out, row, f64At(values, row) == wanted ? 1 : 0);
}
