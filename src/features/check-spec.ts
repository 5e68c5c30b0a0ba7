/** Holds a feature's plain data against the shape of its word, when it is written and when it is read back. */
import { ForewarnError } from "../core/errors.ts";
import { shapeProblem } from "../core/shape-problem.ts";
import type { SpecShape } from "./feature.ts";

/**
 * The spec, if it has the word's shape.
 * @throws PIPELINE_FEATURE_OPTION when an option is unknown, missing or of another kind.
 */
export function checkSpec<Spec>(shape: SpecShape<Spec>, spec: unknown, word: string, where = `${word}(…)`): Spec {
  const read = shape.safeParse(spec);
  if (read.success) return spec as Spec;
  const known = Object.keys(shape.shape).filter((key) => key !== "feature");
  const { path, kind, broken, expected = broken, found, hint } = shapeProblem(read.error, spec, known);
  const problems = {
    unknown: `${word} has no such option`,
    missing: `${word} lacks what it needs`,
    value: `${word} is given what it cannot take`,
  };
  throw new ForewarnError("PIPELINE_FEATURE_OPTION", {
    problem: problems[kind],
    expected: kind === "missing" ? `\`${path}\`, ${expected}` : expected,
    found: kind === "missing" ? undefined : found,
    where: path === "" || kind === "missing" ? where : `${where}, ${path}`,
    hint,
  });
}
