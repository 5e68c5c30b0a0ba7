/** What the failures of an archive would give a model to learn from, for several horizons. */
import type { Fleet } from "../core/fleet.ts";
import { durationLength, durationName } from "../core/time.ts";
import { gridCutoffs } from "../labels/cutoffs.ts";
import { failsWithin } from "../labels/fails-within.ts";
import { buildHistory } from "../labels/history.ts";
import { labelRows } from "../labels/label-rows.ts";
import { FAILS, HEALTHY, type History } from "../labels/labels.ts";
import { observe } from "../labels/observation.ts";
import { observedHours } from "../labels/observed-hours.ts";
import type { FailureOptions } from "../labels/spec.ts";
import { telemetrySpan } from "../labels/telemetry-span.ts";

export interface HorizonFacts {
  horizon: string;
  /** Rows in whose horizon a machine fails, stays healthy, or nobody knows. */
  failing: number;
  healthy: number;
  censored: number;
}

export interface LabelFacts {
  history: History;
  /** Failures within the telemetry of their machine. */
  seen: number;
  /** Failures before the machine's first and after its last reading. */
  outside: number;
  /** Failures after which no maintenance record of the component came. */
  unrepaired: number;
  /** Time from a failure to the record of its repair, the median, in the fleet's time unit; undefined without one. */
  repairTime?: number;
  /** Observed hours or cycles of all machines. */
  observed: number;
  every: string;
  horizons: readonly HorizonFacts[];
}

/** Above this many rows the horizons are left out: they would take minutes. */
const MOST_ROWS = 20_000_000;

/** @throws what `buildHistory` throws */
export function labelFacts(
  fleet: Fleet,
  options: FailureOptions,
  { every, horizons, stale }: { every: string; horizons: readonly string[]; stale?: string },
): LabelFacts {
  const history = buildHistory(fleet, options);
  const step = durationLength(every, fleet.time);
  const limit = stale === undefined ? undefined : durationLength(stale, fleet.time);
  const observation = observe(fleet, history, { every: step, ...(limit === undefined ? {} : { stale: limit }) });
  const spans = fleet.machines.map((_, machine) => telemetrySpan(fleet, machine));
  const within = history.failures.filter(
    ({ machine, time }) => time >= spans[machine].first && time <= observation.end[machine],
  );
  const repairs = history.failures.flatMap(({ time, repairedAt }) =>
    repairedAt === undefined ? [] : [repairedAt - time],
  );
  const cutoffs = gridCutoffs(fleet, observation, step);
  const few = cutoffs.cutoff.length <= MOST_ROWS;
  return {
    history,
    seen: within.length,
    outside: history.failures.length - within.length,
    unrepaired: history.failures.length - repairs.length,
    ...(repairs.length === 0 ? {} : { repairTime: repairs.sort((a, b) => a - b)[(repairs.length - 1) >> 1] }),
    observed: fleet.machines.reduce(
      (sum, _, m) => sum + observedHours(observation, m, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      0,
    ),
    every,
    horizons: (few ? horizons : []).map((horizon) => {
      const { state } = labelRows(failsWithin(horizon, options), fleet, history, observation, cutoffs);
      let [failing, healthy] = [0, 0];
      for (const one of state) {
        if (one === FAILS) failing++;
        else if (one === HEALTHY) healthy++;
      }
      return {
        horizon: durationName(durationLength(horizon, fleet.time), fleet.time),
        failing,
        healthy,
        censored: state.length - failing - healthy,
      };
    }),
  };
}
