/** `meanSecondDerivative`. */
import { described } from "./described.ts";

/**
 * The mean of half the second differences (x[i + 2] - 2 x[i + 1] + x[i]) / 2, as tsfresh's `mean_second_derivative_central`:
 * positive where the change grows. The readings are taken as equally far apart. NaN below three readings.
 */
export const meanSecondDerivativeStatistic = described("meanSecondDerivative", "sensor");
