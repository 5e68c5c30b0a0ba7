/** How well clusters stand apart. */
import { countOfPoints, nearest, type Points, squaredDistance } from "./k-means.ts";

/**
 * The mean silhouette of the points: (b - a) / max(a, b) with a the mean distance to the other points of the same cluster and b the
 * smallest mean distance to those of another; 1 is far apart, 0 is none at all, and a point alone in its cluster counts 0 (P.
 * Rousseeuw, 1987).
 */
export function meanSilhouette(points: Points, centres: Points): number {
  const { values, size } = points;
  const count = countOfPoints(points);
  const clusters = countOfPoints(centres);
  const owner = Int32Array.from({ length: count }, (_, point) => nearest(points, point, centres.values).centre);
  const members = new Float64Array(clusters);
  for (const cluster of owner) members[cluster]++;
  let sum = 0;
  for (let point = 0; point < count; point++) {
    const distances = new Float64Array(clusters);
    for (let other = 0; other < count; other++) {
      distances[owner[other]] += Math.sqrt(squaredDistance(values, point * size, values, other * size, size));
    }
    const own = owner[point];
    let apart = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (cluster !== own && members[cluster] > 0) apart = Math.min(apart, distances[cluster] / members[cluster]);
    }
    if (members[own] < 2 || apart === Number.POSITIVE_INFINITY) continue;
    const within = distances[own] / (members[own] - 1);
    sum += (apart - within) / Math.max(apart, within);
  }
  return count === 0 ? 0 : sum / count;
}
