/** Clusters points by k-means, the same on every machine: seeded starts, a fixed order, ties to the first. */
import { random } from "../../core/random.ts";

/** Points or centres: count x size numbers, row-major. */
export interface Points {
  values: Float64Array;
  size: number;
}

const STARTS = 5;
const MOST_ROUNDS = 100;

/**
 * At most `k` centres, in the order of their first coordinate, then the next; fewer where the points have fewer distinct places. Of
 * five starts (k-means++: D. Arthur and S. Vassilvitskii, 2007) the one with the smallest sum of squared distances, after S.
 * Lloyd's rounds.
 */
export function kMeans(points: Points, k: number): Points {
  const generator = random(0, `kMeans ${k}`);
  let best: Settled = { centres: new Float64Array(0), squares: Number.POSITIVE_INFINITY };
  for (let start = 0; start < STARTS; start++) {
    const found = settle(points, spread(points, k, generator.uniform));
    if (found.squares < best.squares) best = found;
  }
  return { values: ordered(best.centres, points.size), size: points.size };
}

/** How many points there are. */
export function countOfPoints({ values, size }: Points): number {
  return values.length / size;
}

/** The nearest centre of a point, the first of equally near ones, and the square of its distance. */
export function nearest(points: Points, point: number, centres: Float64Array): { centre: number; square: number } {
  const { size } = points;
  let found = { centre: -1, square: Number.POSITIVE_INFINITY };
  for (let centre = 0; centre * size < centres.length; centre++) {
    const square = squaredDistance(points.values, point * size, centres, centre * size, size);
    if (square < found.square) found = { centre, square };
  }
  return found;
}

export function squaredDistance(a: Float64Array, atA: number, b: Float64Array, atB: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const difference = a[atA + i] - b[atB + i];
    sum += difference * difference;
  }
  return sum;
}

/** Starting centres: each next one a point drawn by its squared distance from those before. */
function spread(points: Points, k: number, uniform: () => number): Float64Array {
  const { values, size } = points;
  const count = countOfPoints(points);
  const centres: number[] = [];
  const squares = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let next = Math.floor(uniform() * count);
  while (next >= 0) {
    const centre = values.subarray(next * size, (next + 1) * size);
    centres.push(...centre);
    let total = 0;
    for (let point = 0; point < count; point++) {
      squares[point] = Math.min(squares[point], squaredDistance(values, point * size, centre, 0, size));
      total += squares[point];
    }
    next = centres.length < k * size && total > 0 ? drawn(squares, uniform() * total) : -1;
  }
  return Float64Array.from(centres);
}

function drawn(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = -1;
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    sum += weight;
    last = i;
    if (sum > target) break;
  }
  return last;
}

interface Settled {
  centres: Float64Array;
  /** The sum of the points' squared distances from their centres. */
  squares: number;
}

/** Moves centres to the mean of their points until no point changes its centre; a centre without points is dropped at the end. */
function settle(points: Points, start: Float64Array): Settled {
  const { values, size } = points;
  const count = countOfPoints(points);
  const owner = new Int32Array(count).fill(-1);
  const centres = start.slice();
  const owned = new Float64Array(centres.length / size);
  let squares = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    squares = 0;
    for (let point = 0; point < count; point++) {
      const { centre, square } = nearest(points, point, centres);
      if (owner[point] !== centre) moved++;
      owner[point] = centre;
      squares += square;
    }
    if (moved === 0) break;
    const sums = new Float64Array(centres.length);
    owned.fill(0);
    for (let point = 0; point < count; point++) {
      owned[owner[point]]++;
      for (let i = 0; i < size; i++) sums[owner[point] * size + i] += values[point * size + i];
    }
    for (let at = 0; at < sums.length; at++) {
      const members = owned[Math.floor(at / size)];
      if (members > 0) centres[at] = sums[at] / members;
    }
  }
  const kept = centres.filter((_, at) => owned[Math.floor(at / size)] > 0);
  return { centres: kept, squares };
}

function ordered(centres: Float64Array, size: number): Float64Array {
  const each = Array.from({ length: centres.length / size }, (_, i) => centres.subarray(i * size, (i + 1) * size));
  each.sort((a, b) => {
    const differs = a.findIndex((value, i) => value !== b[i]);
    return differs < 0 ? 0 : a[differs] - b[differs];
  });
  return Float64Array.from(each.flatMap((centre) => [...centre]));
}
