/** The label of one cutoff, in the fleet's time unit. */
export interface RowLabel {
  /** HEALTHY, FAILS or CENSORED. */
  state: number;
  /** 0, 1 or the class (fails within), the remaining life; NaN where censored. */
  value: number;
  /** The state of each component. */
  components: readonly number[];
  /** How far the label looks. */
  end: number;
}
