/**
 * Alarms drawn as text, one character a cycle, from cycle 0: `#` a high score, `.` a low one, `-` a cutoff that is not evaluated,
 * a space where the machine was out of observation.
 */
import type { Cutoffs } from "../../src/core/matrix.ts";
import type { AlarmContext } from "../../src/evaluation/alarm-context.ts";
import type { Policy } from "../../src/evaluation/cost.ts";
import { type Evaluation, evaluate } from "../../src/evaluation/evaluate.ts";
import type { Costs, Predictions } from "../../src/evaluation/predictions.ts";
import type { History } from "../../src/labels/labels.ts";

export interface Story {
  /** One line a machine. */
  machines: readonly string[];
  /** [machine, cycle, component = "a"] */
  failures?: readonly (readonly [machine: number, cycle: number, component?: string])[];
  planned?: readonly (readonly [machine: number, cycle: number])[];
  horizon: number;
  leadTime?: number;
  every?: number;
}

export function historyOf({ failures = [], planned = [] }: Story): History {
  return {
    failures: failures.map(([machine, time, component = "a"]) => ({ machine, time, component })),
    planned: planned.map(([machine, time]) => ({ machine, time, component: "a" })),
    components: ["a", "b"],
  };
}

export function contextOf(story: Story): AlarmContext {
  const { horizon, leadTime, every } = story;
  return { history: historyOf(story), cutoffs: cutoffsOf(story, ".#-"), horizon, leadTime, every };
}

/** Scores are 1 where high and 0 where low; the target is whether a failure falls in (t, t + horizon]. */
export function predictionsOf(story: Story): Predictions {
  const rows = cutoffsOf(story, ".#");
  const score = Float64Array.from(rows.cutoff, (t, row) => Number(story.machines[rows.machine[row]][t] === "#"));
  const target = Float64Array.from(rows.cutoff, (t, row) =>
    Number((story.failures ?? []).some(([m, f]) => m === rows.machine[row] && f > t && f <= t + story.horizon)),
  );
  return {
    task: { kind: "binary" },
    time: "cycles",
    rows,
    fold: new Uint16Array(score.length),
    target,
    predicted: Float32Array.from(score),
    score,
  };
}

export function tell(story: Story, costs?: Costs, policy?: Policy): Evaluation {
  return evaluate({
    predictions: predictionsOf(story),
    folds: [{ name: "only", trained: 0, threshold: 0.5 }],
    alarms: contextOf(story),
    costs,
    policy,
    resamples: 10,
    seed: 1,
  });
}

/** "4-8 true" an alarm raised at 4 and closed at 8. */
export function alarmsOf(story: Story): string[] {
  return tell(story).alarms.map(({ raisedAt, closedAt, verdict }) => `${raisedAt}-${closedAt} ${verdict}`);
}

/** "8 caught 4" a failure at 8 that an alarm 4 cycles earlier caught. */
export function failuresOf(story: Story): string[] {
  return tell(story).failures.map(({ time, outcome, warning }) => `${time} ${outcome} ${warning ?? "-"}`);
}

function cutoffsOf({ machines }: Story, marks: string): Cutoffs {
  const rows = machines.flatMap((line, machine) =>
    [...line].flatMap((mark, cutoff) => (marks.includes(mark) ? [{ machine, cutoff }] : [])),
  );
  return {
    machines: machines.map((_, m) => `m${m}`),
    machine: Uint32Array.from(rows, (row) => row.machine),
    cutoff: Float64Array.from(rows, (row) => row.cutoff),
  };
}
