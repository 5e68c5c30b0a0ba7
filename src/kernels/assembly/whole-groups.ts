/** The moments of a window from a table of those of whole groups: only groups that the window cuts are taken from their rows. */
import { u32At } from "./memory";
import { COUNT, LEAST, masked, MEAN, meanOf, MOMENTS, MOST, SQUARES, SUM } from "./moments";

// What is kept of a run of whole groups: the first, the one after the last, whether a reading of it is missing; then counts and extremes.
const TO: usize = 4;
const MISSING: usize = 8;
const RUN: usize = 16;
/** Bytes of the run, and of the moments of a cut group at each end. */
export const WHOLE_BYTES: usize = RUN + 6 * MOMENTS;

/** Nothing is kept. */
// @ts-ignore: decorator
@inline
export function resetWhole(kept: usize): void {
  store<u32>(kept, 0);
  store<u32>(kept, 0, TO);
}

/** The moments of the window begin..end (not empty), no reading of which is late: the same as from its rows alone. */
export function fromTable(
  lanes: usize, stride: usize, begin: u32, end: u32, groupOf: usize, starts: usize, table: usize, kept: usize, moments: usize,
): void {
  const first = u32At(groupOf, begin);
  const last = u32At(groupOf, end - 1);
  const cutFirst = begin != u32At(starts, first) || (first == last && end != u32At(starts, last + 1));
  const cutLast = first != last && end != u32At(starts, last + 1);
  const from = first + u32(cutFirst);
  const to = last + 1 - u32(cutLast);
  const head = kept + RUN + 2 * MOMENTS;
  const tail = head + 2 * MOMENTS;
  const size = MOMENTS * (stride >> 4);
  if (from < to && (from != load<u32>(kept) || to != load<u32>(kept, TO))) keepRun(starts, table, stride, size, from, to, kept);
  const whole = from < to;
  const missing = load<u32>(kept, MISSING) != 0;
  const firstGroup = table + (<usize>from) * size;
  const pastGroup = table + (<usize>to) * size;
  const headEnd = first == last ? end : u32At(starts, first + 1);
  if (cutFirst) cutGroup(lanes, stride, begin, headEnd, head);
  if (cutLast) cutGroup(lanes, stride, u32At(starts, last), end, tail);

  let sum = f64x2.splat(0);
  let sum2 = sum;
  if (cutFirst) {
    sum = v128.load(head, SUM);
    sum2 = v128.load(head, MOMENTS + SUM);
  }
  if (stride == 32) {
    for (let group = firstGroup; group < pastGroup; group += 2 * MOMENTS) {
      sum = f64x2.add(sum, v128.load(group, SUM));
      sum2 = f64x2.add(sum2, v128.load(group, MOMENTS + SUM));
    }
  } else {
    for (let group = firstGroup; group < pastGroup; group += MOMENTS) sum = f64x2.add(sum, v128.load(group, SUM));
  }
  if (cutLast) {
    sum = f64x2.add(sum, v128.load(tail, SUM));
    sum2 = f64x2.add(sum2, v128.load(tail, MOMENTS + SUM));
  }
  const mean = settle(moments, sum, cutFirst ? head : 0, whole ? kept + RUN : 0, cutLast ? tail : 0);
  let mean2 = mean;
  if (stride == 32) {
    mean2 = settle(
      moments + MOMENTS, sum2, cutFirst ? head + MOMENTS : 0, whole ? kept + RUN + MOMENTS : 0, cutLast ? tail + MOMENTS : 0,
    );
  }

  let squares = f64x2.splat(0);
  let squares2 = squares;
  if (cutFirst) {
    squares = withGroup(squares, head, mean);
    squares2 = withGroup(squares2, head + MOMENTS, mean2);
  }
  if (missing) {
    for (let group = firstGroup; group < pastGroup; group += size) {
      squares = withGroup(squares, group, mean);
      if (stride == 32) squares2 = withGroup(squares2, group + MOMENTS, mean2);
    }
  } else if (stride == 32) {
    for (let group = firstGroup; group < pastGroup; group += 2 * MOMENTS) {
      squares = f64x2.add(squares, spreadOf(group, mean));
      squares2 = f64x2.add(squares2, spreadOf(group + MOMENTS, mean2));
    }
  } else {
    for (let group = firstGroup; group < pastGroup; group += MOMENTS) squares = f64x2.add(squares, spreadOf(group, mean));
  }
  if (cutLast) {
    squares = withGroup(squares, tail, mean);
    squares2 = withGroup(squares2, tail + MOMENTS, mean2);
  }
  v128.store(moments, squares, SQUARES);
  if (stride == 32) v128.store(moments, squares2, MOMENTS + SQUARES);
}

/** Counts and extremes of the groups from..to, whose sums and squares are taken anew for each window. */
function keepRun(starts: usize, table: usize, stride: usize, size: usize, from: u32, to: u32, kept: usize): void {
  const rows = f64x2.splat(<f64>(u32At(starts, to) - u32At(starts, from)));
  let missing: u32 = 0;
  for (let pair: usize = 0; pair < size; pair += MOMENTS) {
    let count = f64x2.splat(0);
    let least = f64x2.splat(Infinity);
    let most = f64x2.splat(-Infinity);
    for (let group = from; group < to; group++) {
      const at = table + (<usize>group) * size + pair;
      count = f64x2.add(count, v128.load(at, COUNT));
      least = f64x2.pmin(least, v128.load(at, LEAST));
      most = f64x2.pmax(most, v128.load(at, MOST));
    }
    if (v128.any_true(f64x2.ne(count, rows))) missing = 1;
    v128.store(kept + RUN + pair, count, COUNT);
    v128.store(kept + RUN + pair, least, LEAST);
    v128.store(kept + RUN + pair, most, MOST);
  }
  store<u32>(kept, from);
  store<u32>(kept, to, TO);
  store<u32>(kept, missing, MISSING);
}

function cutGroup(lanes: usize, stride: usize, begin: u32, end: u32, moments: usize): void {
  masked(lanes, stride, begin, end, 0, 0, moments);
  if (stride == 32) masked(lanes + 16, stride, begin, end, 0, 0, moments + MOMENTS);
}

/** Writes count, sum, mean and extremes of a pair, of the parts that are not 0; gives the mean. */
// @ts-ignore: decorator
@inline
function settle(moments: usize, sum: v128, head: usize, run: usize, tail: usize): v128 {
  let count = f64x2.splat(0);
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  if (head != 0) {
    count = v128.load(head, COUNT);
    least = v128.load(head, LEAST);
    most = v128.load(head, MOST);
  }
  if (run != 0) {
    count = f64x2.add(count, v128.load(run, COUNT));
    least = f64x2.pmin(least, v128.load(run, LEAST));
    most = f64x2.pmax(most, v128.load(run, MOST));
  }
  if (tail != 0) {
    count = f64x2.add(count, v128.load(tail, COUNT));
    least = f64x2.pmin(least, v128.load(tail, LEAST));
    most = f64x2.pmax(most, v128.load(tail, MOST));
  }
  const mean = meanOf(sum, count, least, most);
  v128.store(moments, count, COUNT);
  v128.store(moments, sum, SUM);
  v128.store(moments, mean, MEAN);
  v128.store(moments, least, LEAST);
  v128.store(moments, most, MOST);
  return mean;
}

/** What a group adds to the squares of its window. */
// @ts-ignore: decorator
@inline
function spreadOf(group: usize, mean: v128): v128 {
  const deviation = f64x2.sub(v128.load(group, MEAN), mean);
  return f64x2.add(v128.load(group, SQUARES), f64x2.mul(v128.load(group, COUNT), f64x2.mul(deviation, deviation)));
}

/** The squares with those of a group that may be without a reading. */
// @ts-ignore: decorator
@inline
function withGroup(squares: v128, group: usize, mean: v128): v128 {
  const some = f64x2.gt(v128.load(group, COUNT), f64x2.splat(0));
  return f64x2.add(squares, v128.and(some, spreadOf(group, mean)));
}
