/** Which telemetry rows lie in each cutoff's window. */
import { f64At, firstAbove, u32At } from "./memory";

/**
 * first..past are the rows of the cutoff's machine with a time in (t - shift - window, t - shift], and after the anchor where there is one.
 * `anchor` is 0 or one instant a cutoff (NaN: none).
 */
export function bounds(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, time: usize, anchor: usize,
  window: f64, shift: f64, first: usize, past: usize,
): void {
  for (let row = from; row < to; row++) {
    const end = f64At(cutoff, row) - shift;
    let start = end - window;
    if (anchor != 0) {
      const since = f64At(anchor, row);
      if (since > start) start = since;
    }
    const owner = u32At(machine, row);
    const last = u32At(offsets, owner + 1);
    const low = firstAbove(time, u32At(offsets, owner), last, start);
    store<u32>(first + ((<usize>row) << 2), low);
    store<u32>(past + ((<usize>row) << 2), firstAbove(time, low, last, end));
  }
}
