/** Counts, shares and lengths as a person says them. */
import { plainText } from "../core/plain-text.ts";
import { instantName, MICROS_PER_HOUR, type TimeKind } from "../core/time.ts";

/** "1 row", "1,151 rows"; `many` where an s is not enough. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** A whole number with commas, or a reading with at most six digits. */
export function grouped(number: number): string {
  if (!Number.isInteger(number)) return String(Number(number.toPrecision(6)));
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "12 %", "0.3 %", "less than 0.1 %". */
export function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  if (percent > 0 && percent < 0.1) return "less than 0.1 %";
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toFixed(1)} %`;
}

const units: readonly (readonly [unit: string, micros: number])[] = [
  ["d", 24 * MICROS_PER_HOUR],
  ["h", MICROS_PER_HOUR],
  ["min", MICROS_PER_HOUR / 60],
  ["s", 1_000_000],
  ["ms", 1_000],
  ["µs", 1],
];

/** A length of the fleet's time, rounded: "20 h", "3.5 d", "12 cycles". */
export function lengthText(length: number, time: TimeKind): string {
  if (time === "cycles") return count(length, "cycle");
  const [unit, micros] =
    units.find(([unit, micros]) => length >= micros * (unit === "d" ? 2 : 1)) ?? units[units.length - 1];
  const number = length / micros;
  return `${number >= 100 || Number.isInteger(number) ? grouped(Math.round(number)) : Number(number.toPrecision(3))} ${unit}`;
}

/** An instant to the second: "2025-03-01 06:00", "2025-03-01 06:00:12". */
export function instantText(instant: number, time: TimeKind): string {
  if (time === "cycles") return `cycle ${instant}`;
  if (!Number.isFinite(instant) || Math.abs(instant) > 8.64e18) return String(instant);
  return instantName(Math.floor(instant / 1_000_000) * 1_000_000, time)
    .replace("T", " ")
    .replace("Z", "")
    .replace(/(\d\d:\d\d):00$/, "$1");
}

/** A name or value from a file, in backticks, fit to be shown. */
export function quoted(text: string): string {
  return `\`${plainText(text, 60)}\``;
}

/** The first few of a list: "a, b, c and 12 more". */
export function listed(texts: readonly string[], most = 4): string {
  if (texts.length <= most + 1) return texts.join(", ");
  return `${texts.slice(0, most).join(", ")} and ${grouped(texts.length - most)} more`;
}
