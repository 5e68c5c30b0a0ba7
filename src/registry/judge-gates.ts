/** Asks every gate whether a model may be published, and says why in a sentence. */
import type { Interval, LearnerMetrics } from "../evaluation/metrics.ts";
import type { AtLeastGate, AtMostGate, GateSpec, NotWorseThanGate } from "./gates.ts";

/** With fewer failures than this, two models cannot be told apart. */
const ENOUGH_FAILURES = 5;

/** Two models on the evaluation rows later than both models' last training label. */
export interface AliasComparison {
  /** The version the alias points to. */
  version: number;
  /** The figure they are compared by. */
  measure: string;
  better: "higher" | "lower";
  /** Failures on those rows. */
  failures: number;
  /** The figure of the new model and of the alias's, null where undefined. */
  candidate: number | null;
  current: number | null;
  /** The 95 % interval of candidate minus current, paired by a bootstrap over machines. */
  interval: Interval;
  /** The candidate is the alias's version, byte for byte: there is nothing to compare. */
  same?: boolean;
  /** Why the two cannot be compared at all, as a clause. */
  incomparable?: string;
}

export interface JudgeInput {
  metrics: LearnerMetrics;
  /** Compares with the version an alias points to; undefined where there is no such alias. */
  compare: (alias: string) => Promise<AliasComparison | undefined>;
}

export interface GateVerdict {
  gate: GateSpec;
  passed: boolean;
  verdict: "passed" | "refused" | "insufficient" | "no such alias";
  /** The figure of the model, null where undefined. */
  found: number | null;
  /** The figure asked for: the bound, or that of the alias's version. */
  wanted: number | null;
  /** The verdict as a sentence. */
  text: string;
}

/** One verdict a gate, in their order. All must pass. */
export async function judgeGates(gates: readonly GateSpec[], input: JudgeInput): Promise<GateVerdict[]> {
  const verdicts: GateVerdict[] = [];
  for (const gate of gates) {
    verdicts.push(
      gate.gate === "notWorseThan"
        ? judgeComparison(gate, await input.compare(gate.alias))
        : judgeFigure(gate, input.metrics),
    );
  }
  return verdicts;
}

function judgeFigure(gate: AtLeastGate | AtMostGate, metrics: LearnerMetrics): GateVerdict {
  const found = metrics[gate.metric];
  const wanted = gate.value;
  const bound = gate.gate === "atLeast" ? "at least" : "at most";
  if (found === null) {
    const text = `${gate.metric} is undefined on these rows, ${bound} ${wanted} is asked for`;
    return { gate, passed: false, verdict: "insufficient", found, wanted, text };
  }
  const passed = gate.gate === "atLeast" ? found >= wanted : found <= wanted;
  const text = `${gate.metric} is ${figure(found)}, ${bound} ${wanted} is asked for`;
  return { gate, passed, verdict: passed ? "passed" : "refused", found, wanted, text };
}

function judgeComparison(gate: NotWorseThanGate, comparison: AliasComparison | undefined): GateVerdict {
  if (comparison === undefined) {
    const text = `there is no alias ${gate.alias} yet to compare with`;
    return { gate, passed: true, verdict: "no such alias", found: null, wanted: null, text };
  }
  const { candidate: found, current: wanted, failures, interval, measure, better, version } = comparison;
  const against = `${gate.alias} (version ${version})`;
  if (comparison.same) {
    const text = `the model is the same as ${against}`;
    return { gate, passed: true, verdict: "passed", found, wanted, text };
  }
  if (comparison.incomparable !== undefined || failures < ENOUGH_FAILURES || interval === null) {
    const why =
      comparison.incomparable ??
      (failures < ENOUGH_FAILURES
        ? `only ${failures} failure${failures === 1 ? " lies" : "s lie"} after both models' training, ${ENOUGH_FAILURES} are needed`
        : `${measure} is undefined there`);
    const text = `not comparable with ${against}: ${why}`;
    return { gate, passed: gate.insufficient === "pass", verdict: "insufficient", found, wanted, text };
  }
  const [low, high] = interval;
  // Worse beyond chance: the whole interval lies on the worse side.
  const worse = better === "higher" ? high < 0 : low > 0;
  const text =
    `${measure} is ${figure(found)}, that of ${against} ${figure(wanted)} on the same rows; ` +
    `difference between ${figure(low)} and ${figure(high)} (95 %, ${failures} failures)`;
  return { gate, passed: !worse, verdict: worse ? "refused" : "passed", found, wanted, text };
}

function figure(value: number | null): string {
  return value === null ? "undefined" : String(Number(value.toPrecision(4)));
}
