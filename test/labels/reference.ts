/** Observation and labels instant by instant, slow and obvious: what the real ones are held against. */
import type { Fleet } from "../../src/core/fleet.ts";
import type { History } from "../../src/labels/labels.ts";

export interface Reference {
  isObserved(machine: number, instant: number): boolean;
  /** State of any, states by component, and the value. */
  failsWithin(machine: number, cutoff: number, horizon: number, planned: string): ReferenceLabel;
  remainingLife(machine: number, cutoff: number, cap: number | undefined, planned: string): ReferenceLabel;
}

export interface ReferenceLabel {
  state: number;
  components: number[];
  /** The class of the component that fails first (fails within), or the life; NaN where censored. */
  value: number;
}

export function reference(fleet: Fleet, history: History, stale: number | undefined): Reference {
  const readings = fleet.machines.map((_, m) =>
    fleet.telemetry.flatMap((table) =>
      rowsOf(table.offsets, m).map((row) => ({ time: table.time[row], knownAt: table.knownAt[row] })),
    ),
  );
  const downs = fleet.machines.map((_, m) => {
    const table = fleet.events["downtime"];
    if (table === undefined) return [];
    return rowsOf(table.offsets, m).map((row) => ({
      start: table.time[row],
      end: table.end?.[row] ?? table.time[row],
    }));
  });
  const failuresOf = (m: number) => history.failures.filter((failure) => failure.machine === m);
  const plannedOf = (m: number, component: string) =>
    history.planned.filter((planned) => planned.machine === m && planned.component === component);
  const lastTelemetry = (m: number) => Math.max(...readings[m].map((reading) => reading.time));

  function ending(m: number): { at: number; failure: boolean } {
    const last = lastTelemetry(m);
    const table = fleet.events["failures"];
    const retired = fleet.machineTable?.retiredAt?.[m] ?? Infinity;
    let at = last;
    let failure = failuresOf(m).some((f) => f.time === last && f.repairedAt === undefined);
    if (table.endsObservation && rowsOf(table.offsets, m).length > 0) {
      at = table.time[table.offsets[m]];
      failure = true;
    }
    return retired < at ? { at: retired, failure: false } : { at, failure };
  }

  function isStale(m: number, t: number): boolean {
    if (stale === undefined || t > lastTelemetry(m)) return false;
    const known = readings[m].filter((reading) => reading.knownAt <= t && reading.time <= t);
    return known.length === 0 || t - Math.max(...known.map((reading) => reading.time)) > stale;
  }

  function isObserved(m: number, t: number): boolean {
    const { at } = ending(m);
    if (t < Math.min(...readings[m].map((reading) => reading.time)) || t > at) return false;
    if (downs[m].some((down) => down.start <= t && t < down.end)) return false;
    if (isStale(m, t)) return false;
    return !failuresOf(m).some((failure) => {
      const { time, repairedAt } = failure;
      if (t === time) return true;
      if (repairedAt === undefined || repairedAt > at || t < time || t >= repairedAt) return false;
      return !failuresOf(m).some((other) => other.time > time && other.time <= repairedAt);
    });
  }

  /** Whether an instant out of observation is part of the outage of a failure. */
  function isOutage(m: number, failure: number, t: number): boolean {
    const { at, failure: ended } = ending(m);
    if (t > at) return ended && failure === at;
    let unbroken = failure <= t;
    for (let u = failure; u <= t; u++) unbroken &&= !isObserved(m, u);
    if (unbroken) return true;
    if (downs[m].some((down) => down.start <= failure && failure <= down.end && down.start <= t && t < down.end))
      return true;
    // The silence, if there is one, that begins at most `stale` after the failure's last reading.
    const first = Math.min(...readings[m].map((reading) => reading.time));
    for (let a = Math.max(failure, first); stale !== undefined && a - 1 - stale <= failure && a <= at; a++) {
      if (!isStale(m, a) || (a > first && isStale(m, a - 1))) continue;
      let back = a;
      while (back <= at && isStale(m, back)) back++;
      if (failure <= t && t < back) return true;
    }
    return false;
  }

  function isKnownThrough(m: number, t: number, until: number): boolean {
    const inside = failuresOf(m).filter((failure) => failure.time > t && failure.time <= until);
    for (let u = t + 1; u <= until; u++) {
      if (!isObserved(m, u) && !inside.some((failure) => isOutage(m, failure.time, u))) return false;
    }
    return true;
  }

  function firstFailure(m: number, component: string, t: number): number {
    return Math.min(
      ...failuresOf(m)
        .filter((f) => f.component === component && f.time > t)
        .map((f) => f.time),
    );
  }

  function firstPlanned(m: number, component: string, t: number): number {
    return Math.min(
      ...plannedOf(m, component)
        .filter((p) => p.time > t)
        .map((p) => p.time),
    );
  }

  return {
    isObserved,
    failsWithin(m, t, horizon, planned) {
      const until = t + horizon;
      const unknown = { state: 2, components: history.components.map(() => 2), value: NaN };
      if (!isObserved(m, t) || !isKnownThrough(m, t, until)) return unknown;
      const components = history.components.map((component) => {
        const failure = firstFailure(m, component, t);
        const replacement = firstPlanned(m, component, t);
        if (replacement <= until && replacement < failure) return planned === "healthy" ? 0 : 2;
        if (failure <= until) return 1;
        return until > ending(m).at ? 2 : 0;
      });
      const state = components.includes(1) ? 1 : components.includes(2) ? 2 : 0;
      if (state !== 1) return { state, components, value: state === 2 ? NaN : 0 };
      const times = history.components.map((c, i) => (components[i] === 1 ? firstFailure(m, c, t) : Infinity));
      return { state, components, value: times.indexOf(Math.min(...times)) + 1 };
    },
    remainingLife(m, t, cap, planned) {
      const until = t + (cap ?? Infinity);
      const unknown = { state: 2, components: history.components.map(() => 2), value: NaN };
      if (!isObserved(m, t)) return unknown;
      const reachesCap = cap !== undefined && until <= ending(m).at && isKnownThrough(m, t, until) ? 0 : 2;
      const isReplacedFirst = (component: string) => {
        const replacement = firstPlanned(m, component, t);
        return replacement <= until && replacement < Infinity && replacement < firstFailure(m, component, t);
      };
      const components = history.components.map((component) => {
        const failure = firstFailure(m, component, t);
        if (isReplacedFirst(component)) {
          return planned === "healthy" ? reachesCap : 2;
        }
        if (failure > until || failure === Infinity) return reachesCap;
        return isKnownThrough(m, t, failure) ? 1 : 2;
      });
      const inTheRunning = history.components.filter((c) => planned === "censored" || !isReplacedFirst(c));
      const failure = Math.min(...inTheRunning.map((component) => firstFailure(m, component, t)));
      const replacement = Math.min(...history.components.map((component) => firstPlanned(m, component, t)));
      const replaced =
        planned === "censored" && replacement <= until && replacement < failure && replacement < Infinity;
      if (replaced) return { state: 2, components, value: NaN };
      if (failure <= until && failure < Infinity) {
        return isKnownThrough(m, t, failure)
          ? { state: 1, components, value: failure - t }
          : { state: 2, components, value: NaN };
      }
      return reachesCap === 0 ? { state: 0, components, value: cap ?? NaN } : { state: 2, components, value: NaN };
    },
  };
}

function rowsOf(offsets: Uint32Array, machine: number): number[] {
  return Array.from({ length: offsets[machine + 1] - offsets[machine] }, (_, i) => offsets[machine] + i);
}
