/** Values that are there more than once. */
import { makeRepeats } from "./sorted";
import { valueAt, Window } from "./window";

/** 1 or 0. */
export function hasDuplicate(window: Window): f64 {
  if (window.count == 0) return NaN;
  makeRepeats(window);
  return window.repeated > 0 ? 1 : 0;
}

/** Whether a value is there twice or more: 1 or 0. */
export function isThereTwice(window: Window, value: f64): f64 {
  return window.count == 0 ? NaN : countEqual(window, value) > 1 ? 1 : 0;
}

export function countEqual(window: Window, value: f64): f64 {
  let equal: u32 = 0;
  for (let i: u32 = 0; i < window.count; i++) equal += <u32>(valueAt(window, i) == value);
  return <f64>equal;
}

export function sumOfReoccurringValues(window: Window): f64 {
  if (window.count == 0) return NaN;
  makeRepeats(window);
  return window.repeatedSum;
}

export function sumOfReoccurringReadings(window: Window): f64 {
  if (window.count == 0) return NaN;
  makeRepeats(window);
  return window.repeatedTotal;
}

export function fractionOfReoccurringValues(window: Window): f64 {
  makeRepeats(window);
  return <f64>window.repeated / <f64>window.distinct;
}

export function fractionOfReoccurringReadings(window: Window): f64 {
  makeRepeats(window);
  return <f64>window.repeatedReadings / <f64>window.count;
}

export function fractionOfDistinctValues(window: Window): f64 {
  makeRepeats(window);
  return <f64>window.distinct / <f64>window.count;
}
