/** The two tails of the standard normal distribution, from additions and multiplications alone. */
import { exp } from "../../core/math.ts";

const SERIES_UP_TO = 2;
const FRACTION_TERMS = 120;

/**
 * P(|Z| >= |z|) for a standard normal Z, which is erfc(|z| / sqrt(2)); NaN for NaN. Relative error below 1e-13 as far as float64 holds
 * the value as a normal number (|z| up to 37.5), beyond that it goes to 0 by way of subnormal numbers.
 * Method: up to 2 the series of Phi in odd powers over odd factorials, which has no cancellation; above it Laplace's continued
 * fraction of the Mills ratio (M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 26.2.11 and 26.2.14).
 */
export function twoTails(z: number): number {
  const x = Math.abs(z);
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 39) return 0;
  return x < SERIES_UP_TO ? 1 - 2 * density(x) * series(x) : 2 * density(x) * millsRatio(x);
}

/** x + x^3/3 + x^5/(3*5) + … */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; term > sum * 2 ** -54; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

/** 1/(x + 1/(x + 2/(x + 3/(x + …)))) */
function millsRatio(x: number): number {
  let rest = x;
  for (let term = FRACTION_TERMS; term > 0; term--) rest = x + term / rest;
  return 1 / rest;
}

const INVERSE_ROOT_2_PI = 0.3989422804014327;

/** exp(-x^2/2) / sqrt(2 pi); the square is taken in two parts, since its rounding would be large against 1. */
function density(x: number): number {
  const high = Math.floor(x * 4096) / 4096;
  return INVERSE_ROOT_2_PI * exp((-high * high) / 2) * exp((-(x - high) * (x + high)) / 2);
}
