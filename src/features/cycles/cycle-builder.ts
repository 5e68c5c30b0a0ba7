/** The operating cycles of one machine from rows that come one at a time: the very cycles that are found in all rows at once. */
import { z } from "zod";
import { MICROS_PER_HOUR } from "../../core/time.ts";
import { withinCycle } from "./closed-cycles.ts";
import { type CycleSpan, closeSilent, type EdgeState, noRowsYet, takeRow } from "./cycle-edges.ts";
import { CYCLE_COUNT, CYCLE_DURATION, type CycleSchema } from "./cycle-schema.ts";
import { type CycleStatistic, cycleValues } from "./cycle-statistics.ts";
import { type CycleRule, cycleRule } from "./operating-cycles.ts";

/** A telemetry row as it arrives, in microseconds. */
export interface ArrivingRow {
  time: number;
  /** Default: `time`. */
  knownAt?: number;
  /** Readings by sensor; one that is left out or NaN is missing. */
  values: Readonly<Record<string, number>>;
  /** Whether by gaps it joins a cycle, and ends a pause; else only its readings count. Default: true. */
  tells?: boolean;
}

/** A closed cycle: a row of the table that `withCycles` makes. */
export interface CycleRow {
  start: number;
  /** The time of the row. */
  end: number;
  knownAt: number;
  /** By sensor of the cycles: duration, number of rows and quantities. */
  values: Record<string, number>;
}

/** All that has to be kept between rows, as plain data that JSON keeps. */
export interface CycleBuilderState {
  /** Up to this instant all is settled; null before the first. */
  settled: number | null;
  edges: EdgeState;
  /** Instants later than that at which a row has told whether the machine runs, ascending, and what it told. */
  told: { times: number[]; holds: boolean[] };
  /** Readings that may still be in a cycle, by sensor, ascending by time. What JSON has no number for is a text. */
  readings: Record<string, { times: number[]; values: (number | string)[] }>;
}

const instants = z.array(z.number());

/** The shape of a stored state. */
export const cycleBuilderStateShape: z.ZodType<CycleBuilderState> = z.strictObject({
  settled: z.number().nullable(),
  edges: z.strictObject({
    told: z.boolean(),
    open: z.strictObject({ start: z.number(), last: z.number(), rows: z.number(), whole: z.boolean() }).nullable(),
  }),
  told: z.strictObject({ times: instants, holds: z.array(z.boolean()) }),
  readings: z.record(
    z.string(),
    z.strictObject({
      times: instants,
      values: z.array(z.union([z.number(), z.enum(["Infinity", "-Infinity", "-0"])])),
    }),
  ),
});

interface Readings {
  sensor: string;
  names: readonly string[];
  statistics: readonly CycleStatistic[];
  times: number[];
  values: number[];
}

export class CycleBuilder {
  readonly #rule: CycleRule;
  readonly #readings: readonly Readings[];
  readonly #edges: EdgeState;
  readonly #told: { times: number[]; holds: boolean[] };
  #settled: number;

  /** @param state what `save` gave for the same schema. Default: no row has come. */
  constructor({ of, quantities }: CycleSchema, state?: CycleBuilderState) {
    this.#rule = cycleRule(of);
    this.#edges = state === undefined ? noRowsYet() : structuredClone(state.edges);
    this.#told = { times: [...(state?.told.times ?? [])], holds: [...(state?.told.holds ?? [])] };
    this.#settled = state?.settled ?? Number.NEGATIVE_INFINITY;
    this.#readings = [...new Set(quantities.map(({ sensor }) => sensor))].map((sensor) => {
      const own = quantities.filter((quantity) => quantity.sensor === sensor);
      const kept = state?.readings[sensor];
      return {
        sensor,
        names: own.map(({ name }) => name),
        statistics: own.map(({ statistic }) => statistic),
        times: [...(kept?.times ?? [])],
        values: (kept?.values ?? []).map(Number),
      };
    });
  }

  /** Takes a row; false where it is in no cycle since it is known too late: later than `late` after its time, or after `close` went past it. */
  add({ time, knownAt = time, values, tells = true }: ArrivingRow): boolean {
    if (knownAt - time > this.#rule.late || time <= this.#settled) return false;
    const { state } = this.#rule;
    const byGap = tells ? 1 : Number.NaN;
    const told = state === undefined ? byGap : (values[state.sensor] ?? Number.NaN);
    if (!Number.isNaN(told)) {
      const { times, holds } = this.#told;
      const at = placeOf(times, time);
      if (times[at - 1] !== time) {
        times.splice(at, 0, time);
        holds.splice(at, 0, state === undefined || told === state.is);
      }
    }
    for (const { sensor, times, values: kept } of this.#readings) {
      const value = values[sensor] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const at = placeOf(times, time);
      times.splice(at, 0, time);
      kept.splice(at, 0, value);
    }
    return true;
  }

  /** The cycles that are newly known to be closed at `now`, ascending, where every row that is known by then was added. */
  close(now: number): CycleRow[] {
    const settled = now - this.#rule.late;
    const rows: CycleRow[] = [];
    const { times, holds } = this.#told;
    let taken = 0;
    for (; taken < times.length && times[taken] <= settled; taken++) {
      const closed = takeRow(this.#rule, this.#edges, times[taken], holds[taken]);
      if (closed !== undefined) rows.push(this.#row(closed));
    }
    times.splice(0, taken);
    holds.splice(0, taken);
    const closed = closeSilent(this.#rule, this.#edges, settled);
    if (closed !== undefined) rows.push(this.#row(closed));
    this.#settled = Math.max(this.#settled, settled);
    this.#forget(this.#edges.open === null ? this.#settled : this.#edges.open.start - 1);
    return rows;
  }

  /** Plain data that JSON keeps. */
  save(): CycleBuilderState {
    const readings = this.#readings.map(({ sensor, times, values }) => {
      return [sensor, { times: [...times], values: values.map(storable) }];
    });
    return {
      settled: Number.isFinite(this.#settled) ? this.#settled : null,
      edges: structuredClone(this.#edges),
      told: { times: [...this.#told.times], holds: [...this.#told.holds] },
      readings: Object.fromEntries(readings),
    };
  }

  #row({ start, last, end, rows }: CycleSpan): CycleRow {
    const values: Record<string, number> = { [CYCLE_DURATION]: (last - start) / MICROS_PER_HOUR, [CYCLE_COUNT]: rows };
    for (const { names, statistics, times, values: readings } of this.#readings) {
      const within = withinCycle(times, { from: 0, to: times.length }, start, last);
      const made = cycleValues(statistics, { times, values: readings, ...within }, end);
      for (const [i, name] of names.entries()) values[name] = made[i];
    }
    this.#forget(last);
    return { start, end, knownAt: end + this.#rule.late, values };
  }

  /** Lets go of the readings up to an instant. */
  #forget(until: number): void {
    for (const { times, values } of this.#readings) {
      let gone = 0;
      while (gone < times.length && times[gone] <= until) gone++;
      times.splice(0, gone);
      values.splice(0, gone);
    }
  }
}

/** Behind the last instant that is not later; most rows come in the order of time. */
function placeOf(times: readonly number[], time: number): number {
  let at = times.length;
  while (at > 0 && times[at - 1] > time) at--;
  return at;
}

function storable(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}
