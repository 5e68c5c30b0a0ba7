/** Cutoffs at given instants: "features for these 5,000 (machine, time) pairs". */
import { ForewarnError } from "../core/errors.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { didYouMean } from "../core/suggest.ts";
import type { TimeKind } from "../core/time.ts";
import { sortRows } from "./compute/sort-rows.ts";
import { wrongType } from "./plain/checked-value.ts";
import { type Instant, instantOf } from "./plain/instant-of.ts";

/** Pairs as objects, or as two columns of one length. */
export type Pairs =
  | readonly { machine: string; time: Instant }[]
  | { machine: readonly string[]; time: ArrayLike<Instant> | BigInt64Array };

export interface CutoffsOf {
  /** Sorted by machine, then cutoff. A pair that is there twice is two rows. */
  cutoffs: Cutoffs;
  /** The row of each pair, in the order in which they were given: `takeRows(matrix, rowOfPair)` brings that order back. */
  rowOfPair: Uint32Array;
}

/**
 * @param fleet the machines there are: a fleet, or an archive on disk
 * @throws DATA_MACHINE_UNKNOWN, DATA_INSTANT, DATA_LENGTH
 */
export function cutoffsOf(fleet: { machines: readonly string[]; time: TimeKind }, pairs: Pairs): CutoffsOf {
  const { machines, time } = fleet;
  const { machine: names, time: instants } = columnsOf(pairs);
  const codes = new Map(machines.map((machine, code) => [machine, code]));
  const machine = Uint32Array.from(names, (name, i) => {
    const code = codes.get(name);
    if (code !== undefined) return code;
    throw new ForewarnError("DATA_MACHINE_UNKNOWN", {
      problem: "a cutoff is of a machine that has no telemetry",
      found: name,
      where: `pair ${i + 1}`,
      hint: didYouMean(name, machines),
    });
  });
  const cutoff = Float64Array.from(instants, (instant, i) =>
    instantOf(typeof instant === "bigint" ? Number(instant) : instant, time, `pair ${i + 1}`),
  );
  const { rows, places } = sortRows({ machine, cutoff });
  const rowOfPair = new Uint32Array(machine.length);
  for (let row = 0; row < machine.length; row++) rowOfPair[places?.[row] ?? row] = row;
  return { cutoffs: { machines, ...rows }, rowOfPair };
}

function columnsOf(pairs: Pairs): { machine: readonly string[]; time: ArrayLike<Instant | bigint> } {
  if (typeof pairs !== "object" || pairs === null) throw wrongType("pairs", "a list, or two columns", pairs);
  if (!("machine" in pairs))
    return { machine: pairs.map((pair) => pair.machine), time: pairs.map((pair) => pair.time) };
  if (pairs.machine.length === pairs.time.length) return pairs;
  throw new ForewarnError("DATA_LENGTH", {
    problem: "the columns of the pairs are not of one length",
    expected: `${pairs.machine.length} instants`,
    found: String(pairs.time.length),
  });
}
