/** Fewer points of a curve, evenly picked; the first and the last stay. */
export function thin<Point>(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => points[Math.floor((i * (points.length - 1)) / (most - 1))]);
}
