/** The window that all statistics of `describe` are computed from: its counted readings in a row, and what several statistics share. */
import { counts, f64At } from "../memory";

/** Lies at the start of a thread's own memory; made anew for each cutoff. */
// @ts-ignore: decorator
@unmanaged
export class Window {
  /** The readings that count: not NaN and known by the cutoff. */
  count: u32;
  /** Which shared parts there are already, a bit each. */
  made: u32;
  /** The readings, float64, in the order of time. */
  values: usize;
  /** Their times from the cutoff on, float64: not positive, exact. */
  times: usize;
  /** Room for the readings in ascending order. */
  sorted: usize;
  /** Room for as many numbers once more. */
  spare: usize;
  /** Room for `TABLE` counts. */
  table: usize;
  /** Microseconds an hour, or 1 for cycles. */
  unit: f64;
  least: f64;
  most: f64;
  /** Exactly the value where all are equal: the rounding of a sum would leave a spread that is not there. */
  mean: f64;
  /** Of the deviations from the mean: the sums of their squares, cubes and fourth powers. */
  squares: f64;
  cubes: f64;
  fourths: f64;
  /** The sum of the squared readings. */
  energy: f64;
  /** Of the differences of consecutive readings: the sums of their sizes and squares. */
  pathLength: f64;
  pathSquares: f64;
  /** The least-squares line over the times: the mean time, and sums of products of deviations. */
  meanTime: f64;
  timeSquares: f64;
  products: f64;
  /** The mean size of a reading. */
  meanSize: f64;
  /** How many different values there are, how many of them more than once, and how many readings have one of those. */
  distinct: u32;
  repeated: u32;
  repeatedReadings: u32;
  /** The sum of the values that are there more than once: each once, and as often as it is there. */
  repeatedSum: f64;
  repeatedTotal: f64;
}

/** Bytes of the window itself, of its table, and of what is kept a reading. The TypeScript face knows them too. */
const WINDOW: usize = 256;
export const TABLE: u32 = 5040;

/** Takes the thread's own memory in: room for `largest` readings. */
export function windowIn(scratch: usize, largest: u32, unit: f64): Window {
  const window = changetype<Window>(scratch);
  const row = (<usize>largest) << 3;
  window.unit = unit;
  window.table = scratch + WINDOW;
  window.values = window.table + ((<usize>TABLE) << 2);
  window.times = window.values + row;
  window.sorted = window.times + row;
  window.spare = window.sorted + row;
  return window;
}

/** Lays out the readings of rows begin..end that count at the instant. */
export function layOut(window: Window, begin: u32, end: u32, instant: f64, time: usize, knownAt: usize, values: usize): void {
  let count: u32 = 0;
  let sum: f64 = 0;
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  for (let i = begin; i < end; i++) {
    const value = f64At(values, i);
    if (!counts(value, knownAt, i, instant)) continue;
    store<f64>(window.values + ((<usize>count) << 3), value);
    store<f64>(window.times + ((<usize>count) << 3), f64At(time, i) - instant);
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
    count++;
  }
  window.count = count;
  window.made = 0;
  window.least = least;
  window.most = most;
  window.mean = least == most ? least : sum / <f64>count;
}

// @ts-ignore: decorator
@inline
export function valueAt(window: Window, index: u32): f64 {
  return f64At(window.values, index);
}

// @ts-ignore: decorator
@inline
export function timeAt(window: Window, index: u32): f64 {
  return f64At(window.times, index);
}

/** Whether a shared part is still to be made; from then on it is taken to be there. */
// @ts-ignore: decorator
@inline
export function lacks(window: Window, part: u32): bool {
  if ((window.made & part) != 0) return false;
  window.made |= part;
  return true;
}
