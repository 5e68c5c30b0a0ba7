/** The boosted trees as a learner. */
import type { Learner } from "../learner.ts";
import { fitGbdt } from "./fit.ts";
import { loadGbdt } from "./model.ts";
import type { GbdtSpec } from "./options.ts";

export const gbdtLearner: Learner<GbdtSpec> = {
  fit: fitGbdt,
  stopsEarly: (spec) => spec.earlyStopping !== undefined,
  load: loadGbdt,
};
