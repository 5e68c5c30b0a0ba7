/** Rows whose values were checked, in the fleet's units. */

/** A reading, checked: its values in the order of the source's sensors. */
export interface CheckedReading {
  source: number;
  time: number;
  knownAt: number;
  values: Float64Array;
}

export interface CheckedEvent {
  table: string;
  kind: string;
  time: number;
  seenAt: number;
}
