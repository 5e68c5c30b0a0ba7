/** Deals machines into groups by chance, so that the machines that fail are spread evenly over them. */
import { random } from "../core/random.ts";
import { FAILS } from "../labels/labels.ts";
import type { SplitRows } from "./rows.ts";

/**
 * Machines that have one of the rows, in two piles: those with a row that fails, and the others. Each pile is shuffled by the seed
 * (Fisher-Yates); they are then dealt out in turn, the failing ones first, so that groups differ by at most one machine and at most one failing machine.
 * @returns the group of each machine of the fleet; -1 for machines without a row.
 */
export function dealMachines(rows: SplitRows, among: Uint32Array, groups: number, seed: number): Int32Array {
  const { failing, others } = shuffledPiles(rows, among, seed);
  const group = new Int32Array(rows.cutoffs.machines.length).fill(-1);
  for (const [i, machine] of [...failing, ...others].entries()) group[machine] = i % groups;
  return group;
}

/** The machines held out at a share: that share of the failing and of all, but never all of the failing ones, and never none or all of the fleet. */
export function holdOutMachines(rows: SplitRows, among: Uint32Array, share: number, seed: number): Set<number> {
  const { failing, others } = shuffledPiles(rows, among, seed);
  const machines = failing.length + others.length;
  const wanted = Math.min(Math.max(1, Math.round(share * machines)), machines - 1);
  const mostFailing = Math.max(0, failing.length - 1);
  const fewestFailing = Math.min(1, mostFailing);
  const fromFailing = Math.min(
    Math.max(fewestFailing, Math.round(share * failing.length), wanted - others.length),
    mostFailing,
    Math.max(0, wanted),
  );
  return new Set([...failing.slice(0, fromFailing), ...others.slice(0, Math.max(0, wanted - fromFailing))]);
}

function shuffledPiles(rows: SplitRows, among: Uint32Array, seed: number): { failing: number[]; others: number[] } {
  const fails = new Map<number, boolean>();
  for (const row of among) {
    const machine = rows.cutoffs.machine[row];
    fails.set(machine, fails.get(machine) === true || rows.state[row] === FAILS);
  }
  const machines = [...fails.keys()].sort((a, b) => a - b);
  const { integer } = random(seed, "machines");
  return {
    failing: shuffled(
      machines.filter((machine) => fails.get(machine)),
      integer,
    ),
    others: shuffled(
      machines.filter((machine) => !fails.get(machine)),
      integer,
    ),
  };
}

function shuffled(items: number[], integer: (below: number) => number): number[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
