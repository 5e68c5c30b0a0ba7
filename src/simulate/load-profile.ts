/** How hard a machine works: shifts by day, quiet nights and Sundays, and a slow drift of orders. */
import type { Random } from "../core/random.ts";
import { HOUR } from "./clock.ts";

/** A function from instants in ascending order to the load, 0.05 to 1.1 of the rated one. */
export function loadProfile(random: Random, peak: number, stepHours: number): (instant: number) => number {
  const shiftStart = 5 + random.integer(3);
  const shiftEnd = shiftStart + 14 + random.integer(4);
  const worksSundays = random.uniform() < 0.2;
  let orders = 0;
  let jitter = 0;
  const dayShare = Math.sqrt(stepHours / 24);
  return (instant) => {
    const hours = Math.floor(instant / HOUR);
    const hour = hours % 24;
    // 1970-01-01 was a Thursday.
    const sunday = Math.floor(hours / 24 + 4) % 7 === 0;
    const busy = hour >= shiftStart && hour < shiftEnd && (!sunday || worksSundays);
    orders += (-0.05 * orders * stepHours) / 24 + 0.03 * dayShare * random.normal();
    jitter = 0.6 * jitter + 0.05 * random.normal();
    const load = (busy ? peak : peak * (sunday ? 0.25 : 0.45)) * (1 + orders) + jitter;
    return Math.min(1.1, Math.max(0.05, load));
  };
}
