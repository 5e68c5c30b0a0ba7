/** What alarms are judged against: what happened, when the machines were in observation, how long an alarm speaks for. */
import type { Cutoffs } from "../core/matrix.ts";
import type { History } from "../labels/labels.ts";

export interface AlarmContext {
  history: History;
  /**
   * Every cutoff at which a machine was in observation, evaluated or not, its label known or censored, sorted by machine, then
   * cutoff: the rows of the feature matrix before labels and splits take any away. A failure counts only if none of these is
   * missing from the evaluated rows in its [failure - horizon, failure - leadTime].
   */
  cutoffs: Cutoffs;
  /** The step of the grid of cutoffs, in microseconds or cycles. Default: the median gap between the cutoffs of one machine. */
  every?: number;
  /** How long an alarm stays open, in microseconds or cycles: the horizon of the label. */
  horizon: number;
  /** How long before the failure an alarm must come to be of use, in microseconds or cycles. Default: 0. */
  leadTime?: number;
}
