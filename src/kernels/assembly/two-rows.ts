/** The moments of the windows of two cutoffs at once, so that the sums of one fill the time the processor waits for those of the other. */
import { leastFrom, mostFrom, moveExtremes, MOST_ROWS } from "./extremes";
import { COUNT, LEAST, MEAN, meanOf, MOMENTS, MOST, SQUARES, SUM } from "./moments";

/**
 * For windows begin..end and begin2..end2 whose readings are all known and each in a group of its own; false, with nothing to be used,
 * where the second does not go on from the first or a reading is no number. The moments of the second lie after those of both pairs of
 * the first; squares are written only where `spread` asks for them. `kept` is what `extremes` keeps from call to call.
 */
// @ts-ignore: decorator
@inline
export function twoRows(
  lanes: usize, stride: usize, begin: u32, end: u32, begin2: u32, end2: u32, kept: usize, spread: bool, moments: usize,
): bool {
  if (begin2 < begin || begin2 > end || end2 < end || begin == end || begin2 == end2) return false;
  if (end2 - begin > MOST_ROWS) return false;
  const head = lanes + (<usize>begin) * stride;
  const shared = lanes + (<usize>begin2) * stride;
  const tail = lanes + (<usize>end) * stride;
  const past = lanes + (<usize>end2) * stride;
  const wide = stride == 32;

  let sumA = f64x2.splat(0);
  let sumB = sumA;
  for (let at = head; at < shared; at += stride) {
    sumA = f64x2.add(sumA, v128.load(at));
    if (wide) sumB = f64x2.add(sumB, v128.load(at, 16));
  }
  let nextA = f64x2.splat(0);
  let nextB = nextA;
  for (let at = shared; at < tail; at += stride) {
    const a = v128.load(at);
    sumA = f64x2.add(sumA, a);
    nextA = f64x2.add(nextA, a);
    if (wide) {
      const b = v128.load(at, 16);
      sumB = f64x2.add(sumB, b);
      nextB = f64x2.add(nextB, b);
    }
  }
  for (let at = tail; at < past; at += stride) {
    nextA = f64x2.add(nextA, v128.load(at));
    if (wide) nextB = f64x2.add(nextB, v128.load(at, 16));
  }
  const checked = f64x2.add(f64x2.add(sumA, sumB), f64x2.add(nextA, nextB));
  if (v128.any_true(f64x2.ne(checked, checked))) return false;

  const next = moments + 2 * MOMENTS;
  moveExtremes(kept, lanes, stride, begin, end);
  const meanA = settle(moments, sumA, end - begin, leastFrom(kept, begin, 0), mostFrom(kept, begin, 0));
  let meanB = meanA;
  if (wide) meanB = settle(moments + MOMENTS, sumB, end - begin, leastFrom(kept, begin, 16), mostFrom(kept, begin, 16));
  moveExtremes(kept, lanes, stride, begin2, end2);
  const meanNextA = settle(next, nextA, end2 - begin2, leastFrom(kept, begin2, 0), mostFrom(kept, begin2, 0));
  let meanNextB = meanNextA;
  if (wide) {
    meanNextB = settle(next + MOMENTS, nextB, end2 - begin2, leastFrom(kept, begin2, 16), mostFrom(kept, begin2, 16));
  }
  if (!spread) return true;

  let squaresA = f64x2.splat(0);
  let squaresB = squaresA;
  for (let at = head; at < shared; at += stride) {
    squaresA = f64x2.add(squaresA, squared(v128.load(at), meanA));
    if (wide) squaresB = f64x2.add(squaresB, squared(v128.load(at, 16), meanB));
  }
  let squaresNextA = f64x2.splat(0);
  let squaresNextB = squaresNextA;
  for (let at = shared; at < tail; at += stride) {
    const a = v128.load(at);
    squaresA = f64x2.add(squaresA, squared(a, meanA));
    squaresNextA = f64x2.add(squaresNextA, squared(a, meanNextA));
    if (wide) {
      const b = v128.load(at, 16);
      squaresB = f64x2.add(squaresB, squared(b, meanB));
      squaresNextB = f64x2.add(squaresNextB, squared(b, meanNextB));
    }
  }
  for (let at = tail; at < past; at += stride) {
    squaresNextA = f64x2.add(squaresNextA, squared(v128.load(at), meanNextA));
    if (wide) squaresNextB = f64x2.add(squaresNextB, squared(v128.load(at, 16), meanNextB));
  }
  v128.store(moments, squaresA, SQUARES);
  v128.store(next, squaresNextA, SQUARES);
  if (wide) {
    v128.store(moments, squaresB, MOMENTS + SQUARES);
    v128.store(next, squaresNextB, MOMENTS + SQUARES);
  }
  return true;
}

// @ts-ignore: decorator
@inline
function squared(value: v128, mean: v128): v128 {
  const deviation = f64x2.sub(value, mean);
  return f64x2.mul(deviation, deviation);
}

/** Writes the moments of a pair but its squares, and gives its mean. */
// @ts-ignore: decorator
@inline
function settle(moments: usize, sum: v128, readings: u32, least: v128, most: v128): v128 {
  const count = f64x2.splat(<f64>readings);
  const mean = meanOf(sum, count, least, most);
  v128.store(moments, count, COUNT);
  v128.store(moments, sum, SUM);
  v128.store(moments, mean, MEAN);
  v128.store(moments, least, LEAST);
  v128.store(moments, most, MOST);
  return mean;
}
