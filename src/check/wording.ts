/** Numbers, values, lists and distances in time as a report of leaks says them. */
import { durationName, MICROS_PER_HOUR, type TimeKind } from "../core/time.ts";

/** "1 leak", "1,200 leaks". */
export function numberOf(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? "" : "s"}`;
}

export function number(of: number): string {
  return String(of).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const most = 3;
  const shown = names.slice(0, most).join(", ");
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}

/** A float32 value in the fewest digits that tell it apart; null is missing. */
export function valueText(value: number | null): string {
  if (value === null) return "missing";
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return String(short);
  }
  return String(value);
}

const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
const MICROS_PER_MINUTE = MICROS_PER_HOUR / 60;
const MICROS_PER_SECOND = MICROS_PER_MINUTE / 60;

/** How far an instant lies from a cutoff, in at most two units: "3h after", "1d 4h before". */
export function timeApart(instant: number, cutoff: number, time: TimeKind): string {
  if (instant === cutoff) return "that very instant";
  return `${lengthText(Math.abs(instant - cutoff), time)} ${instant > cutoff ? "after" : "before"}`;
}

function lengthText(length: number, time: TimeKind): string {
  const units: [number, number][] = [
    [MICROS_PER_DAY, MICROS_PER_HOUR],
    [MICROS_PER_HOUR, MICROS_PER_MINUTE],
    [MICROS_PER_MINUTE, MICROS_PER_SECOND],
  ];
  const found = time === "cycles" ? undefined : units.find(([unit]) => length >= unit);
  if (found === undefined) return durationName(length, time);
  const [unit, smaller] = found;
  const rest = Math.floor((length % unit) / smaller) * smaller;
  const whole = durationName(Math.floor(length / unit) * unit, time);
  return rest === 0 ? whole : `${whole} ${durationName(rest, time)}`;
}
