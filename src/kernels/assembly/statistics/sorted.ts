/** The readings of a window in ascending order, and which values repeat. */
import { f64At } from "../memory";
import { lacks, Window } from "./window";

const SORTED: u32 = 32;
const REPEATS: u32 = 64;
/** Runs of this length are sorted by insertion before they are merged. */
const RUN: u32 = 16;

/** Sorts by insertion and merging; where -0 and 0 stand among each other is of no account. */
export function makeSorted(window: Window): void {
  if (!lacks(window, SORTED)) return;
  const count = window.count;
  memory.copy(window.sorted, window.values, (<usize>count) << 3);
  for (let begin: u32 = 0; begin < count; begin += RUN) sortRun(window.sorted, begin, min<u32>(begin + RUN, count));
  let source = window.sorted;
  let target = window.spare;
  for (let length = RUN; length < count; length <<= 1) {
    for (let begin: u32 = 0; begin < count; begin += length << 1) {
      mergeRuns(source, target, begin, min<u32>(begin + length, count), min<u32>(begin + (length << 1), count));
    }
    const merged = target;
    target = source;
    source = merged;
  }
  window.sorted = source;
  window.spare = target;
}

export function sortedAt(window: Window, index: u32): f64 {
  return f64At(window.sorted, index);
}

/** Which values repeat, in ascending order. */
export function makeRepeats(window: Window): void {
  if (!lacks(window, REPEATS)) return;
  makeSorted(window);
  let distinct: u32 = 0;
  let repeated: u32 = 0;
  let readings: u32 = 0;
  let sum: f64 = 0;
  let total: f64 = 0;
  let next: u32 = 0;
  while (next < window.count) {
    const value = sortedAt(window, next);
    const begin = next;
    while (next < window.count && sortedAt(window, next) == value) next++;
    const times = next - begin;
    distinct++;
    if (times > 1) {
      repeated++;
      readings += times;
      sum += value;
      total += value * <f64>times;
    }
  }
  window.distinct = distinct;
  window.repeated = repeated;
  window.repeatedReadings = readings;
  window.repeatedSum = sum;
  window.repeatedTotal = total;
}

function sortRun(array: usize, begin: u32, end: u32): void {
  for (let i = begin + 1; i < end; i++) {
    const value = f64At(array, i);
    let hole = i;
    while (hole > begin && f64At(array, hole - 1) > value) {
      store<f64>(array + ((<usize>hole) << 3), f64At(array, hole - 1));
      hole--;
    }
    store<f64>(array + ((<usize>hole) << 3), value);
  }
}

/** Which run the next value comes from is computed, not branched on: no processor can foresee it. */
function mergeRuns(source: usize, target: usize, begin: u32, middle: u32, end: u32): void {
  let left = source + ((<usize>begin) << 3);
  let right = source + ((<usize>middle) << 3);
  let next = target + ((<usize>begin) << 3);
  const leftEnd = right;
  const rightEnd = source + ((<usize>end) << 3);
  while (left < leftEnd && right < rightEnd) {
    const isLeft = <usize>(load<f64>(left) <= load<f64>(right));
    store<u64>(next, load<u64>(right ^ ((left ^ right) & -isLeft)));
    left += isLeft << 3;
    right += (1 - isLeft) << 3;
    next += 8;
  }
  memory.copy(next, left, leftEnd - left);
  memory.copy(next + (leftEnd - left), right, rightEnd - right);
}
