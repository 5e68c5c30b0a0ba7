/**
 * The least and the most reading of windows that move on, at the cost of a few comparisons a row however long they are. The rows of an
 * earlier window, base..front, have for each of them the extremes of it and all after it; those from `front` on have running extremes.
 * Extremes do not depend on the order in which they are taken, so neither do they on where a computation begins.
 */
import { pairAt } from "./lanes";

/** The most rows that a window may have. */
export const MOST_ROWS: u32 = 128;

// What is kept: base, front, end (u32), then the running extremes of two pairs, then those from each row on.
const FRONT: usize = 4;
const END: usize = 8;
const RUNNING: usize = 16;
const FROM: usize = 80;

/** Bytes: 64 a row, since that is four vectors, and what stands before them. */
export const EXTREMES_BYTES: usize = FROM + 64 * <usize>MOST_ROWS;

/** Nothing is kept. */
// @ts-ignore: decorator
@inline
export function resetExtremes(kept: usize): void {
  store<u32>(kept, 1);
  store<u32>(kept, 0, FRONT);
  store<u32>(kept, 0, END);
}

/** Makes `kept` that of the window begin..end, of at most MOST_ROWS rows. */
// @ts-ignore: decorator
@inline
export function moveExtremes(kept: usize, lanes: usize, stride: usize, begin: u32, end: u32): void {
  const known = load<u32>(kept, END);
  if (begin >= load<u32>(kept) && begin < load<u32>(kept, FRONT) && end >= known) {
    for (let row = known; row < end; row++) takeIn(kept + RUNNING, kept + RUNNING, lanes, stride, row);
  } else {
    const nothing = kept + RUNNING;
    for (let pair: usize = 0; pair < 32; pair += 16) {
      v128.store(nothing + pair, f64x2.splat(Infinity));
      v128.store(nothing + pair, f64x2.splat(-Infinity), 32);
    }
    let after = nothing;
    for (let row = end; row > begin; row--) {
      const at = kept + FROM + ((<usize>(row - 1 - begin)) << 6);
      takeIn(after, at, lanes, stride, row - 1);
      after = at;
    }
    store<u32>(kept, begin);
    store<u32>(kept, end, FRONT);
  }
  store<u32>(kept, end, END);
}

/** The least reading (`which` 0) or the most (32) of the window that was moved to last, which begins at `begin`; 16 more for the second pair. */
// @ts-ignore: decorator
@inline
export function leastFrom(kept: usize, begin: u32, pair: usize): v128 {
  const from = kept + FROM + ((<usize>(begin - load<u32>(kept))) << 6);
  return f64x2.pmin(v128.load(from + pair), v128.load(kept + pair, RUNNING));
}

// @ts-ignore: decorator
@inline
export function mostFrom(kept: usize, begin: u32, pair: usize): v128 {
  const from = kept + FROM + ((<usize>(begin - load<u32>(kept))) << 6);
  return f64x2.pmax(v128.load(from + pair, 32), v128.load(kept + pair, RUNNING + 32));
}

/** Writes the extremes of some rows (`from`) and one more. */
// @ts-ignore: decorator
@inline
function takeIn(from: usize, out: usize, lanes: usize, stride: usize, row: u32): void {
  const value = pairAt(lanes, stride, row);
  v128.store(out, f64x2.pmin(v128.load(from), value));
  v128.store(out, f64x2.pmax(v128.load(from, 32), value), 32);
  if (stride == 32) {
    const value2 = pairAt(lanes + 16, stride, row);
    v128.store(out, f64x2.pmin(v128.load(from, 16), value2), 16);
    v128.store(out, f64x2.pmax(v128.load(from, 48), value2), 48);
  }
}
