/** `energy`. */
import { described } from "./described.ts";

/** The sum of the squared readings, as tsfresh's `abs_energy`; it grows with their number. NaN in an empty window. */
export const energyStatistic = described("energy", "sensor squared");
