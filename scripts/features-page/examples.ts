/** One example a word: what the page shows, and the columns it says the word gives. */
import * as words from "../../src/features/index.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import type { Stretch } from "./picture.ts";

export interface Example {
  /** The heading under which the word stands. */
  group: string;
  /** The file in src/features/words that holds it, without its ending. */
  file: string;
  /** The word as a pipeline writes it; its source text is shown. */
  write: () => FeatureSpec;
  /** Words that stand before it, where it is made of other features. */
  before?: () => FeatureSpec[];
  /** What is drawn, where the reach of its columns does not say it. */
  stretches?: readonly Stretch[];
}

/** By the word's name. */
export const examples: Readonly<Record<string, Example>> = {
  rolling: {
    group: "Windows over sensors",
    file: "rolling",
    write: () => words.rolling(["volt"], { over: ["3h", "24h"], stats: ["mean", "sd"] }),
  },
  lag: {
    group: "Windows over sensors",
    file: "lag",
    write: () => words.lag("volt", { by: ["6h"] }),
    stretches: [{ label: "volt_lag_6h", from: 9, to: 6 }],
  },
  delta: {
    group: "Windows over sensors",
    file: "delta",
    write: () => words.delta("volt", { by: ["6h"] }),
    stretches: [
      { label: "now", from: 3, to: 0 },
      { label: "before", from: 9, to: 6 },
    ],
  },
  countOf: { group: "Events", file: "count-of", write: () => words.countOf("errors", { over: ["24h"] }) },
  timeSince: { group: "Events", file: "time-since", write: () => words.timeSince("maintenance") },
  usedSince: {
    group: "Use and reference",
    file: "used-since",
    write: () => words.usedSince("maintenance", { sensor: "rotate", above: 100 }),
  },
  scheduleUsed: { group: "Use and reference", file: "schedule-used", write: () => words.scheduleUsed("schedule") },
  limitMargin: { group: "Use and reference", file: "limit-margin", write: () => words.limitMargin("limits") },
  limitExceeded: {
    group: "Use and reference",
    file: "limit-exceeded",
    write: () => words.limitExceeded("limits", { over: ["24h"] }),
  },
  attributes: { group: "Use and reference", file: "attributes", write: () => words.attributes("model", "age") },
};
