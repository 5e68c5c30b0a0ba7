/** The least-squares line through the readings over their times: what it says beside its slope. */
import { makeLine } from "./shared";
import { timeAt, valueAt, Window } from "./window";

/** The line's value at the cutoff. */
export function intercept(window: Window): f64 {
  if (window.count < 2) return NaN;
  makeLine(window);
  return window.mean - (window.products / window.timeSquares) * window.meanTime;
}

/** The share of the variance that the line explains. */
export function rSquared(window: Window): f64 {
  if (window.count < 2) return NaN;
  makeLine(window);
  const share = (window.products / window.timeSquares) * (window.products / window.squares);
  return share > 1 ? 1 : share;
}

/** The standard error of the slope, per unit of time. */
export function slopeError(window: Window): f64 {
  if (window.count < 3) return NaN;
  makeLine(window);
  const slope = window.products / window.timeSquares;
  let squares: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    const residual = valueAt(window, i) - window.mean - slope * (timeAt(window, i) - window.meanTime);
    squares += residual * residual;
  }
  return sqrt<f64>(squares / <f64>(window.count - 2) / window.timeSquares) * window.unit;
}
