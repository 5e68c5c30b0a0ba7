/** Bootstrap over machines: how far figures would move had the fleet been other machines of the same kind. */
import { random } from "../core/random.ts";
import type { Interval } from "./metrics.ts";

export interface BootstrapOptions {
  /** Default: 1000. */
  resamples?: number;
  seed: number;
}

export interface Bootstrap {
  resamples: number;
  /** Resamples drawn again because a figure was undefined in them. */
  redrawn: number;
  /** The values of each figure, one a resample; undefined for a figure that is null on the fleet as it is. */
  values: readonly (Float64Array | undefined)[];
}

/** A fleet where more draws than this many times the resamples are in vain has too few failures for intervals. */
const MOST_REDRAWS = 10;

/**
 * Draws as many machines as there are, with replacement, and takes the figures again. A resample in which a figure is null that
 * is defined on the fleet as it is (none of its machines failed) is drawn again and counted.
 * @param machines how many machines have evaluated rows
 * @param figures the figures where machine m counts `copies[m]` times
 * @returns undefined below two machines, or when too many resamples are undefined
 */
export function machineBootstrap(
  machines: number,
  figures: (copies: Float64Array) => readonly (number | null)[],
  { resamples = 1000, seed }: BootstrapOptions,
): Bootstrap | undefined {
  if (machines < 2) return undefined;
  const generator = random(seed, "bootstrap over machines");
  const asItIs = figures(new Float64Array(machines).fill(1));
  const values = asItIs.map((value) => (value === null ? undefined : new Float64Array(resamples)));
  const copies = new Float64Array(machines);
  let redrawn = 0;
  for (let done = 0; done < resamples; ) {
    copies.fill(0);
    for (let i = 0; i < machines; i++) copies[generator.integer(machines)]++;
    const drawn = figures(copies);
    if (drawn.some((value, k) => value === null && asItIs[k] !== null)) {
      redrawn++;
      if (redrawn > MOST_REDRAWS * resamples) return undefined;
      continue;
    }
    for (let k = 0; k < values.length; k++) {
      const list = values[k];
      if (list !== undefined) list[done] = drawn[k] ?? 0;
    }
    done++;
  }
  return { resamples, redrawn, values };
}

/** The 95 % percentile interval: the 2.5th and the 97.5th percentile, between two values in proportion. */
export function percentileInterval(values: Float64Array | undefined): Interval {
  if (values === undefined || values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return [percentile(sorted, 0.025), percentile(sorted, 0.975)];
}

function percentile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** Machines that have rows, numbered 0, 1, … in their order: the slot of each row, and the machine of each slot. */
export function machineSlots(machine: Uint32Array): { slot: Uint32Array; machines: number[] } {
  const machines: number[] = [];
  const slot = Uint32Array.from(machine, (m) => {
    if (machines.at(-1) !== m) machines.push(m);
    return machines.length - 1;
  });
  return { slot, machines };
}
