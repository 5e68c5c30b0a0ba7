/** What several statistics of a window share, made when the first of them asks for it. */
import { lacks, timeAt, valueAt, Window } from "./window";

const SPREAD: u32 = 1;
const ENERGY: u32 = 2;
const PATH: u32 = 4;
const LINE: u32 = 8;
const SIZE: u32 = 16;

/** The sums of powers of the deviations from the mean. */
export function makeSpread(window: Window): void {
  if (!lacks(window, SPREAD)) return;
  let squares: f64 = 0;
  let cubes: f64 = 0;
  let fourths: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    const deviation = valueAt(window, i) - window.mean;
    const square = deviation * deviation;
    squares += square;
    cubes += square * deviation;
    fourths += square * square;
  }
  window.squares = squares;
  window.cubes = cubes;
  window.fourths = fourths;
}

/** The sum of the squared readings. */
export function makeEnergy(window: Window): void {
  if (!lacks(window, ENERGY)) return;
  let energy: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    const value = valueAt(window, i);
    energy += value * value;
  }
  window.energy = energy;
}

/** The sums over the differences of consecutive readings. */
export function makePath(window: Window): void {
  if (!lacks(window, PATH)) return;
  let sizes: f64 = 0;
  let squares: f64 = 0;
  for (let i: u32 = 1; i < window.count; i++) {
    const change = valueAt(window, i) - valueAt(window, i - 1);
    sizes += abs<f64>(change);
    squares += change * change;
  }
  window.pathLength = sizes;
  window.pathSquares = squares;
}

/** The sums that the least-squares line over the times is made of. */
export function makeLine(window: Window): void {
  if (!lacks(window, LINE)) return;
  makeSpread(window);
  let sum: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) sum += timeAt(window, i);
  const meanTime = sum / <f64>window.count;
  let products: f64 = 0;
  let squares: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    const time = timeAt(window, i) - meanTime;
    products += time * (valueAt(window, i) - window.mean);
    squares += time * time;
  }
  window.meanTime = meanTime;
  window.products = products;
  window.timeSquares = squares;
}

/** The mean size of a reading; exact where all are equal. */
export function makeSize(window: Window): void {
  if (!lacks(window, SIZE)) return;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) sum += abs<f64>(valueAt(window, i));
  window.meanSize = window.least == window.most ? abs<f64>(window.least) : sum / <f64>window.count;
}

/** The population variance (divided by n); NaN in an empty window. */
export function populationVariance(window: Window): f64 {
  makeSpread(window);
  return window.squares / <f64>window.count;
}

/** The population sd; NaN in an empty window. */
export function populationSd(window: Window): f64 {
  return sqrt<f64>(populationVariance(window));
}

/** The largest size of a reading; NaN in an empty window. */
export function largestSize(window: Window): f64 {
  if (window.count == 0) return NaN;
  const above = window.most;
  const below = -window.least;
  return above > below ? above : below;
}

/** The root of the mean square; exactly the size of the value where all are equal. */
export function meanSquareRoot(window: Window): f64 {
  if (window.least == window.most) return abs<f64>(window.least);
  makeEnergy(window);
  return sqrt<f64>(window.energy / <f64>window.count);
}
