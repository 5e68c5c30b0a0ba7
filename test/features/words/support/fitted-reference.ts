/** Values by numpy and scipy: written by scripts/reference/fitted.py. */
import { readFileSync } from "node:fs";

interface ComponentsReference {
  count: number;
  loadings: number[][];
  variances: number[];
  /** The share of the variance that the first, the first two … components hold. */
  shares: number[];
  error: number[];
  tSquared: number[];
  scores: number[][];
}

interface FittedReference {
  columns: Record<string, number[]>;
  /** So many rows from the first are healthy training rows. */
  healthy: number;
  mean: number[];
  sd: number[];
  mahalanobis: { shrinkage: number; distance: number[] }[];
  recommended: { shrinkage: number; distance: number[] };
  components: ComponentsReference[];
  /** Of temperature given load, pressure and vibration. */
  residual: { coefficients: number[]; residual: number[] };
  quantiles: { shares: number[]; values: Record<string, number[]> };
  modes: { settings: number[][]; value: number[]; centres: number[][]; mode: number[]; inMode: number[] };
  silhouette: { points: number[]; centres: number[]; mean: number };
}

const file = new URL("../fitted-reference.json", import.meta.url);

export const reference: FittedReference = JSON.parse(readFileSync(file, "utf8"));
