/** Where in a window a value stands, as a share of the readings. */
import { valueAt, Window } from "./window";

/** The first reading that is equal to the value, counted from 0. */
export function firstLocation(window: Window, value: f64): f64 {
  for (let i: u32 = 0; i < window.count; i++) {
    if (valueAt(window, i) == value) return <f64>i / <f64>window.count;
  }
  return NaN;
}

/** The last reading that is equal to the value, counted from 1. */
export function lastLocation(window: Window, value: f64): f64 {
  for (let i = window.count; i > 0; i--) {
    if (valueAt(window, i - 1) == value) return <f64>i / <f64>window.count;
  }
  return NaN;
}
