/** The entropy of the orders that readings come in. */
import { log } from "../transcendental";
import { valueAt, Window } from "./window";

/** Parameters: the readings a pattern, 2 to 7, and how far apart they are. Of equal readings the earlier is taken for the smaller. */
export function permutationEntropy(window: Window, order: u32, delay: u32): f64 {
  const span = (order - 1) * delay;
  if (window.count <= span) return NaN;
  const patterns = window.count - span;
  let kinds: u32 = 1;
  for (let i: u32 = 2; i <= order; i++) kinds *= i;
  memory.fill(window.table, 0, (<usize>kinds) << 2);
  for (let i: u32 = 0; i < patterns; i++) {
    const slot = window.table + ((<usize>patternAt(window, i, order, delay)) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  let entropy: f64 = 0;
  for (let kind: u32 = 0; kind < kinds; kind++) {
    const times = load<u32>(window.table + ((<usize>kind) << 2));
    if (times == 0) continue;
    const share = <f64>times / <f64>patterns;
    entropy -= share * log(share);
  }
  return entropy;
}

/** The number of a pattern among all orders: its Lehmer code. */
function patternAt(window: Window, begin: u32, order: u32, delay: u32): u32 {
  if (order == 3) return patternOfThree(window, begin, delay);
  let pattern: u32 = 0;
  for (let i: u32 = 0; i < order; i++) {
    const value = valueAt(window, begin + i * delay);
    let smaller: u32 = 0;
    for (let j = i + 1; j < order; j++) smaller += <u32>(valueAt(window, begin + j * delay) < value);
    pattern = pattern * (order - i) + smaller;
  }
  return pattern;
}

/** The same for the usual order, without its loops. */
// @ts-ignore: decorator
@inline
function patternOfThree(window: Window, begin: u32, delay: u32): u32 {
  const first = valueAt(window, begin);
  const second = valueAt(window, begin + delay);
  const third = valueAt(window, begin + 2 * delay);
  return ((<u32>(second < first) + <u32>(third < first)) << 1) + <u32>(third < second);
}
