/** The number of readings above all their neighbours up to a distance on both sides. */
import { valueAt, Window } from "./window";

export function peaks(window: Window, support: u32): f64 {
  let peaks: u32 = 0;
  for (let i = support; i + support < window.count; i++) peaks += <u32>isPeak(window, i, support);
  return <f64>peaks;
}

function isPeak(window: Window, index: u32, support: u32): bool {
  const value = valueAt(window, index);
  for (let distance: u32 = 1; distance <= support; distance++) {
    if (!(value > valueAt(window, index - distance) && value > valueAt(window, index + distance))) return false;
  }
  return true;
}
