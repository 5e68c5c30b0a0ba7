/** The options that all labels share, checked, without those left out. */
import { ForewarnError } from "../core/errors.ts";
import type { FailureOptions } from "./spec.ts";

/** @throws PIPELINE_LABEL when `of` is missing or `planned` is not one of its values. */
export function checkedFailureOptions(options: FailureOptions & { planned?: string }, label: string): FailureOptions {
  const { of, maintenance, mergeWithin, planned = "healthy" } = options;
  if (typeof of !== "string" || of === "") {
    throw new ForewarnError("PIPELINE_LABEL", {
      problem: "the label does not say which event table holds the failures",
      expected: 'the name of an event table, such as { of: "failures" }',
      found: JSON.stringify(of),
      where: `${label}: of`,
    });
  }
  if (planned !== "healthy" && planned !== "censored") {
    throw new ForewarnError("PIPELINE_LABEL", {
      problem: "an option of the label is not one of its values",
      expected: '"healthy" or "censored"',
      found: JSON.stringify(planned),
      where: `${label}: planned`,
    });
  }
  return {
    of,
    ...(maintenance === undefined ? {} : { maintenance }),
    ...(mergeWithin === undefined ? {} : { mergeWithin }),
  };
}
