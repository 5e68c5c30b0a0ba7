/** Holds one option of a pipeline against its shape, and says what is wrong in the pipeline's own words. */
import type { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import { shownJson } from "../core/json.ts";
import { shapeProblem } from "../core/shape-problem.ts";
import { didYouMean } from "../core/suggest.ts";

/**
 * @param option where the value stands; "" for the options themselves
 * @throws PIPELINE_OPTION_UNKNOWN, PIPELINE_OPTION_MISSING, PIPELINE_OPTION_VALUE
 */
export function checkShape(shape: z.ZodObject, value: unknown, option: string, file: string): void {
  const read = shape.safeParse(value);
  if (read.success) return;
  const { path, kind, expected, found, hint } = shapeProblem(read.error, value, Object.keys(shape.shape));
  const place = option === "" || path === "" ? option + path : `${option}.${path}`;
  if (kind === "unknown") {
    throw new ForewarnError("PIPELINE_OPTION_UNKNOWN", {
      problem: `\`${place}\` has no such option`,
      found,
      where: file,
      hint,
    });
  }
  if (kind === "missing" && path !== "") {
    throw new ForewarnError("PIPELINE_OPTION_MISSING", {
      problem: "a pipeline lacks an option it needs",
      expected: `\`${place}\`, ${expected}`,
      where: file,
    });
  }
  throw badValue(place, expected, found, file, hint);
}

/** The word that made a value, one of those that have a shape. @throws PIPELINE_OPTION_VALUE when it was none of them */
export function checkKind(
  shapes: Readonly<Record<string, z.ZodObject>>,
  member: string,
  value: unknown,
  option: string,
  file: string,
): void {
  const kind = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[member] : undefined;
  if (typeof kind === "string" && Object.hasOwn(shapes, kind)) {
    checkShape(shapes[kind], value, option, file);
    return;
  }
  const words = Object.keys(shapes);
  const expected = `what ${words.map((word) => `${word}(…)`).join(" or ")} gives`;
  const hint = typeof kind === "string" ? didYouMean(kind, words) : undefined;
  throw badValue(option, expected, shownJson(value), file, hint);
}

export function badValue(
  option: string,
  expected: string | undefined,
  found: string,
  file: string,
  hint?: string,
): ForewarnError {
  return new ForewarnError("PIPELINE_OPTION_VALUE", {
    problem: `\`${option}\` has a value it cannot take`,
    expected,
    found: found.length > 200 ? `${found.slice(0, 200)}…` : found,
    where: file,
    hint,
  });
}
