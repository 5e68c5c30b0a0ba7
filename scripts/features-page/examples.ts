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
  /** The file in docs/features with the code that the word names. */
  module?: string;
  /** Its options' interfaces, where they do not stand in its file. */
  options?: readonly string[];
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
  correlationOf: {
    group: "Between sensors",
    file: "correlation-of",
    write: () => words.correlationOf("volt", "rotate", { over: "24h" }),
  },
  differenceOf: {
    group: "Between sensors",
    file: "difference-of",
    write: () => words.differenceOf("volt", "rotate", { over: "3h", stats: ["mean", "sd"] }),
  },
  ratioOf: {
    group: "Between sensors",
    file: "ratio-of",
    write: () => words.ratioOf("pressure", "rotate"),
  },
  residualOf: {
    group: "Between sensors",
    file: "residual-of",
    before: () => [words.rolling(["pressure", "rotate", "volt"], { over: "3h", stats: "mean" })],
    write: () => words.residualOf("pressure_mean_3h", { given: ["rotate_mean_3h", "volt_mean_3h"] }),
  },
  perCycle: {
    group: "Operating cycles",
    file: "per-cycle",
    write: () => words.perCycle(["volt"], ["mean", "max"], { duration: true }),
    stretches: [{ label: "the last closed cycle", from: 8, to: 2 }],
  },
  countOf: { group: "Events", file: "count-of", write: () => words.countOf("errors", { over: ["24h"] }) },
  timeSince: {
    group: "Events",
    file: "time-since",
    write: () => words.timeSince("maintenance"),
    options: ["AnyKindOptions"],
  },
  countSince: {
    group: "Events",
    file: "count-since",
    write: () => words.countSince("errors", { since: "maintenance" }),
  },
  intervalOf: { group: "Events", file: "interval-of", write: () => words.intervalOf("failures", { over: "30d" }) },
  lastKind: {
    group: "Events",
    file: "last-kind",
    write: () => words.lastKind("errors", { over: "30d" }),
  },
  sequenceOf: {
    group: "Events",
    file: "sequence-of",
    write: () => words.sequenceOf("errors", ["error1", "error2"], { within: "6h", over: "24h" }),
  },
  rateOf: { group: "Events", file: "rate-of", write: () => words.rateOf("errors", { over: "7d" }) },
  usedSince: {
    group: "Use and reference",
    file: "used-since",
    write: () => words.usedSince("maintenance", { sensor: "rotate", above: 100 }),
  },
  hoursAbove: {
    group: "Use and reference",
    file: "hours-above",
    write: () => words.hoursAbove("rotate", { above: 450, over: "24h" }),
  },
  scheduleUsed: { group: "Use and reference", file: "schedule-used", write: () => words.scheduleUsed("schedule") },
  limitMargin: { group: "Use and reference", file: "limit-margin", write: () => words.limitMargin("limits") },
  limitExceeded: {
    group: "Use and reference",
    file: "limit-exceeded",
    write: () => words.limitExceeded("limits", { over: ["24h"] }),
  },
  age: { group: "Use and reference", file: "age", write: () => words.age() },
  attributes: { group: "Use and reference", file: "attributes", write: () => words.attributes("model", "age") },
  operatingModes: {
    group: "Learned from training rows",
    file: "operating-modes",
    before: () => [words.rolling(["rotate", "volt"], { over: "3h", stats: "mean" })],
    write: () => words.operatingModes({ by: ["rotate_mean_3h"], modes: 2, standardise: ["volt_mean_3h"] }),
  },
  healthyBaseline: {
    group: "Learned from training rows",
    file: "healthy-baseline",
    before: () => [words.rolling(["rotate", "volt"], { over: "3h", stats: "mean" })],
    write: () => words.healthyBaseline(["rotate_mean_3h", "volt_mean_3h"]),
  },
  principalComponents: {
    group: "Learned from training rows",
    file: "principal-components",
    before: () => [words.rolling(["rotate", "volt"], { over: "3h", stats: "mean" })],
    write: () => words.principalComponents(["rotate_mean_3h", "volt_mean_3h"], { explained: 0.95 }),
  },
  clip: {
    group: "Learned from training rows",
    file: "clip",
    before: () => [words.rolling("volt", { over: "3h", stats: "max" })],
    write: () => words.clip("volt_max_3h"),
  },
  derive: {
    group: "Made of other features",
    file: "derive",
    before: () => [words.rolling("volt", { over: ["3h", "24h"], stats: "mean" })],
    write: () => words.derive("volt_rise", words.minus("volt_mean_3h", "volt_mean_1d")),
  },
  custom: {
    group: "Made of other features",
    file: "custom",
    write: () => words.custom("swing", { over: "24h", reads: "volt", module: "./swing.ts", export: "swing" }),
    module: "swing.ts",
  },
};
