import assert from "node:assert/strict";
import { test } from "node:test";
import type { LearnerMetrics } from "../../src/evaluation/metrics.ts";
import type { ReportData } from "../../src/report/data.ts";
import { verdict } from "../../src/report/verdict/verdict.ts";
import { emptyMetrics, emptyReport, goodReport, lifeReport, poorReport } from "./sample-reports.ts";

/** The good report with many failures and some figures of the model and the schedule changed. */
function report(
  model: Partial<LearnerMetrics>,
  schedule: Partial<LearnerMetrics> = {},
  more: Partial<ReportData> = {},
): ReportData {
  const good = goodReport();
  const many = { failures: 90, caught: 80, missed: 10, late: 0 };
  const [first, second] = good.learners;
  return {
    ...good,
    learners: [
      { ...first, ...many, ...schedule },
      { ...second, ...many, ...model },
    ],
    ...more,
  };
}

function words(data: ReportData): string {
  const { headline, sentences, caveats = [], details = [] } = verdict(data);
  return [`${headline}.`, ...sentences, ...caveats, ...details].join(" ");
}

test("caught, warning, false alarms and cost are said in words, with their intervals", () => {
  const { sentences } = verdict(goodReport());
  assert.equal(
    sentences.join(" "),
    "gbdt caught 8 of 9 failures (89 %; 95 % interval 56 % to 100 %), with a median warning of 17 h (6 h to 23 h). It missed 1 of them. " +
      "It raised 0.4 false alarms per machine-month (95 % interval 0.18 to 0.71; 10 in all). " +
      "It would have cost 19,400 (95 % interval 8,900 to 31,800) against 48,000 with the schedule and 90,000 with no model, in the unit of the costs given. " +
      "Compared machine by machine, it saves 28,600 (95 % interval 9,300 to 46,200).",
  );
});

test("a model clearly cheaper than the schedule on many failures is called good without a caveat", () => {
  const told = verdict(report({ partlyObserved: 0 }));
  assert.equal(told.tone, "good");
  assert.equal(told.headline, "Cheaper than the schedule");
  assert.deepEqual(told.caveats, []);
});

test("with fewer than 20 failures the same model is unproven and the width is named", () => {
  const told = verdict(goodReport());
  assert.equal(told.tone, "unproven");
  assert.equal(told.headline, "Cheaper than the schedule, but on few failures");
  assert.match(words(goodReport()), /With only 9 failures, the share caught may be anything from 56 % to 100 %/);
  assert.match(words(goodReport()), /2 more failures were observed only in part and count in no figure/);
});

test("20 failures are not few, 19 are", () => {
  assert.equal(verdict(report({ failures: 20, caught: 18, missed: 2 })).tone, "good");
  assert.equal(verdict(report({ failures: 19, caught: 17, missed: 2 })).tone, "unproven");
});

test("with fewer than 5 failures nothing is concluded", () => {
  const told = verdict(report({ failures: 2, caught: 2, missed: 0 }));
  assert.equal(told.tone, "unproven");
  assert.equal(told.headline, "Too few failures to judge by: 2");
});

test("cheaper is settled by what is saved machine by machine, even where the two costs' own intervals overlap", () => {
  const overlapping = report({ costInterval: [8_900, 44_000] });
  assert.equal(verdict(overlapping).tone, "good");
  assert.equal(verdict(overlapping).headline, "Cheaper than the schedule");
  assert.match(words(overlapping), /it saves 28,600 \(95 % interval 9,300 to 46,200\)/);
  assert.doesNotMatch(words(overlapping), /settle|overlap/);
});

test("where what is saved may be nothing, it is open which is cheaper, even where the two costs' own intervals keep apart", () => {
  const told = report({ costSavedInterval: [-2_100, 46_200] });
  assert.equal(verdict(told).tone, "unproven");
  assert.equal(verdict(told).headline, "Cheaper than the schedule, but not beyond doubt");
  assert.match(words(told), /may be anything from −2,100 to 46,200 \(95 % interval\): these data do not settle/);
  assert.doesNotMatch(words(told), /it saves/);
  assert.equal(verdict(report({ costSavedInterval: [0, 46_200] })).tone, "unproven");
});

test("a saving without an interval settles nothing", () => {
  const told = report({ costSavedInterval: null });
  assert.equal(verdict(told).tone, "unproven");
  assert.match(words(told), /not beyond doubt/);
  assert.match(words(told), /There is no interval of what is saved beside the schedule/);
});

test("a model dearer than the schedule is said to be worse", () => {
  const told = verdict(poorReport());
  assert.equal(told.tone, "poor");
  assert.equal(told.headline, "The schedule is cheaper");
  assert.match(
    words(poorReport()),
    /That is 151,200 more than the schedule \(95 % interval, compared machine by machine: 61,000 to 240,000\): as it stands/,
  );
  assert.deepEqual(told.caveats, []);
  assert.match(words(poorReport()), /warned of 6 too late \(less than 4 h ahead\) and missed 41 of them/);
  assert.match(words(poorReport()), /The data do not tell that apart from guessing/);
  assert.match(words(poorReport()), /The baseline does at least as well: schedule 0\.061/);
});

test("a model dearer than the schedule by chance, perhaps, is poor with that doubt", () => {
  const poor = poorReport();
  for (const costSavedInterval of [[-320_000, 20_000] as const, null]) {
    const data = { ...poor, learners: [poor.learners[0], { ...poor.learners[1], costSavedInterval }] };
    assert.equal(verdict(data).tone, "poor");
    assert.match(words(data), /That is 151,200 more than the schedule: as it stands/);
    assert.match(words(data), /these data do not settle which is cheaper/);
  }
});

test("a saving whose interval lies on the other side of nothing settles nothing", () => {
  assert.equal(verdict(report({ costSavedInterval: [-9_000, -100] })).tone, "unproven");
});

test("average precision stands beside the baseline's as figures only: overlapping intervals are no test", () => {
  const told = words(report({ averagePrecisionInterval: [0.09, 0.861] }));
  assert.match(told, /The baseline has 0\.061 \(0\.031 to 0\.112\)\./);
  assert.doesNotMatch(told, /ranks rows better|overlap/);
});

test("failures of which more than a tenth of the records were set aside are a caveat, a tenth is not", () => {
  const source = { name: "events.failures", read: 200, used: 179, quarantined: 21, reasons: [] };
  const told = verdict(report({}, {}, { sources: [source] }));
  assert.match(
    (told.caveats ?? []).join(" "),
    /21 of 200 records of events\.failures \(11 %\) were set aside, so the failures counted here may not be all there were/,
  );
  const few = { ...source, used: 180, quarantined: 20 };
  assert.doesNotMatch(words(report({}, {}, { sources: [few] })), /set aside/);
  assert.doesNotMatch(words(report({}, {}, { sources: [{ ...source, name: "events.errors" }] })), /set aside/);
  assert.doesNotMatch(words(report({}, {}, { sources: [{ ...source, read: 0, quarantined: 0 }] })), /set aside/);
});

test("failures that were set aside are named also where no model could be scored", () => {
  const data = {
    ...emptyReport(),
    learners: [{ ...emptyMetrics("gbdt"), skipped: "not enough failures" }],
    sources: [{ name: "events.failures", read: 10, used: 0, quarantined: 10, reasons: [] }],
    failuresSource: "events.failures",
  };
  assert.match(words(data), /10 of 10 records of events\.failures \(100 %\) were set aside/);
});

test("a model dearer than doing nothing is told not to be used", () => {
  const told = report({ cost: 95_000 });
  assert.equal(verdict(told).tone, "poor");
  assert.match(words(told), /It costs more than having no model\. .*should not be used/);
});

test("equal costs are called equal", () => {
  assert.equal(verdict(report({ cost: 48_000 })).headline, "It costs as much as the schedule");
});

test("without a schedule the cost stands beside having no model", () => {
  const clear = report({ costOfSchedule: null });
  assert.equal(verdict(clear).headline, "Cheaper than having no model");
  const unclear = report({ costOfSchedule: null, costInterval: [8_000, 99_000] });
  assert.equal(verdict(unclear).tone, "unproven");
  assert.match(words(unclear), /do not settle whether the model saves anything/);
});

test("without costs the verdict says that worth is unknown, never that it pays", () => {
  const told = report(
    { cost: null, costInterval: null, costOfSchedule: null, costWithoutModel: null },
    {},
    { costs: null },
  );
  assert.equal(verdict(told).tone, "unproven");
  assert.match(words(told), /It caught 80 of 90 failures; what that is worth is not known/);
  assert.match(words(told), /No costs were given/);
});

test("a model that caught nothing is poor whatever it costs", () => {
  const told = report({ caught: 0, missed: 90, warningMedian: null, warningShortest: null, warningLongest: null });
  assert.equal(verdict(told).tone, "poor");
  assert.match(words(told), /It caught none of 90 failures\. gbdt caught none of 90 failures\./);
});

test("no failure in the evaluated rows is nothing to judge by", () => {
  const told = report({ failures: 0, caught: 0, missed: 0 });
  assert.equal(verdict(told).tone, "unknown");
  assert.match(words(told), /No failure lies wholly in the evaluated rows, so nothing can be said about how many/);
  const none = report({ failures: 0, caught: 0, missed: 0, partlyObserved: 0 });
  assert.match(words(none), /No failure lies in the evaluated rows, so nothing can be said about how many/);
});

test("a single caught failure has a warning, not a median", () => {
  const told = words(report({ failures: 2, caught: 1, warningMedian: 17, warningShortest: 17, warningLongest: 17 }));
  assert.match(told, /caught 1 of 2 failures .*with 17 h of warning\./);
  assert.doesNotMatch(told, /median/);
});

test("no false alarm is said with the time observed", () => {
  const told = words(report({ falseAlarms: 0, falseAlarmsPerMachineMonth: 0 }));
  assert.match(told, /It raised no false alarm in 25\.0 machine-months\./);
});

test("planner's figures that are not defined leave the figures over rows", () => {
  const told = report({ failures: null, caught: null });
  assert.equal(verdict(told).tone, "unproven");
  assert.match(words(told), /Failures caught and false alarms were not counted\. .*average precision is 0\.713/);
});

test("a learner that was not scored is named with its reason", () => {
  const data = { ...emptyReport(), learners: [{ ...emptyMetrics("gbdt"), skipped: "not enough failures" }] };
  assert.equal(words(data), "No learned model could be scored. gbdt: not enough failures. No figure can be given.");
});

test("when only a baseline was scored the verdict is not about it", () => {
  const [schedule] = goodReport().learners;
  const data = {
    ...goodReport(),
    learners: [schedule, { ...emptyMetrics("gbdt"), skipped: "not enough failures" }],
    best: "schedule",
  };
  assert.match(
    words(data),
    /No learned model could be scored\. gbdt: not enough failures\. .*those of the baseline alone/,
  );
});

test("remaining life is judged by its error beside the baseline's", () => {
  const told = verdict(lifeReport());
  assert.equal(told.tone, "good");
  assert.match(
    words(lifeReport()),
    /RMSE of 12\.6 cycles \(95 % interval 10\.5 to 14\.6\) over 2,400 rows of 100 machines; the mean absolute error is 9\.11 cycles/,
  );
  assert.match(words(lifeReport()), /The baseline schedule has 39\.8 \(36\.1 to 43\.0\)/);
});

test("a remaining life no better than the baseline, in doubt, on few machines, or without one says so", () => {
  const data = lifeReport();
  const withRmse = (rmse: number, rmseInterval: [number, number]) => ({
    ...data,
    learners: [{ ...data.learners[0], rmse, rmseInterval }, data.learners[1]],
  });
  assert.equal(verdict(withRmse(41, [38, 44])).headline, "No better than the baseline");
  assert.equal(verdict(withRmse(37, [34, 40])).headline, "Better than the baseline, but not beyond doubt");
  assert.match(words(withRmse(37, [34, 40])), /intervals overlap, which leaves open which is better/);
  const few = { ...data, evaluated: { ...data.evaluated, machines: 4 } };
  assert.equal(verdict(few).headline, "Better than the baseline, but on few machines");
  assert.match(
    words({ ...data, learners: [data.learners[0]] }),
    /It is off by 12\.6 cycles \(RMSE\)\. .*No baseline was scored/,
  );
  assert.equal(verdict({ ...data, learners: [{ ...data.learners[0], rmse: null }] }).tone, "unknown");
});
