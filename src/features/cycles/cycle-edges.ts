/** Where cycles begin and end: rows that tell whether the machine runs, taken in the order of time, one after the other. */
import type { CycleRule } from "./operating-cycles.ts";

/** A closed cycle, in microseconds. */
export interface CycleSpan {
  /** Its first row. */
  start: number;
  /** Its last row. */
  last: number;
  /** When it was over: the first instant at which no row could join it any more. */
  end: number;
  /** How many rows it has; rows of several tables at one instant count once. */
  rows: number;
}

/** What has to be kept between rows, as plain data. */
export interface EdgeState {
  /** Whether any row was taken. */
  told: boolean;
  open: OpenCycle | null;
}

interface OpenCycle extends Omit<CycleSpan, "end"> {
  /** Whether a row before it shows that it began there. */
  whole: boolean;
}

export function noRowsYet(): EdgeState {
  return { told: false, open: null };
}

/** Takes a row; the cycle that it shows to be closed, if there is one and its beginning was seen. */
export function takeRow(rule: CycleRule, state: EdgeState, time: number, holds: boolean): CycleSpan | undefined {
  const silent = closeSilent(rule, state, time - 1);
  const stopped = !holds && state.open !== null ? close(state, time) : undefined;
  if (holds && state.open === null) {
    state.open = { start: time, last: time, rows: 1, whole: state.told };
  } else if (holds && state.open !== null && state.open.last !== time) {
    state.open.last = time;
    state.open.rows++;
  }
  state.told = true;
  return silent ?? stopped;
}

/** Closes the open cycle if no row has told the state for too long by `now`, where all rows up to `now` were taken. */
export function closeSilent({ pause }: CycleRule, state: EdgeState, now: number): CycleSpan | undefined {
  if (state.open === null || now < state.open.last + pause) return undefined;
  return close(state, state.open.last + pause);
}

function close(state: EdgeState, end: number): CycleSpan | undefined {
  const { start, last, rows, whole } = state.open as OpenCycle;
  state.open = null;
  return whole ? { start, last, end, rows } : undefined;
}
