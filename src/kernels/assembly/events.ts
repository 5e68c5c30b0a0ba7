/** Counts of events, the last event, and the time since then. Events of a machine ascend by time; `seenAt` is max(time, knownAt). */
import { emit, f64At, firstAbove, firstNotBelow, u32At } from "./memory";

// @ts-ignore: decorator
@inline
export function visible(seenAt: f64, instant: f64, strict: u32): bool {
  return seenAt < instant || (strict == 0 && seenAt == instant);
}

/**
 * The row up to which all events of begin..end are visible: `settledAt` is the running maximum of `seenAt`, so that it ascends; 0
 * knows of none. Whatever is counted has to look only at what comes after it, which is little where little is late.
 */
export function settledRows(settledAt: usize, begin: u32, end: u32, instant: f64, strict: u32): u32 {
  if (settledAt == 0) return begin;
  return strict != 0 ? firstNotBelow(settledAt, begin, end, instant) : firstAbove(settledAt, begin, end, instant);
}

/**
 * The number of visible events with a time in (t - window, t] and after the anchor (0: none; else one a cutoff), divided by `per`.
 * `strict` is 1 for outcomes: visible strictly after their instant. Where `anchored` is 1, no anchor (NaN) gives NaN.
 */
export function countEvents(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, time: usize, seenAt: usize, settledAt: usize,
  strict: u32, window: f64, anchor: usize, anchored: u32, per: f64, out: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    let start = instant - window;
    if (anchor != 0) {
      const since = f64At(anchor, row);
      if (since > start) start = since;
      if (anchored != 0 && since != since) {
        emit(out, row, NaN);
        continue;
      }
    }
    const owner = u32At(machine, row);
    const begin = u32At(offsets, owner);
    const end = firstAbove(time, begin, u32At(offsets, owner + 1), instant);
    const first = firstAbove(time, begin, end, start);
    const settled = max<u32>(first, settledRows(settledAt, begin, end, instant, strict));
    let seen = settled - first;
    for (let i = settled; i < end; i++) if (visible(f64At(seenAt, i), instant, strict)) seen++;
    emit(out, row, <f64>seen / per);
  }
}

/** Writes the instant of the last visible event as float64, NaN where there is none. */
export function lastEvent(
  from: u32, to: u32, machine: usize, cutoff: usize, offsets: usize, time: usize, seenAt: usize,
  strict: u32, out: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const owner = u32At(machine, row);
    const begin = u32At(offsets, owner);
    let found: f64 = NaN;
    for (let i = firstAbove(time, begin, u32At(offsets, owner + 1), instant); i > begin; i--) {
      if (visible(f64At(seenAt, i - 1), instant, strict)) {
        found = f64At(time, i - 1);
        break;
      }
    }
    store<f64>(out + ((<usize>row) << 3), found);
  }
}

/**
 * The time from the anchor to the cutoff in units, divided by `interval` where that is not 0 (one a cutoff).
 * `anchor` is 0 or one instant a cutoff; where it is NaN, `fallback` counts (0 or one instant a machine). NaN where both are unknown or ahead.
 */
export function elapsed(
  from: u32, to: u32, machine: usize, cutoff: usize, anchor: usize, fallback: usize, unit: f64, interval: usize, out: usize,
): void {
  for (let row = from; row < to; row++) {
    let since: f64 = NaN;
    if (anchor != 0) since = f64At(anchor, row);
    if (since != since && fallback != 0) since = f64At(fallback, u32At(machine, row));
    let value = (f64At(cutoff, row) - since) / unit;
    if (value < 0) value = NaN;
    if (interval != 0) value = value / f64At(interval, row);
    emit(out, row, value);
  }
}
