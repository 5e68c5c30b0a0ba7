/** Exact order statistics over each cutoff's window, from its readings in sorted order. */
import { emit, f64At, u32At } from "./memory";
import { exchange, including, without } from "./sorted";

/** Numbers a step: its column, its share, the share of what is taken off (NaN: nothing). */
const STEP: u32 = 3;

/**
 * Runs a program of `steps` quantiles over each window: linear between neighbours, at (n - 1) x share. The sorted readings are kept from
 * row to row: what left the window is taken out, what came in (or became known) is put in. They hold the readings of the window and
 * nothing else, so that a row gives the same wherever the range began. `scratch` has room for the largest window.
 */
export function quantiles(
  from: u32, to: u32, scratch: usize, machine: usize, cutoff: usize, first: usize, past: usize, knownAt: usize, values: usize,
  program: usize, steps: u32,
): void {
  // A move of values may read what stands before them.
  const sorted = scratch + 16;
  let owner: u32 = 0;
  let size: u32 = 0;
  let oldBegin: u32 = 0;
  let oldEnd: u32 = 0;
  let oldInstant: f64 = 0;
  for (let row = from; row < to; row++) {
    const begin = u32At(first, row);
    const end = u32At(past, row);
    const instant = f64At(cutoff, row);
    const present = u32At(machine, row);
    if (row == from || present != owner || begin < oldBegin || end < oldEnd || begin >= oldEnd || instant < oldInstant) {
      size = 0;
      oldBegin = begin;
      oldEnd = begin;
    }
    if (knownAt != 0) {
      for (let i = begin; i < oldEnd; i++) {
        if (visible(values, knownAt, i, instant) && !visible(values, knownAt, i, oldInstant)) {
          size = including(sorted, size, f64At(values, i));
        }
      }
    }
    let leaving = oldBegin;
    let coming = oldEnd;
    while (true) {
      while (leaving < begin && !visible(values, knownAt, leaving, oldInstant)) leaving++;
      while (coming < end && !visible(values, knownAt, coming, instant)) coming++;
      if (leaving == begin && coming == end) break;
      if (leaving == begin) size = including(sorted, size, f64At(values, coming++));
      else if (coming == end) size = without(sorted, size, f64At(values, leaving++));
      else exchange(sorted, size, f64At(values, leaving++), f64At(values, coming++));
    }
    owner = present;
    oldBegin = begin;
    oldEnd = end;
    oldInstant = instant;
    for (let step: u32 = 0; step < steps; step++) {
      const out = <usize>f64At(program, step * STEP);
      if (out == 0) continue;
      const less = f64At(program, step * STEP + 2);
      let value = quantileOf(sorted, size, f64At(program, step * STEP + 1));
      if (less == less) value -= quantileOf(sorted, size, less);
      emit(out, row, value);
    }
  }
}

// @ts-ignore: decorator
@inline
function visible(values: usize, knownAt: usize, row: u32, instant: f64): bool {
  const value = f64At(values, row);
  return value == value && (knownAt == 0 || f64At(knownAt, row) <= instant);
}

/** NaN without readings; exactly a reading where the share falls on it, and where its neighbours are equal. */
function quantileOf(sorted: usize, size: u32, share: f64): f64 {
  if (size == 0) return NaN;
  const place = <f64>(size - 1) * share;
  const below = <u32>place;
  const rest = place - <f64>below;
  const low = f64At(sorted, below);
  if (rest == 0) return low;
  const high = f64At(sorted, below + 1);
  return low == high ? low : low * (1 - rest) + high * rest;
}
