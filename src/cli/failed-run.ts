/** The one JSON document of a run that ended in an error. */
import type { FailedRun } from "../pipeline/run-result.ts";
import { knownError } from "./print-error.ts";

export function failedRun(run: string | null, error: unknown): FailedRun {
  const known = knownError(error);
  return {
    run,
    status: "failed",
    stages: [],
    rows: null,
    sources: [],
    report: null,
    published: null,
    gates: [],
    metrics: {},
    error:
      known === undefined
        ? { code: "BUG", message: error instanceof Error ? error.message : String(error) }
        : { code: known.code, message: known.message, where: known.details.where, hint: known.details.hint },
  };
}
