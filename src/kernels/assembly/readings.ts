/** The newest known reading of a window, and what is made of it. */
import { counts, emit, f64At, u32At } from "./memory";

/** Writes the newest known reading in first..past as float64, NaN where there is none. */
export function lastReading(
  from: u32, to: u32, cutoff: usize, first: usize, past: usize, knownAt: usize, values: usize, out: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const begin = u32At(first, row);
    let newest: f64 = NaN;
    for (let i = u32At(past, row); i > begin; i--) {
      const value = f64At(values, i - 1);
      if (counts(value, knownAt, i - 1, instant)) {
        newest = value;
        break;
      }
    }
    store<f64>(out + ((<usize>row) << 3), newest);
  }
}

/** Emits a float64 column as it is. */
export function emitColumn(from: u32, to: u32, values: usize, out: usize): void {
  for (let row = from; row < to; row++) emit(out, row, f64At(values, row));
}

/** Emits left - right. */
export function difference(from: u32, to: u32, left: usize, right: usize, out: usize): void {
  for (let row = from; row < to; row++) emit(out, row, f64At(left, row) - f64At(right, row));
}
