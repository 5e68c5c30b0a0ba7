/** The cutoffs of a fleet: the instants its rows describe. */
import { ForewarnError } from "../core/errors.ts";
import { firstIndex } from "../core/first-index.ts";
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { closedCycles } from "../features/cycles/closed-cycles.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import type { Observation } from "./observation.ts";
import { telemetrySpan } from "./telemetry-span.ts";

/** 2.4 GB of machines and instants alone; nothing after them could be computed in memory. */
const MOST_ROWS = 200_000_000;

/**
 * The multiples of `every` (the fleet's time unit, aligned to 1970-01-01T00:00Z or cycle 0) at which a machine is in observation. Without
 * `every`, the instants in observation at which its operating cycles are known to be closed, where there are `cycles`, else those of its
 * telemetry rows. None lies past the last telemetry, where observation may still go on to a failure. Sorted by machine, then time.
 * @throws PIPELINE_TOO_MANY_ROWS above 200,000,000 rows
 */
export function gridCutoffs(fleet: Fleet, observation: Observation, every?: number, cycles?: OperatingCycles): Cutoffs {
  const instantsOf = every === undefined ? instantsBy(fleet, cycles) : undefined;
  const parts: Part[] = [];
  let rows = 0;
  for (let m = 0; m < fleet.machines.length; m++) {
    const { last } = telemetrySpan(fleet, m);
    const instants = instantsOf?.(m) ?? new Float64Array();
    for (let i = observation.offsets[m]; i < observation.offsets[m + 1]; i++) {
      const from = observation.from[i];
      const to = Math.min(observation.to[i], last + 1);
      const part = every === undefined ? instantsIn(instants, from, to) : ticksIn(every, from, to);
      parts.push({ ...part, machine: m });
      rows += part.count;
    }
  }
  if (rows > MOST_ROWS) throw tooMany(rows, every);
  const machine = new Uint32Array(rows);
  const cutoff = new Float64Array(rows);
  let row = 0;
  for (const part of parts) {
    machine.fill(part.machine, row, row + part.count);
    part.write(cutoff, row);
    row += part.count;
  }
  return { machines: fleet.machines, machine, cutoff };
}

/** The instants of a machine that are cutoffs of themselves, ascending. */
function instantsBy(fleet: Fleet, cycles: OperatingCycles | undefined): (machine: number) => Float64Array {
  if (cycles === undefined) return (machine) => readingInstants(fleet, machine);
  const { offsets, knownAt } = closedCycles(fleet, cycles);
  return (machine) => knownAt.subarray(offsets[machine], offsets[machine + 1]);
}

/** The cutoffs of one interval of a machine: counted before any is written. */
interface Part {
  machine: number;
  count: number;
  write(cutoff: Float64Array, row: number): void;
}

function ticksIn(every: number, from: number, to: number): Omit<Part, "machine"> {
  // Adding 0 turns the -0 that rounding up gives just before the epoch into +0.
  const first = Math.ceil(from / every) * every + 0;
  const count = Math.max(0, Math.ceil((to - first) / every));
  return {
    count,
    write(cutoff, row) {
      for (let i = 0; i < count; i++) cutoff[row + i] = first + i * every;
    },
  };
}

function instantsIn(instants: Float64Array, from: number, to: number): Omit<Part, "machine"> {
  const start = firstIndex(instants.length, (i) => instants[i] >= from);
  const end = firstIndex(instants.length, (i) => instants[i] >= to);
  const inside = instants.subarray(start, Math.max(start, end));
  return { count: inside.length, write: (cutoff, row) => cutoff.set(inside, row) };
}

/** The instants at which any telemetry table has a row of the machine, ascending, each once. */
function readingInstants(fleet: Fleet, machine: number): Float64Array {
  const tables = fleet.telemetry.map(({ time, offsets }) => time.subarray(offsets[machine], offsets[machine + 1]));
  if (tables.length === 1) return tables[0];
  const all = new Float64Array(tables.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const times of tables) {
    all.set(times, at);
    at += times.length;
  }
  all.sort();
  return all.filter((instant, i) => i === 0 || instant !== all[i - 1]);
}

function tooMany(rows: number, every: number | undefined): ForewarnError {
  return new ForewarnError("PIPELINE_TOO_MANY_ROWS", {
    problem: every === undefined ? "each telemetry row would be a cutoff" : "the grid of cutoffs is too fine",
    expected: `at most ${MOST_ROWS} rows`,
    found: String(rows),
    where: "every",
    hint:
      every === undefined ? 'give `every`, such as "1h"' : "take a longer `every`, fewer machines or a shorter time",
  });
}
