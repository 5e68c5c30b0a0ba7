/**
 * Sensors side by side. `lanes` holds the values of two or four sensors interleaved, row by row, float64, so that a vector of two lanes
 * takes two sensors at once; `stride` is the bytes of a row (16 or 32), and a pair is the sensors at lanes + 0 or lanes + 16.
 */

/** The vector of a pair in a row. */
// @ts-ignore: decorator
@inline
export function pairAt(lanes: usize, stride: usize, row: u32): v128 {
  return v128.load(lanes + (<usize>row) * stride);
}

// @ts-ignore: decorator
@inline
export function isNumber(values: v128): v128 {
  return f64x2.eq(values, values);
}

/** One column a lane in a table of four addresses (0: not wanted). */
// @ts-ignore: decorator
@inline
function column(columns: usize, lane: usize, row: u32): usize {
  return <usize>load<u32>(columns + (lane << 2)) + ((<usize>row) << 2);
}

/** NaN with the bits 7fc00000, -0 as +0. */
// @ts-ignore: decorator
@inline
function canonical(values: v128): v128 {
  // Adding +0 leaves every number as it is but -0.
  const unsigned = f32x4.add(values, f32x4.splat(0));
  return v128.bitselect(unsigned, i32x4.splat(0x7fc00000), f32x4.eq(unsigned, unsigned));
}

/** Writes two pairs as `emit` writes a value: NaN with the bits 7fc00000, -0 as +0. `all` says that each of the four columns is wanted. */
// @ts-ignore: decorator
@inline
export function emitLanes(columns: usize, all: bool, row: u32, left: v128, right: v128): void {
  const bits = canonical(v128.shuffle<f32>(f32x4.demote_f64x2_zero(left), f32x4.demote_f64x2_zero(right), 0, 1, 4, 5));
  if (all) {
    v128.store32_lane(column(columns, 0, row), bits, 0);
    v128.store32_lane(column(columns, 1, row), bits, 1);
    v128.store32_lane(column(columns, 2, row), bits, 2);
    v128.store32_lane(column(columns, 3, row), bits, 3);
    return;
  }
  if (load<u32>(columns, 0) != 0) v128.store32_lane(column(columns, 0, row), bits, 0);
  if (load<u32>(columns, 4) != 0) v128.store32_lane(column(columns, 1, row), bits, 1);
  if (load<u32>(columns, 8) != 0) v128.store32_lane(column(columns, 2, row), bits, 2);
  if (load<u32>(columns, 12) != 0) v128.store32_lane(column(columns, 3, row), bits, 3);
}

/** The same for a row and the next; `numbers` says that none of the values is NaN. */
// @ts-ignore: decorator
@inline
export function emitLanesOfTwo(
  columns: usize, all: bool, numbers: bool, row: u32, left: v128, right: v128, nextLeft: v128, nextRight: v128,
): void {
  const narrow = v128.shuffle<f32>(f32x4.demote_f64x2_zero(left), f32x4.demote_f64x2_zero(nextLeft), 0, 4, 1, 5);
  const narrow2 = v128.shuffle<f32>(f32x4.demote_f64x2_zero(right), f32x4.demote_f64x2_zero(nextRight), 0, 4, 1, 5);
  const first = numbers ? f32x4.add(narrow, f32x4.splat(0)) : canonical(narrow);
  const second = numbers ? f32x4.add(narrow2, f32x4.splat(0)) : canonical(narrow2);
  if (all) {
    v128.store64_lane(column(columns, 0, row), first, 0);
    v128.store64_lane(column(columns, 1, row), first, 1);
    v128.store64_lane(column(columns, 2, row), second, 0);
    v128.store64_lane(column(columns, 3, row), second, 1);
    return;
  }
  if (load<u32>(columns, 0) != 0) v128.store64_lane(column(columns, 0, row), first, 0);
  if (load<u32>(columns, 4) != 0) v128.store64_lane(column(columns, 1, row), first, 1);
  if (load<u32>(columns, 8) != 0) v128.store64_lane(column(columns, 2, row), second, 0);
  if (load<u32>(columns, 12) != 0) v128.store64_lane(column(columns, 3, row), second, 1);
}
