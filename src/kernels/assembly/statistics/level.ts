/** The level that readings are held against: a number, or the window's mean. */
import { valueAt, Window } from "./window";

/** Parameters: the level, and whether the mean takes its place (0 or 1). */
// @ts-ignore: decorator
@inline
export function levelOf(window: Window, parameters: usize): f64 {
  return load<f64>(parameters, 8) != 0 ? window.mean : load<f64>(parameters);
}

/** Whether a reading lies above the level, or below it. */
// @ts-ignore: decorator
@inline
export function isBeyond(window: Window, index: u32, level: f64, above: bool): bool {
  return above ? valueAt(window, index) > level : valueAt(window, index) < level;
}
