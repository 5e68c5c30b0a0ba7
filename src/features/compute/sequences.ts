/** Where events of given kinds followed each other, each found once for all cutoffs. */
import type { Events } from "../../core/fleet.ts";

export interface SequenceSteps {
  /** The kind of each step, in order. */
  kinds: readonly string[];
  /** How much later than the step before a step may be, at most. */
  within: number;
}

export interface Sequences {
  /** Row offsets of `starts` by machine, one more than machines. */
  offsets: Uint32Array;
  /** In the order of their ends, which is theirs too within each machine. */
  starts: Float64Array;
  /** Running: the number of sequences that end by each event. */
  ended: Uint32Array;
}

/**
 * One for each event that may be the last step and has all steps before it, each strictly earlier than the next, by at most
 * `within`. The latest start is taken: a window that holds any of the sequences that end here holds that one.
 */
export function sequencesOf({ offsets, time, kind, kinds: all }: Events, { kinds, within }: SequenceSteps): Sequences {
  const steps = kinds.length;
  const codes = kinds.map((name) => all.indexOf(name));
  const grouped = new Uint32Array(offsets.length);
  const ended = new Uint32Array(time.length);
  const starts: number[] = [];
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    // For each step the latest instant at which it was reached, and the start that leads there; `before`: the latest but that.
    const latest = Array.from({ length: steps }, nothing);
    const before = Array.from({ length: steps }, nothing);
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
      const at = time[row];
      for (let step = 0; step < steps; step++) {
        if (kind[row] !== codes[step]) continue;
        let start = at;
        if (step > 0) {
          const previous = latest[step - 1].at === at ? before[step - 1] : latest[step - 1];
          if (!(at - previous.at <= within)) continue;
          start = previous.start;
        }
        if (step === steps - 1) starts.push(start);
        if (latest[step].at === at) continue;
        before[step] = latest[step];
        latest[step] = { at, start };
      }
      ended[row] = starts.length;
    }
    grouped[machine + 1] = starts.length;
  }
  return { offsets: grouped, starts: Float64Array.from(starts), ended };
}

function nothing(): { at: number; start: number } {
  return { at: Number.NEGATIVE_INFINITY, start: Number.NEGATIVE_INFINITY };
}
