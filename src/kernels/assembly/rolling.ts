/** Statistics of one sensor over each cutoff's window, every window computed anew, in the order of time. */
import { counts, emit, f64At, u32At } from "./memory";

/** An output that is 0 is not wanted. The slope is per `unit` of time (least squares); sd is the sample sd, two-pass. */
export function rolling(
  from: u32, to: u32, cutoff: usize, first: usize, past: usize, time: usize, knownAt: usize, values: usize, unit: f64,
  mean: usize, sd: usize, min: usize, max: usize, range: usize, last: usize, slope: usize, count: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    const begin = u32At(first, row);
    const end = u32At(past, row);
    let readings: u32 = 0;
    let sum: f64 = 0;
    let ageSum: f64 = 0;
    let least: f64 = Infinity;
    let most: f64 = -Infinity;
    let newest: f64 = NaN;
    for (let i = begin; i < end; i++) {
      const value = f64At(values, i);
      if (!counts(value, knownAt, i, instant)) continue;
      readings++;
      sum += value;
      ageSum += (f64At(time, i) - instant) / unit;
      if (value < least) least = value;
      if (value > most) most = value;
      newest = value;
    }
    // A window that never changes has exactly its value as mean: the rounding of a sum would leave a spread that is not there.
    const constant = least == most;
    const centre = readings == 0 ? NaN : constant ? least : sum / <f64>readings;
    if (mean != 0) emit(mean, row, centre);
    if (min != 0) emit(min, row, readings == 0 ? NaN : least);
    if (max != 0) emit(max, row, readings == 0 ? NaN : most);
    if (range != 0) emit(range, row, readings == 0 ? NaN : most - least);
    if (last != 0) emit(last, row, newest);
    if (count != 0) emit(count, row, <f64>readings);
    if (sd == 0 && slope == 0) continue;
    if (readings < 2) {
      if (sd != 0) emit(sd, row, NaN);
      if (slope != 0) emit(slope, row, NaN);
      continue;
    }
    const ageCentre = ageSum / <f64>readings;
    let squares: f64 = 0;
    let products: f64 = 0;
    let ageSquares: f64 = 0;
    for (let i = begin; i < end; i++) {
      const value = f64At(values, i);
      if (!counts(value, knownAt, i, instant)) continue;
      const deviation = value - centre;
      const age = (f64At(time, i) - instant) / unit - ageCentre;
      squares += deviation * deviation;
      products += age * deviation;
      ageSquares += age * age;
    }
    if (sd != 0) emit(sd, row, sqrt<f64>(squares / <f64>(readings - 1)));
    if (slope != 0) emit(slope, row, products / ageSquares);
  }
}
