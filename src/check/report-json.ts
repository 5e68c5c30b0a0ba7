/** A leak check as one JSON document, with instants as text as everywhere on the command line. */
import { instantName } from "../core/time.ts";
import type { LeakReport } from "./leak.ts";

const instants: ReadonlySet<string> = new Set(["cutoff", "end", "time", "knownAt", "movedTo"]);
const intervals: ReadonlySet<string> = new Set(["interval", "evaluation"]);

export function reportJson(report: LeakReport): string {
  const { time } = report;
  const name = (instant: unknown) => (typeof instant === "number" ? instantName(instant, time) : instant);
  const told = (key: string, value: unknown) => {
    if (instants.has(key)) return name(value);
    return intervals.has(key) && Array.isArray(value) ? value.map(name) : value;
  };
  return `${JSON.stringify(report, told, 2)}\n`;
}
