/** The entropy of a histogram of the readings. */
import { log } from "../transcendental";
import { valueAt, Window } from "./window";

/** Equal bins from the smallest to the largest reading; the last includes its upper edge. */
export function binnedEntropy(window: Window, bins: u32): f64 {
  const least = window.least;
  const range = window.most - least;
  if (window.count == 0 || !isFinite<f64>(range)) return NaN;
  if (range == 0) return 0;
  const step = range / <f64>bins;
  memory.fill(window.table, 0, (<usize>bins) << 2);
  for (let i: u32 = 0; i < window.count; i++) {
    const value = valueAt(window, i);
    let bin = <u32>(((value - least) / range) * <f64>bins);
    if (bin >= bins) bin = bins - 1;
    // The edges decide, whatever the division was rounded to.
    if (value < least + <f64>bin * step) bin--;
    else if (bin + 1 < bins && value >= least + <f64>(bin + 1) * step) bin++;
    const slot = window.table + ((<usize>bin) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  let entropy: f64 = 0;
  for (let bin: u32 = 0; bin < bins; bin++) {
    const times = load<u32>(window.table + ((<usize>bin) << 2));
    if (times == 0) continue;
    const share = <f64>times / <f64>window.count;
    entropy -= share * log(share);
  }
  return entropy;
}
