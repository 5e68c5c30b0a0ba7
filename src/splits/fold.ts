/** One fold: indices of training and evaluation rows, ascending. */
export interface Fold {
  name: string;
  train: Uint32Array;
  evaluate: Uint32Array;
  /** Why the fold is not used ("no failure in training"); it is shown, never silently dropped. */
  skipped?: string;
}
