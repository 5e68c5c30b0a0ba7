/** Means of products of three readings that lie a lag apart. */
import { valueAt, Window } from "./window";

export function c3(window: Window, lag: u32): f64 {
  if (window.count <= 2 * lag) return NaN;
  const triples = window.count - 2 * lag;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < triples; i++) sum += valueAt(window, i + 2 * lag) * valueAt(window, i + lag) * valueAt(window, i);
  return sum / <f64>triples;
}

export function timeReversalAsymmetry(window: Window, lag: u32): f64 {
  if (window.count <= 2 * lag) return NaN;
  const triples = window.count - 2 * lag;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < triples; i++) {
    const first = valueAt(window, i);
    const middle = valueAt(window, i + lag);
    const last = valueAt(window, i + 2 * lag);
    sum += last * last * middle - middle * first * first;
  }
  return sum / <f64>triples;
}
