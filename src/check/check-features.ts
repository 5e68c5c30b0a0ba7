/** Tries the features at one instant: nothing that was unknown then, and nothing from before a column's reach, may move a bit. */
import { ForewarnError } from "../core/errors.ts";
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import type { Reach } from "../features/feature.ts";
import { batchAt, onlyRow } from "./batch.ts";
import { describeCause, reasonOf } from "./cause.ts";
import { findCause } from "./find-cause.ts";
import type { FeatureLeak } from "./leak.ts";
import { isTelling, type MovedCell, movedCells, movedInRow, takeColumns } from "./moved-cells.ts";
import { type Perturbation, perturbBefore, perturbed } from "./perturbation.ts";
import { type PickedRows, pick } from "./picked-rows.ts";
import type { LeakSubject } from "./subject.ts";

/** A perturbation with the whole fleet it makes. */
export interface PerturbedFleet extends Perturbation {
  fleet: Fleet;
}

/** What the trials so far have found. */
export interface FeatureFindings {
  /** Values compared. */
  values: number;
  columns: Set<string>;
  leaks: FeatureLeak[];
  /** Columns that are known to move. */
  leaking: Set<string>;
  /** Columns that move beyond the leaks whose cause is looked for. */
  moreColumns: string[];
}

export interface FeatureTrial {
  instant: number;
  /** The how manyth trial it is: the reaches take turns. */
  trial: number;
  seed: number;
  /** Other fleets, in which all that was unknown at the instant is deleted, or is another. */
  unknown: readonly PerturbedFleet[];
}

/** Each cause costs some dozens of small computations. */
const MOST_CAUSES = 20;

export async function tryFeatures(subject: LeakSubject, trial: FeatureTrial, found: FeatureFindings): Promise<void> {
  const { fleet, features } = subject;
  const { instant, seed } = trial;
  const cutoffs = batchAt(subject.cutoffs, instant, seed);
  const base = await features(fleet, cutoffs);
  checkBatch(base, cutoffs);
  for (const column of base.names) found.columns.add(column);
  const past = pick(cutoffs.cutoff.length, (row) => cutoffs.cutoff[row] <= instant);
  const cells: MovedCell[][] = [];
  for (const other of trial.unknown) {
    found.values += past.length * base.names.length;
    cells.push(movedCells(base, await features(other.fleet, cutoffs), cutoffs, past));
  }
  // Of the ways to perturb, each column is explained by the one that shows it best.
  for (const [way, perturbation] of trial.unknown.entries()) {
    const better = (cell: MovedCell) => (other: MovedCell) =>
      other.column === cell.column && isTelling(other) && !isTelling(cell);
    const moved = cells[way].filter((cell) => !cells.flat().some(better(cell)));
    await explain({ subject, cutoffs, base, moved, perturbation, reasonAt: "unknown" }, found);
  }
  const reach = reachInTurn(subject.reach, trial.trial);
  if (reach === undefined) return;
  const before = perturbBefore(fleet, reach.reach, instant, seed);
  if (before.picked.length === 0) return;
  const after = await features(perturbed(fleet, before), cutoffs);
  const at = pick(cutoffs.cutoff.length, (row) => cutoffs.cutoff[row] === instant);
  const [ours, theirs] = [takeColumns(base, reach.columns), takeColumns(after, reach.columns)];
  found.values += at.length * ours.names.length;
  const moved = movedCells(ours, theirs, cutoffs, at);
  await explain({ subject, cutoffs, base, moved, perturbation: before, reasonAt: "reach" }, found);
}

interface Moved {
  subject: LeakSubject;
  cutoffs: Cutoffs;
  base: Matrix;
  moved: readonly MovedCell[];
  perturbation: Perturbation;
  reasonAt: "unknown" | "reach";
}

/** A leak for each cause, with all columns that it moves. */
async function explain({ subject, moved, reasonAt, ...of }: Moved, found: FeatureFindings): Promise<void> {
  const { fleet } = subject;
  for (const cell of moved) {
    if (found.leaking.has(cell.column)) continue;
    if (found.leaks.length >= MOST_CAUSES) {
      found.leaking.add(cell.column);
      found.moreColumns.push(cell.column);
      continue;
    }
    const { cause, perturbation, cells } = await causeOf(subject, cell, of);
    const described = describeCause(fleet, perturbation, cause);
    const cutoff = of.cutoffs.cutoff[cell.row];
    const own = cells.find(({ column }) => column === cell.column) ?? cell;
    const together = new Set([cell.column, ...cells.map(({ column }) => column)]);
    const suspects = new Set(moved.map(({ column }) => column));
    const columns = [...together].filter((column) => suspects.has(column) && !found.leaking.has(column));
    for (const column of columns) found.leaking.add(column);
    found.leaks.push({
      leak: "feature",
      columns,
      reason: reasonAt === "reach" ? "before its reach" : reasonOf(described, cutoff, fleet),
      machine: fleet.machines[of.cutoffs.machine[cell.row]],
      cutoff,
      values: [numberOrNull(own.before), numberOrNull(own.after)],
      cause: described,
    });
  }
}

async function causeOf(
  { fleet, features }: LeakSubject,
  cell: MovedCell,
  { cutoffs, base, perturbation }: Pick<Moved, "cutoffs" | "base" | "perturbation">,
): Promise<{ cause: readonly PickedRows[]; perturbation: Perturbation; cells: MovedCell[] }> {
  const alone = onlyRow(cutoffs, cell.row);
  const aloneBase = await features(fleet, alone);
  const movesIn =
    (rows: Cutoffs, before: Matrix, row: number, way: Perturbation) => async (some: readonly PickedRows[]) => {
      const after = await features(perturbed(fleet, way, some), rows);
      return movedInRow(before, after, rows, row);
    };
  const has = (cells: readonly MovedCell[]) => cells.some(({ column }) => column === cell.column);
  // One row is computed faster than all; but a value may depend on the other rows of its computation.
  const isAlone = has(await movesIn(alone, aloneBase, 0, perturbation)(perturbation.picked));
  const cellsOf = (way: Perturbation) =>
    isAlone ? movesIn(alone, aloneBase, 0, way) : movesIn(cutoffs, base, cell.row, way);
  const cause = await findCause(perturbation.picked, async (some) => has(await cellsOf(perturbation)(some)));
  // What a deleted row moves, is read where it was; else where it was moved to.
  const deleted = perturbation.change === undefined ? [] : await cellsOf({ picked: cause })(cause);
  if (has(deleted)) return { cause, perturbation: { picked: cause }, cells: deleted };
  return { cause, perturbation, cells: await cellsOf(perturbation)(cause) };
}

/** The columns of one reach; the reaches of a plan take turns. */
function reachInTurn(reaches: LeakSubject["reach"], trial: number) {
  const groups = new Map<string, { reach: Reach; columns: Set<string> }>();
  for (const [column, reach] of reaches ?? []) {
    const key = JSON.stringify([reach.window, reach.since?.table, reach.since?.kind]);
    const group = groups.get(key) ?? { reach, columns: new Set() };
    groups.set(key, group);
    group.columns.add(column);
  }
  return [...groups.values()][trial % Math.max(1, groups.size)];
}

function checkBatch({ rows, columns }: Matrix, { cutoff }: Cutoffs): void {
  if (rows === cutoff.length && columns.every(({ length }) => length === rows)) return;
  throw new ForewarnError("USAGE_CHECK_FEATURES", {
    problem: "the features do not fit the cutoffs",
    expected: `${cutoff.length} rows, one a cutoff`,
    found: `${rows}`,
    where: "checkLeaks: features",
  });
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
