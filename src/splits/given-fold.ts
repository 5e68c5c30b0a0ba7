/** The fold of data that come split by machine name. */
import { ForewarnError } from "../core/errors.ts";
import { finishedFold } from "./finished-fold.ts";
import type { Fold } from "./fold.ts";
import type { SplitRows } from "./rows.ts";
import type { GivenSpec } from "./spec.ts";

/** @throws PIPELINE_SPLIT_MACHINES when a glob matches no machine of the fleet, or both match the same one. */
export function givenFold(spec: GivenSpec, rows: SplitRows, among: Uint32Array): Fold {
  const { machines, machine } = rows.cutoffs;
  const trained = matching(spec.train, machines, "given: train");
  const evaluated = matching(spec.evaluate, machines, "given: evaluate");
  const both = machines.findIndex((_, m) => trained[m] && evaluated[m]);
  if (both >= 0) {
    throw new ForewarnError("PIPELINE_SPLIT_MACHINES", {
      problem: "a machine is in training and in evaluation",
      expected: "patterns that share no machine",
      found: `${JSON.stringify(machines[both])} in ${JSON.stringify(spec.train)} and ${JSON.stringify(spec.evaluate)}`,
      where: "given",
    });
  }
  const all = among.filter((row) => evaluated[machine[row]]);
  const evaluate = spec.cutoffs === "all" ? all : all.filter((row, i) => machine[row] !== machine[all[i + 1]]);
  return finishedFold(
    "given",
    rows,
    among.filter((row) => trained[machine[row]]),
    evaluate,
  );
}

function matching(glob: string, machines: readonly string[], where: string): boolean[] {
  const pieces = glob.split("*").map((piece) => piece.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const pattern = new RegExp(`^${pieces.join(".*")}$`, "su");
  const matches = machines.map((name) => pattern.test(name));
  if (matches.includes(true)) return matches;
  throw new ForewarnError("PIPELINE_SPLIT_MACHINES", {
    problem: "a pattern matches no machine",
    expected: 'a glob over machine names, "*" for any run of characters',
    found: JSON.stringify(glob),
    where,
    hint: `machines: ${machines.slice(0, 5).join(", ")}${machines.length > 5 ? ", …" : ""}`,
  });
}
