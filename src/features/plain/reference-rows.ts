/** The recommended schedule and the operating limits from plain objects. */
import type { LimitRow, ScheduleRow } from "../../core/fleet.ts";
import type { TimeKind } from "../../core/time.ts";
import { requireNumber, requireText } from "./checked-value.ts";
import type { Instant } from "./instant-of.ts";
import { optionalInstant } from "./machine-rows.ts";

interface ReferenceInput {
  /** It holds for machines whose attributes equal these. Default: for all. */
  match?: Readonly<Record<string, string>>;
  /** From when it holds. Default: always. */
  validFrom?: Instant;
}

/** The recommended interval between replacements of a component, in hours or cycles. */
export interface ScheduleInput extends ReferenceInput {
  component: string;
  interval: number;
}

/** Operating limits of a sensor, in its unit. */
export interface LimitInput extends ReferenceInput {
  sensor: string;
  /** Default: none. */
  low?: number;
  /** Default: none. */
  high?: number;
}

/** @throws DATA_COLUMN_TYPE, DATA_INSTANT */
export function scheduleFromRows(rows: readonly ScheduleInput[], time: TimeKind): ScheduleRow[] {
  return rows.map(({ component, interval, match = {}, validFrom }, i) => {
    const where = `schedule[${i}]`;
    requireText(component, `${where}.component`);
    requireNumber(interval, `${where}.interval`);
    return { component, interval, ...reference(match, validFrom, time, where) };
  });
}

/** @throws DATA_COLUMN_TYPE, DATA_INSTANT */
export function limitsFromRows(rows: readonly LimitInput[], time: TimeKind): LimitRow[] {
  return rows.map((row, i) => {
    const { sensor, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY, match = {}, validFrom } = row;
    const where = `limits[${i}]`;
    requireText(sensor, `${where}.sensor`);
    requireNumber(low, `${where}.low`);
    requireNumber(high, `${where}.high`);
    return { sensor, low, high, ...reference(match, validFrom, time, where) };
  });
}

function reference(match: Readonly<Record<string, string>>, validFrom: unknown, time: TimeKind, where: string) {
  for (const [attribute, value] of Object.entries(match)) requireText(value, `${where}.match.${attribute}`);
  return { match, validFrom: optionalInstant(validFrom, time, `${where}.validFrom`, Number.NEGATIVE_INFINITY) };
}
