/** The mean central second difference. */
import { valueAt, Window } from "./window";

export function meanSecondDerivative(window: Window): f64 {
  const count = window.count;
  if (count < 3) return NaN;
  const rise = valueAt(window, count - 1) - valueAt(window, count - 2) - valueAt(window, 1) + valueAt(window, 0);
  return rise / (2 * <f64>(count - 2));
}
