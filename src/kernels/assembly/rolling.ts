/** Statistics of two or four sensors at once over each cutoff's window, every window computed anew; `moments` says how they are defined. */
import { grouped } from "./blocks";
import { EXTREMES_BYTES, resetExtremes } from "./extremes";
import { emitLanes, emitLanesOfTwo, isNumber, pairAt } from "./lanes";
import { f64At, u32At } from "./memory";
import { COUNT, LEAST, masked, MEAN, MOMENTS, MOST, SQUARES, SUM } from "./moments";
import { slopeOf } from "./slope";
import { twoRows } from "./two-rows";
import { fromTable, resetWhole, WHOLE_BYTES } from "./whole-groups";

// The outputs: each has four addresses, one a sensor, in the table `outputs`.
const OUT_MEAN: u32 = 0;
const OUT_SD: u32 = 1;
const OUT_MIN: u32 = 2;
const OUT_MAX: u32 = 3;
const OUT_RANGE: u32 = 4;
const OUT_LAST: u32 = 5;
const OUT_SLOPE: u32 = 6;
const OUT_COUNT: u32 = 7;
const OUT_SUM: u32 = 8;
const OUT_FIRST: u32 = 9;
const OUTPUTS: u32 = 10;

/** Where a reading is missing, so many rows are taken one by one before two are tried again. */
const ONE_BY_ONE: u32 = 8;

/**
 * `stride` is 16 for two sensors and 32 for four. `groupOf` is the group of each row and `starts` the first row of each group, or both
 * are 0: every row has a group of its own. `table` holds the moments of all groups, or is 0. `scratch` has room for the moments of two
 * windows, for extremes, and for what `fromTable` and `grouped` work in.
 */
export function rolling(
  from: u32, to: u32, scratch: usize, cutoff: usize, first: usize, past: usize, time: usize, knownAt: usize,
  lanes: usize, stride: usize, groupOf: usize, starts: usize, table: usize, unit: f64, outputs: usize,
): void {
  const wanted = wantedOf(outputs, false);
  const all = wantedOf(outputs, true);
  const spread = ((wanted >> OUT_SD) & 1) != 0;
  const single = ((wanted >> OUT_LAST) | (wanted >> OUT_FIRST) | (wanted >> OUT_SLOPE)) & 1;
  const kept = scratch + 4 * MOMENTS;
  const run = kept + EXTREMES_BYTES;
  const slots = run + WHOLE_BYTES;
  resetExtremes(kept);
  resetWhole(run);
  let row = from;
  let again = knownAt == 0 ? from : to;
  while (row < to) {
    const begin = u32At(first, row);
    const end = u32At(past, row);
    const alone = eachAlone(groupOf, begin, end);
    if (alone && row >= again && row + 1 < to) {
      const begin2 = u32At(first, row + 1);
      const end2 = u32At(past, row + 1);
      if (eachAlone(groupOf, begin2, end2)) {
        const done = stride == 32
          ? twoRows(lanes, 32, begin, end, begin2, end2, kept, spread, scratch)
          : twoRows(lanes, 16, begin, end, begin2, end2, kept, spread, scratch);
        if (done) {
          emitMoments(row, scratch, stride, true, outputs, wanted, all);
          if (single != 0) {
            emitEnds(row, begin, end, f64At(cutoff, row), lanes, stride, knownAt, outputs, wanted, all);
            emitEnds(row + 1, begin2, end2, f64At(cutoff, row + 1), lanes, stride, knownAt, outputs, wanted, all);
            emitSlope(row, begin, end, cutoff, lanes, stride, time, knownAt, unit, scratch, slots, outputs, wanted, all);
            emitSlope(
              row + 1, begin2, end2, cutoff, lanes, stride, time, knownAt, unit, scratch + 2 * MOMENTS, slots, outputs, wanted, all,
            );
          }
          row += 2;
          continue;
        }
        again = row + ONE_BY_ONE;
      }
    }
    const instant = f64At(cutoff, row);
    if (alone) {
      masked(lanes, stride, begin, end, knownAt, instant, scratch);
      if (stride == 32) masked(lanes + 16, stride, begin, end, knownAt, instant, scratch + MOMENTS);
    } else if (table != 0) {
      fromTable(lanes, stride, begin, end, groupOf, starts, table, run, scratch);
    } else {
      grouped(lanes, stride, begin, end, knownAt, instant, groupOf, starts, slots, scratch);
    }
    emitMoments(row, scratch, stride, false, outputs, wanted, all);
    if (single != 0) {
      emitEnds(row, begin, end, instant, lanes, stride, knownAt, outputs, wanted, all);
      emitSlope(row, begin, end, cutoff, lanes, stride, time, knownAt, unit, scratch, slots, outputs, wanted, all);
    }
    row++;
  }
}

/** Whether each row of begin..end is in a group of its own. */
// @ts-ignore: decorator
@inline
function eachAlone(groupOf: usize, begin: u32, end: u32): bool {
  return groupOf == 0 || begin == end || u32At(groupOf, end - 1) - u32At(groupOf, begin) == end - begin - 1;
}

/** A bit an output: whether one of its columns is wanted, or whether all are. */
function wantedOf(outputs: usize, each: bool): u32 {
  let bits: u32 = 0;
  for (let output: u32 = 0; output < OUTPUTS; output++) {
    const columns = columnsOf(outputs, output);
    let wanted: u32 = 0;
    for (let lane: u32 = 0; lane < 4; lane++) wanted += u32(u32At(columns, lane) != 0);
    if (wanted == 4 || (wanted > 0 && !each)) bits |= <u32>1 << output;
  }
  return bits;
}

// @ts-ignore: decorator
@inline
function columnsOf(outputs: usize, output: u32): usize {
  return outputs + ((<usize>output) << 4);
}

/** Writes what moments say: of one row, or of `two` whose moments follow each other. */
// @ts-ignore: decorator
@inline
function emitMoments(row: u32, moments: usize, stride: usize, two: bool, outputs: usize, wanted: u32, all: u32): void {
  emitOutput(OUT_MEAN, row, moments, stride, two, outputs, wanted, all);
  emitOutput(OUT_SD, row, moments, stride, two, outputs, wanted, all);
  emitOutput(OUT_MIN, row, moments, stride, two, outputs, wanted, all);
  emitOutput(OUT_MAX, row, moments, stride, two, outputs, wanted, all);
  emitOutput(OUT_RANGE, row, moments, stride, two, outputs, wanted, all);
  emitOutput(OUT_COUNT, row, moments, stride, two, outputs, wanted, all);
  emitOutput(OUT_SUM, row, moments, stride, two, outputs, wanted, all);
}

// @ts-ignore: decorator
@inline
function emitOutput(
  output: u32, row: u32, moments: usize, stride: usize, two: bool, outputs: usize, wanted: u32, all: u32,
): void {
  if (((wanted >> output) & 1) == 0) return;
  const columns = columnsOf(outputs, output);
  const each = ((all >> output) & 1) != 0;
  // Of two sensors the second pair is written nowhere.
  const right = stride == 32 ? moments + MOMENTS : moments;
  if (two) {
    const next = someOf(output, moments + 2 * MOMENTS);
    const nextRight = someOf(output, right + 2 * MOMENTS);
    // The windows of `twoRows` hold readings whose sum is no NaN.
    const numbers = output != OUT_SD && output != OUT_RANGE;
    emitLanesOfTwo(columns, each, numbers, row, someOf(output, moments), someOf(output, right), next, nextRight);
  } else {
    emitLanes(columns, each, row, valueOf(output, moments), valueOf(output, right));
  }
}

/** An output of a pair, from its moments. */
// @ts-ignore: decorator
@inline
function valueOf(output: u32, moments: usize): v128 {
  if (output == OUT_MEAN || output == OUT_COUNT) return someOf(output, moments);
  const least = output == OUT_SD ? 1 : 0;
  const enough = f64x2.gt(v128.load(moments, COUNT), f64x2.splat(least));
  return v128.bitselect(someOf(output, moments), f64x2.splat(NaN), enough);
}

/** The same where there are readings: an sd of one of them is 0 / 0. */
// @ts-ignore: decorator
@inline
function someOf(output: u32, moments: usize): v128 {
  if (output == OUT_MEAN) return v128.load(moments, MEAN);
  if (output == OUT_COUNT) return v128.load(moments, COUNT);
  if (output == OUT_MIN) return v128.load(moments, LEAST);
  if (output == OUT_MAX) return v128.load(moments, MOST);
  if (output == OUT_SUM) return v128.load(moments, SUM);
  if (output == OUT_RANGE) return f64x2.sub(v128.load(moments, MOST), v128.load(moments, LEAST));
  const others = f64x2.sub(v128.load(moments, COUNT), f64x2.splat(1));
  return f64x2.sqrt(f64x2.div(v128.load(moments, SQUARES), others));
}

function emitEnds(
  row: u32, begin: u32, end: u32, instant: f64, lanes: usize, stride: usize, knownAt: usize, outputs: usize, wanted: u32, all: u32,
): void {
  // Of two sensors the second pair is written nowhere.
  const second = stride == 32 ? lanes + 16 : lanes;
  if (((wanted >> OUT_LAST) & 1) != 0) {
    const left = newest(lanes, stride, begin, end, knownAt, instant);
    const right = newest(second, stride, begin, end, knownAt, instant);
    emitLanes(columnsOf(outputs, OUT_LAST), ((all >> OUT_LAST) & 1) != 0, row, left, right);
  }
  if (((wanted >> OUT_FIRST) & 1) != 0) {
    const left = oldest(lanes, stride, begin, end, knownAt, instant);
    const right = oldest(second, stride, begin, end, knownAt, instant);
    emitLanes(columnsOf(outputs, OUT_FIRST), ((all >> OUT_FIRST) & 1) != 0, row, left, right);
  }
}

/** The newest known reading of each sensor of a pair, NaN where there is none. */
function newest(lanes: usize, stride: usize, begin: u32, end: u32, knownAt: usize, instant: f64): v128 {
  let found = f64x2.splat(NaN);
  for (let row = end; row > begin; row--) {
    if (knownAt != 0 && !(f64At(knownAt, row - 1) <= instant)) continue;
    found = v128.bitselect(found, pairAt(lanes, stride, row - 1), isNumber(found));
    if (i64x2.all_true(isNumber(found))) break;
  }
  return found;
}

/** The oldest known reading of each sensor of a pair, NaN where there is none. */
function oldest(lanes: usize, stride: usize, begin: u32, end: u32, knownAt: usize, instant: f64): v128 {
  let found = f64x2.splat(NaN);
  for (let row = begin; row < end; row++) {
    if (knownAt != 0 && !(f64At(knownAt, row) <= instant)) continue;
    found = v128.bitselect(found, pairAt(lanes, stride, row), isNumber(found));
    if (i64x2.all_true(isNumber(found))) break;
  }
  return found;
}

function emitSlope(
  row: u32, begin: u32, end: u32, cutoff: usize, lanes: usize, stride: usize, time: usize, knownAt: usize, unit: f64,
  moments: usize, slots: usize, outputs: usize, wanted: u32, all: u32,
): void {
  if (((wanted >> OUT_SLOPE) & 1) == 0) return;
  const instant = f64At(cutoff, row);
  slopeOf(lanes, stride, begin, end, time, knownAt, instant, unit, moments, slots);
  if (stride == 32) slopeOf(lanes + 16, stride, begin, end, time, knownAt, instant, unit, moments + MOMENTS, slots + 16);
  emitLanes(columnsOf(outputs, OUT_SLOPE), ((all >> OUT_SLOPE) & 1) != 0, row, v128.load(slots), v128.load(slots, 16));
}
