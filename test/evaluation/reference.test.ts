import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { averagePrecision } from "../../src/evaluation/average-precision.ts";
import { chooseThreshold } from "../../src/evaluation/choose-threshold.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { rocAuc } from "../../src/evaluation/roc-auc.ts";
import { contextOf, predictionsOf, type Story, tell } from "./timeline.ts";

const seeded = { seed: 20150301, numRuns: 300 };

/** Rows with few distinct scores, so that ties are common. */
const rows = fc.array(fc.record({ positive: fc.constantFrom(0, 1), score: fc.integer({ min: -3, max: 3 }) }), {
  maxLength: 30,
});
const positives = (list: { positive: number }[]) => Uint8Array.from(list, ({ positive }) => positive);
const scores = (list: { score: number }[]) => Float64Array.from(list, ({ score }) => score / 2);

test("average precision is the sum over distinct scores of precision times recall gained", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const found = averagePrecision(positives(list), scores(list));
      const total = list.filter(({ positive }) => positive === 1).length;
      if (total === 0) return found === null;
      let [sum, recallBefore] = [0, 0];
      for (const threshold of [...new Set(list.map(({ score }) => score))].sort((a, b) => b - a)) {
        const called = list.filter(({ score }) => score >= threshold);
        const hits = called.filter(({ positive }) => positive === 1).length;
        sum += (hits / called.length) * (hits / total - recallBefore);
        recallBefore = hits / total;
      }
      return found !== null && Math.abs(found - sum) < 1e-12;
    }),
    seeded,
  );
});

test("ROC AUC is the share of (failing, healthy) pairs in the right order, ties half", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const found = rocAuc(positives(list), scores(list));
      const pairs = list
        .filter(({ positive }) => positive === 1)
        .flatMap((a) => list.filter(({ positive }) => positive === 0).map((b) => Math.sign(a.score - b.score)));
      if (pairs.length === 0) return found === null;
      const right = pairs.reduce<number>((sum, sign) => sum + (sign + 1) / 2, 0) / pairs.length;
      return found !== null && Math.abs(found - right) < 1e-12;
    }),
    seeded,
  );
});

test("average precision and ROC AUC do not depend on the order of the rows", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const turned = [...list].reverse();
      return (
        averagePrecision(positives(list), scores(list)) === averagePrecision(positives(turned), scores(turned)) &&
        rocAuc(positives(list), scores(list)) === rocAuc(positives(turned), scores(turned))
      );
    }),
    seeded,
  );
});

const story: fc.Arbitrary<Story> = fc
  .record({
    lines: fc.array(fc.array(fc.constantFrom(".", ".", "#", "#", "-", " "), { minLength: 1, maxLength: 25 }), {
      minLength: 1,
      maxLength: 3,
    }),
    failures: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(27)), { maxLength: 5, selector: String }),
    planned: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(27)), { maxLength: 4, selector: String }),
    horizon: fc.integer({ min: 1, max: 7 }),
    lead: fc.nat(7),
  })
  .map(({ lines, failures, planned, horizon, lead }) => {
    const here = (list: [number, number][]) =>
      list.filter(([machine]) => machine < lines.length).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    // A row at a failure's instant is out of observation.
    const machines = lines.map((line, m) =>
      line.map((mark, t) => (failures.some(([of, f]) => of === m && f === t) ? " " : mark)).join(""),
    );
    return {
      machines,
      failures: here(failures),
      planned: here(planned),
      horizon,
      leadTime: Math.min(lead, horizon),
      every: 1,
    };
  });

/** The rule read aloud, cycle by cycle. */
function readAloud({ machines, failures = [], planned = [], horizon, leadTime = 0 }: Story) {
  const alarms: { machine: number; raisedAt: number; closedAt: number; verdict: string }[] = [];
  const fates: string[] = [];
  machines.forEach((line, machine) => {
    const failed = failures.filter(([m]) => m === machine).map(([, t]) => t);
    const replaced = planned.filter(([m]) => m === machine).map(([, t]) => t);
    let open: { raisedAt: number } | undefined;
    for (let t = 0; t < line.length; t++) {
      const before = t;
      if (open !== undefined) {
        const since = open.raisedAt;
        const ended = [...failed, ...replaced].some((e) => e > since && e < before);
        if (ended || t >= since + horizon) open = undefined;
      }
      if (line[t] !== "#" || open !== undefined) continue;
      open = { raisedAt: t };
      const within = (list: number[], from: number, to: number) => list.filter((e) => e >= from && e <= to);
      const ahead = within(failed, t + 1, t + horizon);
      const useful = ahead.some((f) => t <= f - leadTime);
      const ends = [...ahead, ...within(replaced, t + 1, t + horizon), t + horizon];
      const byPlan = within(replaced, t + 1, t + horizon).length > 0;
      const verdict = useful ? "true" : ahead.length > 0 ? "late" : byPlan ? "planned" : "false";
      alarms.push({ machine, raisedAt: t, closedAt: Math.min(...ends), verdict });
    }
    for (const f of failed) {
      const evaluated = (t: number) => line[t] === "." || line[t] === "#";
      const instants = (from: number, to: number) =>
        Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      if (!instants(f - horizon, f - 1).some(evaluated)) continue;
      const interval = instants(f - horizon, Math.min(f - leadTime, f - 1));
      const first = line.length - line.trimStart().length;
      const last = line.trimEnd().length - 1;
      const whole =
        interval.some(evaluated) && interval.every((t) => t >= first && t <= last && (evaluated(t) || line[t] === " "));
      const raised = alarms.filter((a) => a.machine === machine).map((a) => a.raisedAt);
      const caught = raised.some((a) => a >= f - horizon && a <= f - leadTime && a < f);
      const late = raised.some((a) => a > f - leadTime && a < f);
      fates.push(`${machine} ${f} ${whole ? (caught ? "caught" : late ? "late" : "missed") : "partly observed"}`);
    }
  });
  return { alarms, fates };
}

test("alarms and fates are those of the rule read aloud, cycle by cycle", () => {
  fc.assert(
    fc.property(story, (told) => {
      const found = tell(told);
      const expected = readAloud(told);
      assert.deepEqual(
        found.alarms.map(({ continues, ...alarm }) => alarm),
        expected.alarms,
      );
      assert.deepEqual(
        found.failures.map(({ machine, time, outcome }) => `${machine} ${time} ${outcome}`),
        expected.fates,
      );
      const caught = expected.fates.filter((fate) => fate.endsWith("caught")).length;
      assert.equal(found.metrics.caught, caught);
      assert.equal(found.metrics.falseAlarms, expected.alarms.filter(({ verdict }) => verdict === "false").length);
    }),
    { ...seeded, numRuns: 1000 },
  );
});

test("the chosen threshold has the lowest cost of all, and no higher one is as cheap", () => {
  const costs = { missed: 7, falseAlarm: 2, planned: 1 };
  fc.assert(
    fc.property(story, fc.infiniteStream(fc.integer({ min: 0, max: 5 })), (told, numbers) => {
      const low = predictionsOf(told);
      const predictions = { ...low, score: low.score.map(() => numbers.next().value ?? 0) };
      const context = contextOf(told);
      const cost = (threshold: number) =>
        evaluate({
          predictions,
          folds: [{ name: "only", trained: 0, threshold }],
          alarms: context,
          costs,
          resamples: 1,
          seed: 1,
        }).metrics.cost ?? 0;
      const chosen = chooseThreshold({ predictions, ...context, costs });
      if (chosen.by !== "cost") return;
      assert.equal(cost(chosen.threshold), chosen.value);
      for (const threshold of [0, 1, 2, 3, 4, 5, Number.MAX_VALUE]) {
        const other = cost(threshold);
        assert.ok(other > chosen.value! || (other === chosen.value && threshold <= chosen.threshold));
      }
    }),
    { ...seeded, numRuns: 200 },
  );
});
