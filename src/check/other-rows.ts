/** The rows of a fit with something else in every row that the fit may not read. */
import type { Matrix } from "../core/matrix.ts";
import { CENSORED, FAILS, HEALTHY, type Labels } from "../labels/labels.ts";
import type { Fold } from "../splits/fold.ts";
import type { FitInput } from "./leak.ts";
import { noise } from "./noise.ts";
import { type Perturbation, perturbed, perturbUnknown } from "./perturbation.ts";
import type { PickedRows } from "./picked-rows.ts";
import type { FitRows } from "./subject.ts";

export const fitInputs: readonly FitInput[] = ["features", "labels", "telemetry", "events", "reference"];

export interface OtherRowsOptions {
  /** What is changed. Default: everything. */
  inputs?: readonly FitInput[];
  /** Features and labels go missing and records are deleted, or all become others. */
  way: "missing" | "other";
  seed: number;
}

/**
 * Of every row outside the fold's training rows (evaluated or not) features and labels; of each machine's records those that became known
 * after the end of its last training label, and all of a machine without one. Names of sensors and components in reference tables stay:
 * they belong to the plan.
 */
export function otherRows(
  rows: FitRows,
  { train }: Fold,
  { inputs = fitInputs, way, seed }: OtherRowsOptions,
): FitRows {
  const { fleet, cutoffs, raw, labels } = rows;
  const isTrained = new Uint8Array(cutoffs.cutoff.length);
  const until = new Float64Array(fleet.machines.length).fill(Number.NEGATIVE_INFINITY);
  for (const row of train) {
    isTrained[row] = 1;
    const machine = cutoffs.machine[row];
    until[machine] = Math.max(until[machine], labels.end[row]);
  }
  const [dropped, changed] = perturbUnknown(fleet, { until, outcomes: "through" }, seed);
  const some = (perturbation: Perturbation, isSome: (part: PickedRows["part"]) => boolean) => ({
    ...perturbation,
    picked: perturbation.picked.filter(({ part }) => isSome(part) && inputs.includes(inputOf[part])),
  });
  const isName = (part: PickedRows["part"]) => part === "schedule" || part === "limits";
  const records = some(way === "missing" ? dropped : changed, (part) => !isName(part));
  const names = some(changed, isName);
  return {
    cutoffs,
    fleet: perturbed(perturbed(fleet, records), names),
    raw: inputs.includes("features") ? otherMatrix(raw, isTrained, way, seed) : raw,
    labels: inputs.includes("labels") ? otherLabels(labels, isTrained, way, seed) : labels,
  };
}

const inputOf: Record<PickedRows["part"], FitInput> = {
  telemetry: "telemetry",
  events: "events",
  ends: "events",
  machines: "reference",
  retiredAt: "reference",
  commissionedAt: "reference",
  schedule: "reference",
  limits: "reference",
};

function otherMatrix(raw: Matrix, isTrained: Uint8Array, way: OtherRowsOptions["way"], seed: number): Matrix {
  const columns = raw.columns.map((column, i) => {
    const at = noise(seed, raw.names[i]);
    return column.map((value, row) => {
      if (isTrained[row] === 1) return value;
      if (way === "missing") return Number.NaN;
      const drawn = column[Math.floor(at(row, 0) * column.length)];
      const start = Number.isNaN(drawn) ? 0 : drawn;
      return at(row, 1) < 0.5 ? start : start + (1 + Math.abs(start)) * (4 * at(row, 2) - 2);
    });
  });
  return { rows: raw.rows, names: raw.names, columns };
}

function otherLabels(labels: Labels, isTrained: Uint8Array, way: OtherRowsOptions["way"], seed: number): Labels {
  const { task } = labels;
  const at = noise(seed, "labels");
  const others = (row: number) => isTrained[row] === 0;
  const drawn = (row: number) => (at(row, 0) < 0.5 ? HEALTHY : FAILS);
  const state = labels.state.map((old, row) => (!others(row) ? old : way === "missing" ? CENSORED : drawn(row)));
  const value = labels.value.map((old, row) => {
    if (!others(row)) return old;
    if (way === "missing") return Number.NaN;
    if (task.kind === "binary") return state[row];
    if (task.kind === "regression") return Math.floor(at(row, 1) * (task.cap ?? 1000));
    return state[row] === HEALTHY ? 0 : 1 + Math.floor(at(row, 1) * (task.classes.length - 1));
  });
  const components = Object.entries(labels.components).map(([name, states]) => {
    return [name, states.map((old, row) => (others(row) ? state[row] : old))] as const;
  });
  return { ...labels, state, value, components: Object.fromEntries(components) };
}
