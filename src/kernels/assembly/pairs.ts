/** What two sensors have to do with each other over a window. */
import { counts, emit, f64At, u32At } from "./memory";

// @ts-ignore: decorator
@inline
function made(left: f64, right: f64, operation: u32): f64 {
  if (operation == 0) return left - right;
  return right == 0 ? NaN : left / right;
}

/**
 * Statistics of the pairs in each cutoff's window: each known reading of `left` with the newest known one of `right` at or before
 * it that is less than `hold` older, both in the window. Two-pass. A constant side gives no correlation (NaN); rounding that would
 * carry it beyond 1 is cut off there. The slope is that of left over right (least squares). Mean, sd (sample), min, max, last and
 * count are of what `operation` makes of each pair: left - right (0), or left / right (1), which is skipped where right is 0. An
 * output that is 0 is not wanted.
 */
export function pairStatistics(
  from: u32, to: u32, cutoff: usize,
  leftFirst: usize, leftPast: usize, leftTime: usize, leftKnownAt: usize, left: usize,
  rightFirst: usize, rightPast: usize, rightTime: usize, rightKnownAt: usize, right: usize,
  hold: f64, correlation: usize, covariance: usize, slope: usize,
  operation: u32, mean: usize, sd: usize, min: usize, max: usize, last: usize, count: usize,
): void {
  for (let row = from; row < to; row++) {
    const instant = f64At(cutoff, row);
    let pairs: u32 = 0;
    let leftSum: f64 = 0;
    let rightSum: f64 = 0;
    let leftLeast: f64 = Infinity;
    let leftMost: f64 = -Infinity;
    let rightLeast: f64 = Infinity;
    let rightMost: f64 = -Infinity;
    let leftMean: f64 = NaN;
    let rightMean: f64 = NaN;
    let values: u32 = 0;
    let sum: f64 = 0;
    let least: f64 = Infinity;
    let most: f64 = -Infinity;
    let newest: f64 = NaN;
    let centre: f64 = NaN;
    let squares: f64 = 0;
    let products: f64 = 0;
    let leftSquares: f64 = 0;
    let rightSquares: f64 = 0;
    for (let pass = 0; pass < 2; pass++) {
      let next = u32At(rightFirst, row);
      const rightEnd = u32At(rightPast, row);
      const leftEnd = u32At(leftPast, row);
      let other: f64 = NaN;
      let otherTime: f64 = -Infinity;
      for (let i = u32At(leftFirst, row); i < leftEnd; i++) {
        const value = f64At(left, i);
        if (!counts(value, leftKnownAt, i, instant)) continue;
        const at = f64At(leftTime, i);
        while (next < rightEnd && f64At(rightTime, next) <= at) {
          const candidate = f64At(right, next);
          if (counts(candidate, rightKnownAt, next, instant)) {
            other = candidate;
            otherTime = f64At(rightTime, next);
          }
          next++;
        }
        if (!(at - otherTime < hold)) continue;
        const result = made(value, other, operation);
        if (pass == 0) {
          pairs++;
          leftSum += value;
          rightSum += other;
          if (value < leftLeast) leftLeast = value;
          if (value > leftMost) leftMost = value;
          if (other < rightLeast) rightLeast = other;
          if (other > rightMost) rightMost = other;
          if (result != result) continue;
          values++;
          sum += result;
          if (result < least) least = result;
          if (result > most) most = result;
          newest = result;
        } else {
          const leftDeviation = value - leftMean;
          const rightDeviation = other - rightMean;
          products += leftDeviation * rightDeviation;
          leftSquares += leftDeviation * leftDeviation;
          rightSquares += rightDeviation * rightDeviation;
          if (result != result) continue;
          const deviation = result - centre;
          squares += deviation * deviation;
        }
      }
      // A side that never changes has exactly its value as mean, so that rounding leaves no spread.
      leftMean = leftLeast == leftMost ? leftLeast : leftSum / <f64>pairs;
      rightMean = rightLeast == rightMost ? rightLeast : rightSum / <f64>pairs;
      centre = values == 0 ? NaN : least == most ? least : sum / <f64>values;
      if (pairs < 2) break;
    }
    if (mean != 0) emit(mean, row, centre);
    if (sd != 0) emit(sd, row, values < 2 ? NaN : sqrt<f64>(squares / <f64>(values - 1)));
    if (min != 0) emit(min, row, values == 0 ? NaN : least);
    if (max != 0) emit(max, row, values == 0 ? NaN : most);
    if (last != 0) emit(last, row, newest);
    if (count != 0) emit(count, row, <f64>values);
    const some = pairs >= 2;
    if (covariance != 0) emit(covariance, row, some ? products / <f64>(pairs - 1) : NaN);
    if (slope != 0) emit(slope, row, some && rightSquares > 0 ? products / rightSquares : NaN);
    if (correlation != 0) {
      let value: f64 = NaN;
      // Roots apart: the product of the squares would leave the range of float64 first.
      if (some && leftSquares > 0 && rightSquares > 0) value = products / (sqrt<f64>(leftSquares) * sqrt<f64>(rightSquares));
      if (value > 1) value = 1;
      if (value < -1) value = -1;
      emit(correlation, row, value);
    }
  }
}

/** Emits left / right; NaN where right is 0. */
export function quotient(from: u32, to: u32, left: usize, right: usize, out: usize): void {
  for (let row = from; row < to; row++) {
    const below = f64At(right, row);
    emit(out, row, below == 0 ? NaN : f64At(left, row) / below);
  }
}
