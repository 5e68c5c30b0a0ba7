/** The rows to score in a fleet: every cutoff between a machine's first and last telemetry, and whether it was in observation there. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { durationLength } from "../core/time.ts";
import { gridCutoffs } from "../labels/cutoffs.ts";
import { buildHistory } from "../labels/history.ts";
import { observe } from "../labels/observation.ts";
import { telemetrySpan } from "../labels/telemetry-span.ts";
import type { ScorerManifest } from "./manifest.ts";

export interface ScoringCutoffs {
  cutoffs: Cutoffs;
  /** 1 where the machine was in observation, one a row. */
  observed: Uint8Array;
}

/** The rows as training took them, with those out of observation beside them. @throws PIPELINE_* when the fleet lacks a table. */
export function scoringCutoffs(
  manifest: Pick<ScorerManifest, "label" | "time" | "every" | "cycles" | "stale">,
  fleet: Fleet,
): ScoringCutoffs {
  const length = (text: string | undefined) => (text === undefined ? undefined : durationLength(text, manifest.time));
  const every = length(manifest.every);
  const observation = observe(fleet, buildHistory(fleet, manifest.label), { every, stale: length(manifest.stale) });
  const spans = fleet.machines.map((_, machine) => telemetrySpan(fleet, machine));
  const cutoffs = gridCutoffs(
    fleet,
    {
      ...observation,
      offsets: Uint32Array.from({ length: fleet.machines.length + 1 }, (_, i) => i),
      from: Float64Array.from(spans, ({ first }) => first),
      to: Float64Array.from(spans, ({ last }) => last + 1),
    },
    every,
    manifest.cycles,
  );
  const observed = new Uint8Array(cutoffs.cutoff.length);
  let span = 0;
  for (let row = 0; row < observed.length; row++) {
    const machine = cutoffs.machine[row];
    span = Math.max(span, observation.offsets[machine]);
    const end = observation.offsets[machine + 1];
    while (span < end && observation.to[span] <= cutoffs.cutoff[row]) span++;
    observed[row] = span < end && observation.from[span] <= cutoffs.cutoff[row] ? 1 : 0;
  }
  return { cutoffs, observed };
}
