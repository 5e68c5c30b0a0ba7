/** What a learner is in the report: the model, another model, a baseline. */
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";

export function role(data: ReportData, learner: LearnerMetrics): string {
  if (learner.baseline) return "baseline";
  return learner.learner === data.best ? "the model" : "another model";
}
