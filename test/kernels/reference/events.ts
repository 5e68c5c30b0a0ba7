/** The plain twins of the event kernels: over the visible events of one machine, nothing kept from one cutoff to the next. */
import { type Event, visibleEvents } from "./statistics.ts";

export interface KindEvent extends Event {
  kind: number;
}

/** The visible events after the later of t - length and the anchor. */
export function eventsIn<Row extends Event>(
  events: readonly Row[],
  t: number,
  { length, anchor = Number.NaN, outcome }: { length: number; anchor?: number; outcome: boolean },
): Row[] {
  return (visibleEvents(events, t, outcome) as Row[]).filter(({ time }) => time > t - length && !(time <= anchor));
}

/** The mean and the last interval between the instants of events. */
export function intervals(events: readonly Event[], unit: number): { mean: number; last: number } {
  const instants = [...new Set(events.map(({ time }) => time))].sort((a, b) => a - b);
  if (instants.length < 2) return { mean: Number.NaN, last: Number.NaN };
  const gaps = instants.slice(1).map((instant, i) => instant - instants[i]);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return { mean: total / gaps.length / unit, last: (gaps.at(-1) ?? Number.NaN) / unit };
}

/** The kind of the last event, the smallest at its instant; -1 without one. */
export function lastKind(events: readonly KindEvent[]): number {
  const last = Math.max(...events.map(({ time }) => time));
  const kinds = events.filter(({ time }) => time === last).map(({ kind }) => kind);
  return kinds.length === 0 ? -1 : Math.min(...kinds);
}

/** How many events end a sequence of kinds, found by trying every event for every step. */
export function sequences(events: readonly KindEvent[], kinds: readonly number[], within: number): number {
  const ends = (event: KindEvent, step: number): boolean => {
    if (event.kind !== kinds[step]) return false;
    if (step === 0) return true;
    return events.some(
      (before) => before.time < event.time && event.time - before.time <= within && ends(before, step - 1),
    );
  };
  return events.filter((event) => ends(event, kinds.length - 1)).length;
}
