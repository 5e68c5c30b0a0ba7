/** Quantiles of known values, by linear interpolation between order statistics (type 7 of R. Hyndman and Y. Fan, 1996). */

/** @param sorted finite, ascending, at least one. @param share 0..1 */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below) + 0;
}
