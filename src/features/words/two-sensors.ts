/** The shared part of words that make one number of two sensors: of their newest readings, or of all pairs in a window. */
import { z } from "zod";
import { type Duration, durationLength } from "../../core/time.ts";
import type { Address } from "../../kernels/memory.ts";
import {
  type PairRule,
  type PairValueStatistic,
  pairStatisticsCall,
  pairValueStatistics,
  type WindowedReadings,
} from "../../kernels/pair-calls.ts";
import type { Window, Workspace } from "../compute/workspace.ts";
import { spanName, spansOf } from "../cycles/span.ts";
import type { PlanContext, PlannedFeature, RawColumn } from "../feature.ts";
import { holdLength, requireSensor } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface TwoSensorsOptions {
  /** Window lengths; a window is (t - length, t]. Default: no window, the newest readings. */
  over?: Duration | readonly Duration[];
  /** mean, sd (sample), min, max, last, count (pairs) over the window. Default: mean. */
  stats?: PairValueStatistic | readonly PairValueStatistic[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
  /**
   * Without a window: a newest reading older than this no longer counts; default: three grid steps; for counters without a grid,
   * three cycles. In a window: a reading of `left` is paired with the newest of `right` at or before it that is less than this
   * older, for sensors that are not read at the same instants; default: only readings of one instant are a pair.
   */
  hold?: Duration;
}

/** The plain data of these options. */
export interface TwoSensorsPart {
  left: string;
  right: string;
  /** Empty: the newest readings. */
  over: readonly Duration[];
  stats?: readonly PairValueStatistic[];
  resetOn?: string;
  hold?: Duration;
}

/** The shape of the options' plain data. */
export const twoSensorsShape = {
  left: z.string(),
  right: z.string(),
  over: z.array(z.string()),
  stats: z.array(z.enum(pairValueStatistics)).min(1).optional(),
  resetOn: z.string().optional(),
  hold: z.string().optional(),
};

/** Whether the options that are of a window have one. */
export function hasWindow({ over, stats, resetOn }: TwoSensorsPart): boolean {
  return over.length > 0 || (stats === undefined && resetOn === undefined);
}

export const NEEDS_WINDOW = "`over`, since `stats` and `resetOn` are of a window";

export function twoSensorsPart(left: string, right: string, options: TwoSensorsOptions): TwoSensorsPart {
  const { over, stats, resetOn, hold, ...others } = options ?? {};
  return {
    left,
    right,
    over: list(over),
    ...(stats !== undefined && { stats: list(stats) }),
    ...(resetOn !== undefined && { resetOn }),
    ...(hold !== undefined && { hold }),
    ...others,
  };
}

/** How the word is called, and what it makes of two readings. */
export interface TwoSensorsWord {
  word: "differenceOf" | "ratioOf";
  /** Its part of the column's name. */
  label: "difference" | "ratio";
  operation: NonNullable<PairRule["operation"]>;
}

export function planTwoSensors(
  spec: TwoSensorsPart,
  { word, label }: TwoSensorsWord,
  context: PlanContext,
): PlannedFeature {
  const { left, right, resetOn, hold } = spec;
  for (const sensor of [left, right]) requireSensor(context.schema, sensor, word);
  const { resets, since } = resetReads(context.schema, resetOn, word);
  const sensors = [{ sensor: left }, { sensor: right }];
  if (spec.over.length === 0) {
    const reach = { window: holdLength(context, hold, word) };
    return { columns: [{ name: columnName(left, right, label), reads: sensors, reach }], reads: sensors };
  }
  const reads = [...sensors, ...resets];
  const columns = windowsOf(spec, label, context).flatMap(({ length, counted, outputs }) =>
    outputs.map(
      ({ name, statistic }): RawColumn => ({
        name,
        reads,
        reach: { window: length, ...(counted && { counted }), ...since },
        unread: statistic === "count" ? "zero" : "missing",
      }),
    ),
  );
  return { columns, reads };
}

/** Adds the calls over windows; for the newest readings what `newest` adds, given float64 columns with one value a cutoff. */
export function computeTwoSensors(
  spec: TwoSensorsPart,
  { word, label, operation }: TwoSensorsWord,
  context: PlanContext,
  workspace: Workspace,
  newest: (left: Address, right: Address, out: Address) => void,
): void {
  const { left, right, resetOn, hold } = spec;
  if (spec.over.length === 0) {
    const output = workspace.output(columnName(left, right, label));
    if (output === 0) return;
    const window = { length: holdLength(context, hold, word) };
    newest(workspace.lastReading(left, window), workspace.lastReading(right, window), output);
    return;
  }
  const rule = { hold: pairHold(spec, context), operation };
  for (const { length, counted, outputs } of windowsOf(spec, label, context)) {
    const sides = windowedSensors(spec, { length, counted, resetOn }, workspace);
    const out: Partial<Record<PairValueStatistic, Address>> = {};
    for (const { name, statistic } of outputs) out[statistic] = workspace.output(name);
    workspace.call(pairStatisticsCall(workspace.rows, sides.left, sides.right, rule, out));
  }
}

/** Times are whole numbers: less than 1 older is of the same instant. */
const SAME_INSTANT = 1;

/** How much older than its partner the other reading of a pair may be, in the fleet's time unit: less than this. */
export function pairHold({ hold }: { hold?: Duration }, { schema }: PlanContext): number {
  return hold === undefined ? SAME_INSTANT : durationLength(hold, schema.time);
}

/** Both sensors' readings, with their windows. */
export function windowedSensors(
  { left, right }: { left: string; right: string },
  window: Window,
  workspace: Workspace,
): { left: WindowedReadings; right: WindowedReadings } {
  const of = (sensor: string) => ({ readings: workspace.readings(sensor), window: workspace.window(sensor, window) });
  return { left: of(left), right: of(right) };
}

function windowsOf({ left, right, over, stats = ["mean"] }: TwoSensorsPart, label: string, { schema }: PlanContext) {
  return spansOf(over, [left, right], schema).map((span) => {
    const name = (statistic: string) => columnName(left, right, label, statistic, spanName(span, schema.time));
    return { ...span, outputs: stats.map((statistic) => ({ statistic, name: name(statistic) })) };
  });
}
