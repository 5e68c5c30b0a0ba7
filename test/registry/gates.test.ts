import assert from "node:assert/strict";
import { test } from "node:test";
import type { LearnerMetrics } from "../../src/evaluation/metrics.ts";
import { atLeast, atMost, type MetricName, notWorseThan } from "../../src/registry/gates.ts";
import { type AliasComparison, judgeGates } from "../../src/registry/judge-gates.ts";

const metrics = {
  averagePrecision: 0.61,
  falseAlarmsPerMachineMonth: 0.2,
  rmse: null,
  learner: "gbdt",
} as LearnerMetrics;
const comparison: AliasComparison = {
  version: 4,
  measure: "averagePrecision",
  better: "higher",
  failures: 12,
  candidate: 0.61,
  current: 0.6,
  interval: [-0.02, 0.04],
};
const none = async () => undefined;
const against = (changes: Partial<AliasComparison>) => async () => ({ ...comparison, ...changes });

async function verdicts(compare: () => Promise<AliasComparison | undefined>, gate = notWorseThan("production")) {
  const [{ passed, verdict, text }] = await judgeGates([gate], { metrics, compare });
  return { passed, verdict, text };
}

test("a figure at its bound passes, one beyond it is refused", async () => {
  const gates = [
    atLeast("averagePrecision", 0.61),
    atLeast("averagePrecision", 0.62),
    atMost("falseAlarmsPerMachineMonth", 0.2),
    atMost("falseAlarmsPerMachineMonth", 0.1),
  ];
  const judged = await judgeGates(gates, { metrics, compare: none });
  assert.deepEqual(
    judged.map(({ verdict }) => verdict),
    ["passed", "refused", "passed", "refused"],
  );
  assert.deepEqual(judged[1], {
    gate: { gate: "atLeast", metric: "averagePrecision", value: 0.62 },
    passed: false,
    verdict: "refused",
    found: 0.61,
    wanted: 0.62,
    text: "averagePrecision is 0.61, at least 0.62 is asked for",
  });
});

test("an undefined figure never passes", async () => {
  for (const gate of [atLeast("rmse", 0), atMost("rmse", 1e9)]) {
    const [{ passed, verdict }] = await judgeGates([gate], { metrics, compare: none });
    assert.deepEqual([passed, verdict], [false, "insufficient"]);
  }
});

test("a gate that could never be judged is refused where it is written", () => {
  for (const name of ["avgPrecision", "learner", "toString"]) {
    assert.throws(() => atLeast(name as MetricName, 0.5), { code: "PIPELINE_GATE" }, name);
  }
  assert.throws(() => atMost("rmse", Number.NaN), { code: "PIPELINE_GATE" });
  assert.throws(() => atLeast("rmse", "0.5" as unknown as number), { code: "PIPELINE_GATE" });
  assert.throws(() => notWorseThan("Production"), { code: "REGISTRY_NAME" });
  assert.throws(() => notWorseThan("production", { insufficient: "maybe" as "pass" }), { code: "PIPELINE_GATE" });
});

test("without the alias, notWorseThan passes and says so", async () => {
  assert.deepEqual(await verdicts(none), {
    passed: true,
    verdict: "no such alias",
    text: "there is no alias production yet to compare with",
  });
});

test("fewer than 5 failures to compare on are insufficient, and refused unless told otherwise", async () => {
  const four = await verdicts(against({ failures: 4 }));
  assert.deepEqual([four.passed, four.verdict], [false, "insufficient"]);
  assert.match(four.text, /only 4 failures lie after both models' training, 5 are needed/);
  assert.equal(
    (await verdicts(against({ failures: 4 }), notWorseThan("production", { insufficient: "pass" }))).passed,
    true,
  );
  assert.equal((await verdicts(against({ failures: 5 }))).verdict, "passed");
  assert.equal((await verdicts(against({ interval: null, candidate: null }))).verdict, "insufficient");
});

test("a model is refused when the whole interval of the difference lies on the worse side", async () => {
  assert.equal((await verdicts(against({ interval: [-0.2, 0.01] }))).verdict, "passed");
  assert.equal((await verdicts(against({ interval: [-0.2, -0.01] }))).verdict, "refused");
  assert.equal((await verdicts(against({ measure: "rmse", better: "lower", interval: [0.3, 2] }))).verdict, "refused");
  assert.equal((await verdicts(against({ measure: "rmse", better: "lower", interval: [-3, -1] }))).verdict, "passed");
});

test("gates are judged in their order, each alias by its own comparison", async () => {
  const asked: string[] = [];
  const compare = async (alias: string) => {
    asked.push(alias);
    return alias === "production" ? comparison : undefined;
  };
  const gates = [notWorseThan("production"), atLeast("averagePrecision", 0), notWorseThan("candidate")];
  const judged = await judgeGates(gates, { metrics, compare });
  assert.deepEqual(
    judged.map(({ verdict }) => verdict),
    ["passed", "passed", "no such alias"],
  );
  assert.deepEqual(asked, ["production", "candidate"]);
  assert.deepEqual([judged[0].found, judged[0].wanted], [0.61, 0.6]);
});
