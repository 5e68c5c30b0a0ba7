/** The one JSON document of a run that ended in an error. */
import { ForewarnError } from "../core/errors.ts";
import type { FailedRun } from "../pipeline/run-result.ts";

export function failedRun(run: string | null, error: unknown): FailedRun {
  const known = error instanceof ForewarnError;
  const message = error instanceof Error ? error.message : String(error);
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
    error: known
      ? { code: error.code, message, where: error.details.where, hint: error.details.hint }
      : { code: "BUG", message },
  };
}
