/** The share of a part of the window in its energy. */
import { makeEnergy } from "./shared";
import { valueAt, Window } from "./window";

/** Part `part` (from 1 on) of `parts`, in the order of time; the first ones are one reading longer where they cannot be equal. */
export function energyShare(window: Window, parts: u32, part: u32): f64 {
  makeEnergy(window);
  const size = window.count / parts;
  const longer = window.count % parts;
  const before = part - 1;
  const begin = before * size + min<u32>(before, longer);
  const end = begin + size + <u32>(before < longer);
  let energy: f64 = 0;
  for (let i = begin; i < end; i++) energy += valueAt(window, i) * valueAt(window, i);
  return energy / window.energy;
}
