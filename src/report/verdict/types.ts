/** What a verdict is: a tone, a headline, what happened, and how far that can be trusted. */
export interface Verdict {
  /** How the verdict is set off; the headline says the same in words. */
  tone: "good" | "unproven" | "poor" | "unknown";
  headline: string;
  /** What the figures say, for a planner. */
  sentences: readonly string[];
  /** Why they may be other next time. Default: none. */
  caveats?: readonly string[];
  /** The figures over rows, for a data scientist. Default: none. */
  details?: readonly string[];
}
