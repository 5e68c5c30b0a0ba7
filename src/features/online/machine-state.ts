/** What is held of one machine: where its rows are, and how far its time has come. */
import type { CycleBuilder } from "../cycles/cycle-builder.ts";
import type { Region } from "./row-store.ts";

export interface MachineState {
  readonly name: string;
  /** The latest instant that it has shown: of its rows, and of the clock they were added by. */
  clock: number;
  /** Its readings by source. */
  readonly tables: Region[];
  /** Its events by list; a list without events has no region yet. */
  readonly events: (Region | undefined)[];
  /** Its operating cycles as far as they are not closed; undefined where the featurizer knows none. */
  readonly cycles: CycleBuilder | undefined;
  /** What its facts say, and from when until when; undefined where they have to be looked up. */
  facts: { values: Float64Array; from: number; until: number } | undefined;
}

export function emptyRegion(): Region {
  return { start: 0, first: 0, past: 0, capacity: 0 };
}
