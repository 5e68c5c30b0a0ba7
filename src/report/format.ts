/** Numbers, spans and instants as text: never by locale, in UTC, and "not defined" where there is no number. */
import type { TimeKind } from "../core/time.ts";
import { instantName } from "../core/time.ts";
import type { Interval } from "../evaluation/metrics.ts";

export const NOT_DEFINED = "not defined";

type Figure = number | null | undefined;
type Format = (x: number) => string;

/** A count or an amount, rounded to whole, thousands parted by commas: "12,400". */
export function count(x: Figure): string {
  if (!defined(x)) return NOT_DEFINED;
  const digits = Math.abs(Math.round(x)).toFixed(0);
  const grouped = digits.includes("e") ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ",");
  return Math.round(x) < 0 ? `−${grouped}` : grouped;
}

/** A figure to two or three significant digits: "0.612", "12.6", "1,240", "0.0054"; tiny ones as "< 0.0001". */
export function figure(x: Figure): string {
  if (!defined(x)) return NOT_DEFINED;
  const size = Math.abs(x);
  if (size === 0) return "0";
  if (size >= 99.95) return count(x);
  if (size < 0.00005) return x < 0 ? "> −0.0001" : "< 0.0001";
  const text = size.toFixed(size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.00995 ? 3 : 4);
  return x < 0 ? `−${text}` : text;
}

/** A rate that may be small, with one decimal from 1 on and two significant digits below. */
export function rate(x: Figure): string {
  if (!defined(x)) return NOT_DEFINED;
  if (x === 0) return "0";
  if (x >= 99.95) return count(x);
  if (x >= 0.995) return x.toFixed(1);
  if (x >= 0.0995) return trimZeros(x.toFixed(2));
  return x < 0.0005 ? "< 0.001" : trimZeros(x.toFixed(3));
}

/** A share as per cent: "89 %"; never rounded to 0 % or 100 % when it is neither. */
export function percent(share: Figure): string {
  if (!defined(share)) return NOT_DEFINED;
  const hundred = share * 100;
  if (hundred > 0 && hundred < 0.1) return "< 0.1 %";
  if (hundred > 0 && hundred < 9.95) return `${hundred.toFixed(1)} %`;
  if (hundred < 100 && hundred >= 99.5) return hundred >= 99.95 ? "> 99.9 %" : `${hundred.toFixed(1)} %`;
  return `${hundred.toFixed(0)} %`;
}

/** A length of time in hours or cycles with its unit: "17 h", "40 min", "5.2 d", "12 cycles". */
export function span(length: Figure, kind: TimeKind): string {
  if (!defined(length)) return NOT_DEFINED;
  if (kind === "cycles") return length === 1 ? "1 cycle" : `${short(length)} cycles`;
  if (length !== 0 && Math.abs(length) < 1) return `${short(length * 60)} min`;
  if (Math.abs(length) > 96) return `${short(length / 24)} d`;
  return `${short(length)} h`;
}

/** An interval as "0.52 to 0.70", or null where there is none. */
export function interval(value: Interval | undefined, format: Format): string | null {
  if (value === null || value === undefined || !defined(value[0]) || !defined(value[1])) return null;
  return `${format(value[0])} to ${format(value[1])}`;
}

/** A figure with its interval in brackets: "0.61 (0.52 to 0.70)"; a figure without one says so. */
export function withInterval(x: Figure, value: Interval | undefined, format: Format): string {
  if (!defined(x)) return NOT_DEFINED;
  return `${format(x)} (${interval(value, format) ?? "no interval"})`;
}

/** An instant to the minute, "2015-03-01 06:00 UTC" (seconds where they count), or "cycle 120". */
export function instant(time: Figure, kind: TimeKind): string {
  if (!defined(time)) return NOT_DEFINED;
  if (kind === "cycles") return `cycle ${count(time)}`;
  if (Math.abs(time) > 8.64e18) return NOT_DEFINED;
  const text = instantName(time, kind).replace("T", " ").replace("Z", "");
  return `${text.replace(/:00$/, "")} UTC`;
}

/** "1 failure", "9 failures". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** A name cut in the middle to at most `length` characters, so that both its ends can be read. */
export function shorten(name: string, length: number): string {
  const characters = [...name];
  if (characters.length <= length) return name;
  const head = Math.ceil((length - 1) / 2);
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (length - 1 - head)).join("")}`;
}

/** The same text with numbers kept on one line with their units. */
export function unbroken(text: string): string {
  return text
    .replace(/([<>]) (?=\d)/g, "$1\u00a0")
    .replace(/(\d) (?=(?:%|d|h|min|s|UTC|cycles?)(?![\p{L}\p{N}]))/gu, "$1\u00a0");
}

/** True for a number that can be shown. */
export function defined(x: Figure): x is number {
  return typeof x === "number" && Number.isFinite(x);
}

function short(x: number): string {
  const text = Math.abs(x) >= 19.95 ? count(x) : trimZeros(Math.abs(x).toFixed(1));
  return x < 0 && !text.startsWith("−") ? `−${text}` : text;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
