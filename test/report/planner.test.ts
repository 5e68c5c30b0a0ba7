import assert from "node:assert/strict";
import { test } from "node:test";
import { parseInstant } from "../../src/core/time.ts";
import { NEVER } from "../../src/evaluation/candidate-thresholds.ts";
import type { FoldMetrics } from "../../src/evaluation/metrics.ts";
import type { ReportData } from "../../src/report/data.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { parse, plain, textOf } from "./page-text.ts";
import { goodReport, lifeReport } from "./sample-reports.ts";

/** The good report with these folds, made of its first. */
function withFolds(...folds: Partial<FoldMetrics>[]): ReportData {
  const data = goodReport();
  const [first] = data.learners[1].folds;
  const learners = data.learners.map((learner) => ({
    ...learner,
    folds: folds.map((fold) => ({ ...first, ...fold })),
  }));
  return { ...data, learners };
}

test("the threshold is told as a probability", () => {
  assert.match(
    textOf(renderReport(withFolds({ threshold: -0.2906 })), "#planner"),
    /gbdt raises an alarm when the probability it gives that the machine fails within 24 h reaches 43 %; that threshold was chosen on training rows\./,
  );
});

test("thresholds that differ by fold are told as a range, skipped folds left out, and a fold that never alarms named", () => {
  const planner = (...folds: Partial<FoldMetrics>[]) => textOf(renderReport(withFolds(...folds)), "#planner");
  assert.match(
    planner({ threshold: 0 }, { threshold: -2 }, { threshold: 5, skipped: "no failure in training" }),
    /reaches 12 % to 50 % \(it differs by fold\)/,
  );
  assert.match(planner({ threshold: 0 }, { threshold: NEVER }), /reaches 50 %; .* In some folds it never does\./);
  assert.match(planner({ threshold: NEVER }), /gbdt raises no alarm: on the training rows none was worth raising\./);
  assert.doesNotMatch(planner({ threshold: null }), /raises/);
});

test("a baseline's score is no probability, so its threshold is not told as one", () => {
  const page = renderReport({ ...withFolds({ threshold: 1 }), best: "schedule" });
  assert.doesNotMatch(textOf(page, "#planner"), /probability/);
});

test("failures are told by component, most failures first, where there are several", () => {
  const page = renderReport(goodReport());
  const table = [...parse(page).querySelectorAll("#planner table")].at(-1);
  assert.deepEqual(
    [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) =>
      [...row.querySelectorAll("th, td")].map((cell) => plain(cell.textContent ?? "")),
    ),
    // The eleven failures alternate; the last two are partly observed, the fifth was missed.
    [
      ["bearing", "4 of 5 (80 %)", "0", "1", "1"],
      ["pump", "4 of 4 (100 %)", "0", "0", "1"],
    ],
  );
  const one = {
    ...goodReport(),
    failures: goodReport().failures.map((failure) => ({ ...failure, component: "pump" })),
  };
  assert.equal(parse(renderReport(one)).querySelectorAll("#planner table").length, 1);
});

test("of more than twenty components the rest are told together", () => {
  const data = goodReport();
  const failures = Array.from({ length: 25 }, (_, i) => ({ ...data.failures[0], component: `part-${i + 10}` }));
  const table = [...parse(renderReport({ ...data, failures })).querySelectorAll("#planner table")].at(-1);
  const rows = [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) => plain(row.textContent ?? ""));
  assert.equal(rows.length, 21);
  assert.match(rows[20], /^5 others5 of 5/);
});

test("a component of which every failure was only partly observed has no share", () => {
  const data = goodReport();
  const failures = data.failures.map((failure) => ({
    ...failure,
    component: failure.outcome === "partly observed" ? "gear" : "pump",
  }));
  const table = [...parse(renderReport({ ...data, failures })).querySelectorAll("#planner table")].at(-1);
  assert.match(plain(table?.querySelectorAll("tbody tr")[1].textContent ?? ""), /^gear–002$/);
});

test("the header says why evaluation begins after the split", () => {
  const page = renderReport({ ...goodReport(), splitAt: parseInstant("2015-02-27", "timestamp") });
  assert.match(
    textOf(page, "header"),
    /Split at 2015-02-27 00:00 UTC\. The 48 h after it are left out: the labels of the last training rows reach into them\./,
  );
});

test("where the split is not one by time, or nothing is left out, the header says nothing of a gap", () => {
  const splitAt = goodReport().evaluated.from;
  for (const data of [goodReport(), { ...goodReport(), splitAt }, lifeReport()]) {
    assert.doesNotMatch(textOf(renderReport(data), "header"), /Split at/);
  }
});
