/** The instants at which a fleet is tried: cutoffs by chance, and those at which a leak would show. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { type Random, random } from "../core/random.ts";
import type { TimeKind } from "../core/time.ts";
import { stepOf } from "./perturbation.ts";
import { pick } from "./picked-rows.ts";

/**
 * In turn: a cutoff by chance, the instant of an outcome, the instant before a record, one between a late record's time and its becoming
 * known, the instant before a reference row holds; those that the fleet has, no later than its last cutoff.
 */
export function trialInstants(fleet: Fleet, { cutoff }: Cutoffs, trials: number, seed: number): number[] {
  if (cutoff.length === 0) return [];
  const numbers = random(seed, "instants");
  const last = cutoff.reduce((most, instant) => Math.max(most, instant), Number.NEGATIVE_INFINITY);
  const ways = [() => cutoff[numbers.integer(cutoff.length)], ...tellingInstants(fleet, numbers, last)];
  return Array.from({ length: trials }, (_, trial) => Math.min(last, ways[trial % ways.length]()));
}

function tellingInstants(fleet: Fleet, numbers: Random, last: number): (() => number)[] {
  const tables = [...fleet.telemetry, ...Object.values(fleet.events)];
  const outcomes = Object.values(fleet.events).filter((table) => table.outcome);
  const someRecord = drawRecord(tables, numbers, last);
  const someOutcome = drawRecord(outcomes, numbers, last);
  const someLate = drawRecord(tables, numbers, last, ({ time, knownAt }, row) => knownAt[row] > time[row]);
  const valid = [[...(fleet.machineTable?.validFrom ?? [])], validities(fleet.schedule), validities(fleet.limits)]
    .map((instants) => [...new Set(instants)].filter((instant) => Number.isFinite(instant) && instant <= last))
    .filter((instants) => instants.length > 0);
  const someValidity = () => {
    const instants = valid[numbers.integer(valid.length)];
    return instants[numbers.integer(instants.length)];
  };
  return [
    ...(someOutcome ? [() => someOutcome().knownAt] : []),
    ...(someRecord ? [() => someRecord().knownAt - 1] : []),
    ...(someLate ? [() => between(someLate(), fleet.time, numbers)] : []),
    ...(valid.length > 0 ? [() => someValidity() - 1] : []),
  ];
}

interface Stamp {
  time: number;
  knownAt: number;
}

interface Stamped {
  time: Float64Array;
  knownAt: Float64Array;
}

/** Draws from all tables alike, however many rows each has; undefined where no row is wanted. */
function drawRecord(
  tables: readonly Stamped[],
  numbers: Random,
  last: number,
  wanted: (table: Stamped, row: number) => boolean = () => true,
): (() => Stamp) | undefined {
  const drawn = tables
    .map((table) => ({
      table,
      rows: pick(table.time.length, (row) => table.time[row] <= last && wanted(table, row)),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (drawn.length === 0) return undefined;
  return () => {
    const { table, rows } = drawn[numbers.integer(drawn.length)];
    const row = rows[numbers.integer(rows.length)];
    return { time: table.time[row], knownAt: Math.max(table.time[row], table.knownAt[row]) };
  };
}

/** In [time, knownAt). */
function between({ time, knownAt }: Stamp, kind: TimeKind, numbers: Random): number {
  return time + stepOf(kind, numbers.integer(knownAt - time));
}

function validities(rows: readonly { validFrom: number }[] = []): number[] {
  return rows.map(({ validFrom }) => validFrom);
}
