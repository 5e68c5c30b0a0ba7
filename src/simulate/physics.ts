/** The known physics of the simulated fleet: what wears, how fast, what breaks it and what the operator does about it. */

export interface ComponentPhysics {
  component: string;
  /** The error code that a defect of it brings about. */
  error: string;
  /** Running hours at nominal load until a defect begins, median over parts. */
  medianLifeHours: number;
  /** Hours from the first defect to the failure at nominal load, median over parts. */
  medianDefectHours: number;
  /** The interval after which the manufacturer recommends a replacement, in hours. */
  scheduleHours: number;
}

export const components: readonly ComponentPhysics[] = [
  { component: "bearing", error: "E201", medianLifeHours: 2300, medianDefectHours: 150, scheduleHours: 1680 },
  { component: "motor", error: "E307", medianLifeHours: 3000, medianDefectHours: 130, scheduleHours: 2184 },
  { component: "seal", error: "E112", medianLifeHours: 1850, medianDefectHours: 170, scheduleHours: 1344 },
];

/** An error code that says nothing about wear: a bus that loses frames. */
export const NUISANCE_ERROR = "E009";

export interface ModelPhysics {
  model: string;
  powerKilowatts: number;
  /** How much faster its parts wear than those of the middle model. */
  wearFactor: number;
  /** How hard it is driven at the busiest hour, as a share of its rated load. */
  peakLoad: number;
}

export const models: readonly ModelPhysics[] = [
  { model: "K200", powerKilowatts: 22, wearFactor: 0.9, peakLoad: 0.74 },
  { model: "K300", powerKilowatts: 37, wearFactor: 1, peakLoad: 0.8 },
  { model: "K500", powerKilowatts: 55, wearFactor: 1.2, peakLoad: 0.88 },
];

export interface SensorPhysics {
  sensor: string;
  unit: string;
  /** Decimals of the archive. */
  decimals: number;
  /** Standard deviation of the reading's own noise, in its unit. */
  noise: number;
  /** Share of readings that are missing. */
  missing: number;
  /** Operating limits, in its unit. */
  low?: number;
  high?: number;
}

export const sensors: readonly SensorPhysics[] = [
  { sensor: "vibration", unit: "mm/s", decimals: 2, noise: 0.42, missing: 0.002, high: 7.1 },
  { sensor: "temperature", unit: "°C", decimals: 1, noise: 1.3, missing: 0.001, high: 75 },
  { sensor: "pressure", unit: "bar", decimals: 2, noise: 0.13, missing: 0.002, low: 4.5, high: 7 },
  { sensor: "current", unit: "A", decimals: 1, noise: 1.1, missing: 0.001, high: 48 },
  { sensor: "load", unit: "%", decimals: 0, noise: 0, missing: 0.001 },
];
