/** Fewer points that draw the same line: of each stretch of points its lowest and its highest are kept, and both ends. */
export function thin<Point>(points: readonly Point[], most: number, height: (point: Point) => number): Point[] {
  if (points.length <= most) return [...points];
  const buckets = Math.max(1, Math.floor((most - 2) / 2));
  const inner = points.length - 2;
  const kept = [points[0]];
  for (let b = 0; b < buckets; b++) {
    const from = 1 + Math.floor((b * inner) / buckets);
    const to = 1 + Math.floor(((b + 1) * inner) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (height(points[i]) < height(points[low])) low = i;
      if (height(points[i]) > height(points[high])) high = i;
    }
    kept.push(points[Math.min(low, high)]);
    if (low !== high) kept.push(points[Math.max(low, high)]);
  }
  kept.push(points[points.length - 1]);
  return kept;
}
