/** One machine's observation, failures and planned replacements, arranged for questions about a horizon. */
import { firstIndex } from "../core/first-index.ts";
import type { History } from "./labels.ts";
import type { Observation } from "./observation.ts";
import { gapsBetween, type Span } from "./spans.ts";

/** A failure as a label sees it. */
interface SeenFailure {
  component: number;
  time: number;
  knownAt: number;
  outage: Span;
}

export interface MachineTimeline {
  /** The last instant that could be observed. */
  end: number;
  /** When the machine is out of observation, sorted, from -Infinity to Infinity; the last span begins right after `end`. */
  gaps: readonly Span[];
  /** Sorted by time, then component. */
  failures: readonly SeenFailure[];
  /** Instants of planned replacements, ascending, one list a component. */
  planned: readonly (readonly number[])[];
}

/** The timelines of all machines, in the fleet's order. */
export function machineTimelines(machines: number, history: History, observation: Observation): MachineTimeline[] {
  const component = new Map(history.components.map((name, i) => [name, i]));
  const failures: SeenFailure[][] = Array.from({ length: machines }, () => []);
  const planned: number[][][] = Array.from({ length: machines }, () => history.components.map(() => []));
  for (const [i, failure] of history.failures.entries()) {
    failures[failure.machine].push({
      component: component.get(failure.component)!,
      time: failure.time,
      knownAt: failure.knownAt ?? failure.time,
      outage: { from: observation.outageFrom[i], to: observation.outageTo[i] },
    });
  }
  for (const replacement of history.planned) {
    planned[replacement.machine][component.get(replacement.component)!].push(replacement.time);
  }
  return failures.map((own, machine) => {
    const end = observation.end[machine];
    const spans: Span[] = [];
    for (let i = observation.offsets[machine]; i < observation.offsets[machine + 1]; i++) {
      spans.push({ from: observation.from[i], to: observation.to[i] });
    }
    const gaps = gapsBetween({ from: Number.NEGATIVE_INFINITY, to: end + 1 }, spans);
    gaps.push({ from: end + 1, to: Number.POSITIVE_INFINITY });
    return { end, gaps, failures: own, planned: planned[machine] };
  });
}

/** Whether the machine is in observation at an instant. */
export function isObserved({ gaps }: MachineTimeline, instant: number): boolean {
  return gaps[firstIndex(gaps.length, (i) => gaps[i].to > instant)].from > instant;
}

/** Whether all of (after, until] is in observation, but for the outages of failures that lie in it. */
export function isObservedThrough(timeline: MachineTimeline, after: number, until: number): boolean {
  const { gaps } = timeline;
  let i = firstIndex(gaps.length, (index) => gaps[index].to > after + 1);
  for (; i < gaps.length && gaps[i].from <= until; i++) {
    let from = Math.max(gaps[i].from, after + 1);
    const to = Math.min(gaps[i].to, until + 1);
    while (from < to) {
      const reached = outageEnd(timeline, after, until, from);
      if (reached <= from) return false;
      from = reached;
    }
  }
  return true;
}

/** Each component's first failure in (after, until]; undefined where there is none. */
export function firstFailures(timeline: MachineTimeline, after: number, until: number): (SeenFailure | undefined)[] {
  const { failures, planned } = timeline;
  const first: (SeenFailure | undefined)[] = planned.map(() => undefined);
  for (let i = firstFailureAfter(timeline, after); i < failures.length && failures[i].time <= until; i++) {
    first[failures[i].component] ??= failures[i];
  }
  return first;
}

/** The component's first planned replacement after an instant; Infinity where there is none. */
export function firstPlanned({ planned }: MachineTimeline, component: number, after: number): number {
  const instants = planned[component];
  return instants[firstIndex(instants.length, (i) => instants[i] > after)] ?? Number.POSITIVE_INFINITY;
}

/** Where the outages of failures in (after, until] that cover an instant end; the instant itself where none does. */
function outageEnd(timeline: MachineTimeline, after: number, until: number, instant: number): number {
  const { failures } = timeline;
  let reached = instant;
  for (let i = firstFailureAfter(timeline, after); i < failures.length && failures[i].time <= until; i++) {
    if (failures[i].outage.from <= instant) reached = Math.max(reached, failures[i].outage.to);
  }
  return reached;
}

function firstFailureAfter({ failures }: MachineTimeline, instant: number): number {
  return firstIndex(failures.length, (i) => failures[i].time > instant);
}
