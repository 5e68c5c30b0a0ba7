/** Reading and writing single elements of the arrays that TypeScript laid out in memory. */

// @ts-ignore: decorator
@inline
export function f64At(array: usize, index: u32): f64 {
  return load<f64>(array + ((<usize>index) << 3));
}

// @ts-ignore: decorator
@inline
export function u32At(array: usize, index: u32): u32 {
  return load<u32>(array + ((<usize>index) << 2));
}

/** Writes a feature value as float32: every NaN with the bits 7fc00000, -0 as +0. */
// @ts-ignore: decorator
@inline
export function emit(out: usize, index: u32, value: f64): void {
  const narrow = <f32>value;
  let bits = reinterpret<u32>(narrow);
  if (narrow != narrow) bits = 0x7fc00000;
  else if (narrow == 0) bits = 0;
  store<u32>(out + ((<usize>index) << 2), bits);
}

/** The first index in begin..end whose value is above `limit`, else end; values ascend. */
export function firstAbove(values: usize, begin: u32, end: u32, limit: f64): u32 {
  let low = begin;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (f64At(values, middle) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same as `firstAbove`, quick where the answer lies close to `begin`. */
// @ts-ignore: decorator
@inline
export function firstAboveFrom(values: usize, begin: u32, end: u32, limit: f64): u32 {
  let low = begin;
  while (low < end && !(f64At(values, low) > limit)) {
    low++;
    if (low - begin > 4) return gallop(values, low, end, limit);
  }
  return low;
}

function gallop(values: usize, begin: u32, end: u32, limit: f64): u32 {
  let low = begin;
  let step: u32 = 4;
  while (step < end - low) {
    if (f64At(values, low + step) > limit) return firstAbove(values, low, low + step, limit);
    low += step + 1;
    step <<= 1;
  }
  return firstAbove(values, low, end, limit);
}

/** The first index in begin..end whose value is not below `limit`, else end; values ascend. */
export function firstNotBelow(values: usize, begin: u32, end: u32, limit: f64): u32 {
  let low = begin;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (f64At(values, middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a reading counts at an instant: it is there and was known by then. `knownAt` is 0 where nothing is late. */
// @ts-ignore: decorator
@inline
export function counts(value: f64, knownAt: usize, index: u32, instant: f64): bool {
  if (value != value) return false;
  return knownAt == 0 || f64At(knownAt, index) <= instant;
}
