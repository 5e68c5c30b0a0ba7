/** Observed time in the unit rates are given by: machine-months of 730.5 hours, or thousands of cycles. */
import { MICROS_PER_HOUR, type TimeKind } from "../core/time.ts";

/** @param observed microseconds or cycles, one a machine */
export function machineMonths(observed: Float64Array, time: TimeKind): Float64Array {
  const unit = time === "cycles" ? 1000 : 730.5 * MICROS_PER_HOUR;
  return observed.map((length) => length / unit);
}
