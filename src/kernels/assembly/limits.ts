/** Readings against operating limits. `low` and `high` hold one limit a cutoff; an absent side is infinite, no limit at all is NaN. */
import { counts, emit, f64At, u32At } from "./memory";

/** The distance of a reading to the nearer limit, negative outside; NaN where there is neither a reading nor a limit. */
export function limitMargin(from: u32, to: u32, reading: usize, low: usize, high: usize, out: usize): void {
  for (let row = from; row < to; row++) {
    const value = f64At(reading, row);
    const margin = min<f64>(value - f64At(low, row), f64At(high, row) - value);
    emit(out, row, margin == Infinity ? NaN : margin);
  }
}

/** The share of the known readings in first..past that lie outside the limits (`side` 0), below the lower (1) or above the upper one (2); NaN without readings or limits. */
export function limitExceeded(
  from: u32, to: u32, cutoff: usize, first: usize, past: usize, knownAt: usize, values: usize, low: usize, high: usize,
  side: u32, out: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    let least = f64At(low, row);
    let most = f64At(high, row);
    if (side == 1 && most == most) most = Infinity;
    if (side == 2 && least == least) least = -Infinity;
    const end = u32At(past, row);
    let readings: u32 = 0;
    let outside: u32 = 0;
    for (let i = u32At(first, row); i < end; i++) {
      const value = f64At(values, i);
      if (!counts(value, knownAt, i, instant)) continue;
      readings++;
      if (value < least || value > most) outside++;
    }
    const limited = least == least && most == most && (least != -Infinity || most != Infinity);
    emit(out, row, limited && readings > 0 ? <f64>outside / <f64>readings : NaN);
  }
}
