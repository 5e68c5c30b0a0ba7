/** Values in ascending order, of which some leave and others come. */
import { f64At } from "./memory";

/** Beyond so many bytes the machine's own copy is quicker than a loop. */
const LONG: usize = 4096;

/** Puts a value in; gives the number of values then. There must be room for it, and for one more before the first. */
export function including(sorted: usize, size: u32, value: f64): u32 {
  const place = sorted + ((<usize>rank(sorted, size, value)) << 3);
  moveUp(place, sorted + ((<usize>size) << 3));
  store<f64>(place, value);
  return size + 1;
}

/** Takes out one of the values that equal `value`, of which there is one; gives the number of values then. */
export function without(sorted: usize, size: u32, value: f64): u32 {
  const place = sorted + ((<usize>rank(sorted, size, value)) << 3);
  memory.copy(place, place + 8, sorted + ((<usize>size) << 3) - place - 8);
  return size - 1;
}

/** Takes one value out and puts another in: only what lies between them moves. */
export function exchange(sorted: usize, size: u32, old: f64, value: f64): void {
  // Both are searched for at once, by halving without a branch: which way it goes cannot be foreseen.
  let from = sorted;
  let to = sorted;
  let span = <usize>size;
  while (span > 1) {
    const half = span >>> 1;
    const step = half << 3;
    from = select<usize>(from + step, from, load<f64>(from + step - 8) < old);
    to = select<usize>(to + step, to, load<f64>(to + step - 8) < value);
    span -= half;
  }
  from += usize(load<f64>(from) < old) << 3;
  to += usize(load<f64>(to) < value) << 3;
  if (to > from) {
    to -= 8;
    moveDown(from, to);
  } else {
    moveUp(to, from);
  }
  store<f64>(to, value);
}

/** The number of values below a value. */
function rank(sorted: usize, size: u32, value: f64): u32 {
  let at: u32 = 0;
  let span = size;
  while (span > 0) {
    const half = (span + 1) >>> 1;
    at += u32(f64At(sorted, at + half - 1) < value) * half;
    span -= half;
  }
  return at;
}

/** Moves the values of place..end one up; what then stands at `place` is to be overwritten. */
// @ts-ignore: decorator
@inline
function moveUp(place: usize, end: usize): void {
  if (end - place > LONG) {
    memory.copy(place + 8, place, end - place);
    return;
  }
  // Two at a time; where their number is odd, the last writes at `place` too.
  for (let at = end; at > place; at -= 16) v128.store(at - 8, v128.load(at - 16));
}

/** Moves the values after `place`, up to and with that at `end`, one down; what then stands at `end` is to be overwritten. */
// @ts-ignore: decorator
@inline
function moveDown(place: usize, end: usize): void {
  if (end - place > LONG) {
    memory.copy(place, place + 8, end - place);
    return;
  }
  for (let at = place; at < end; at += 16) v128.store(at, v128.load(at + 8));
}
