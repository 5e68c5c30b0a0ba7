import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { LearnerMetrics } from "../../src/evaluation/metrics.ts";
import type { ReportData } from "../../src/report/data.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { parse, plain, textOf } from "./page-text.ts";
import { emptyMetrics, emptyReport, goodReport, lifeReport, multiclassReport, poorReport } from "./sample-reports.ts";

const all: Record<string, () => ReportData> = {
  good: goodReport,
  poor: poorReport,
  life: lifeReport,
  multiclass: multiclassReport,
  empty: emptyReport,
};

test("the same data give the same bytes, also through JSON", () => {
  for (const make of Object.values(all)) {
    const once = renderReport(make());
    assert.equal(renderReport(make()), once);
    assert.equal(renderReport(JSON.parse(JSON.stringify(make()))), once);
  }
});

test("another process in another time zone and language gives the same bytes", () => {
  const script = `
    const { goodReport } = await import("./sample-reports.ts");
    const { renderReport } = await import("../../src/report/render-report.ts");
    process.stdout.write(renderReport(goodReport()));`;
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const env = { ...process.env, TZ: "Pacific/Auckland", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };
  const page = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd,
    env,
    encoding: "utf8",
  });
  assert.equal(page, renderReport(goodReport()));
});

test("nothing is fetched: no address, no script, and a policy that allows only the one style sheet", () => {
  for (const make of Object.values(all)) {
    const page = renderReport(make());
    assert.doesNotMatch(page, /https?:|\/\/[a-z]|@import|url\(/i);
    const document = parse(page);
    assert.equal(document.querySelectorAll("script, link, img, iframe, object, embed, base, form").length, 0);
    for (const element of document.querySelectorAll("*"))
      for (const { name, value } of element.attributes) {
        assert.ok(!/^on|^style$|^src$/.test(name), `${name}="${value}"`);
        if (name.endsWith("href")) assert.match(value, /^#[a-z]+$/);
      }
    const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content") ?? "";
    const css = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    assert.equal(
      policy,
      `default-src 'none'; style-src 'sha256-${createHash("sha256").update(css).digest("base64")}'; base-uri 'none'; form-action 'none'`,
    );
    assert.equal(page.match(/<style/g)?.length, 1);
  }
});

test("hostile names are text wherever they appear", () => {
  const name = `<script>alert(1)</script>"'><img src=x onerror=alert(2)></title></style>\u202e\u0000&amp;\ud800`;
  const good = goodReport();
  const learners = multiclassReport().learners.map((learner) => ({
    ...learner,
    learner: `${name}${learner.learner}`,
    classes: [name, "b", "c", "d", "e"],
    f1: { [name]: 0.5 },
    folds: learner.folds.map((fold) => ({ ...fold, name, skipped: name })),
  }));
  const page = renderReport({
    ...good,
    pipeline: name,
    task: { kind: "multiclass", classes: [name, "b", "c", "d", "e"] },
    machines: good.machines.map(() => name),
    learners: [...learners, { ...emptyMetrics(`${name}x`), skipped: name }],
    best: `${name}gbdt`,
    curves: good.curves.map((curve) => ({
      ...curve,
      learner: `${name}${curve.learner}`,
      importance: [{ feature: name, gain: 1 }],
    })),
    failures: good.failures.map((failure) => ({ ...failure, component: name })),
    published: { model: name, version: 1, aliases: [name], refitted: false },
    notPublished: name,
    sources: [{ name, read: 1, used: 0, quarantined: 1, reasons: [{ reason: name, rows: 1 }] }],
    gates: [{ gate: name, verdict: "passed", detail: name }],
    planId: name,
    packageVersion: name,
  });
  assert.doesNotMatch(page, /<script|<img|\u202e/);
  assert.ok(page.isWellFormed() && !page.includes("\0"));
  const document = parse(page);
  assert.equal(document.querySelectorAll("script, img").length, 0);
  for (const element of document.querySelectorAll("*"))
    for (const { name: attribute } of element.attributes) assert.doesNotMatch(attribute, /^on/);
  assert.match(document.querySelector("h1")?.textContent ?? "", /^<script>alert\(1\)<\/script>"'><img/);
});

test("a figure that is null or no number is never shown as NaN, undefined, null or Infinity", () => {
  const figures = Object.keys(emptyMetrics("x")).filter(
    (key) => !["learner", "baseline", "folds", "rows"].includes(key),
  );
  const nothing = fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY);
  const figureChanges = fc.dictionary(fc.constantFrom(...figures), nothing);
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(all)), figureChanges, figureChanges, (make, a, b) => {
      const data = make();
      // Only scalars become NaN: an interval or a table that is undefined is null.
      const change = (learner: LearnerMetrics, changes: Record<string, number | null>) => ({
        ...learner,
        ...Object.fromEntries(
          Object.entries(changes).map(([key, value]) => [
            key,
            typeof learner[key as keyof LearnerMetrics] === "number" ? value : null,
          ]),
        ),
      });
      const page = renderReport({
        ...data,
        learners: data.learners.map((learner, i) => change(learner, i === 0 ? a : b)),
      });
      assert.doesNotMatch(
        page.replace(/<style>[\s\S]*<\/style>/, ""),
        /\bNaN\b|\bundefined\b|\bnull\b|Infinity|\[object/,
      );
    }),
    { seed: 4, numRuns: 40 },
  );
});

test("a report of which nothing is defined still says so in every place", () => {
  const data = { ...emptyReport(), learners: [emptyMetrics("gbdt"), emptyMetrics("schedule", true)], best: "gbdt" };
  const page = renderReport(data);
  assert.match(textOf(page, "#verdict"), /Failures caught and false alarms were not counted/);
  assert.equal(
    textOf(page, "#planner tbody tr"),
    "gbdt the model not defined not defined not defined not defined not defined not defined not defined",
  );
  assert.match(
    textOf(page, "#curves"),
    /Not defined on these data: caught against false alarms, warning time, precision and recall, calibration, importance\./,
  );
  assert.match(textOf(page, "#data"), /Features not defined/);
});

test("long series are thinned, so that a minute's telemetry makes no heavier file", () => {
  const data = poorReport();
  const failures = data.failures.slice(0, 24).map((failure) => ({
    ...failure,
    points: Array.from({ length: 4_320 }, (_, i) => ({
      cutoff: failure.time - (4_320 - i) * 60_000_000,
      score: ((i * 7919) % 1000) / 1000,
    })),
  }));
  const life = {
    ...lifeReport(),
    curves: lifeReport().curves.map((curve) => ({
      ...curve,
      life: Array.from({ length: 50_000 }, (_, i) => ({ actual: i % 125, predicted: (i * 31) % 125 })),
    })),
  };
  assert.ok(renderReport({ ...data, failures }).length < 400_000);
  assert.ok(renderReport(life).length < 400_000);
});

test("the header says what is predicted, on what it was evaluated and what was published", () => {
  assert.equal(
    textOf(renderReport(goodReport()), "header"),
    "Evaluation report press-line Predicts fails within 24 h a warning less than 4 h ahead is late " +
      "Evaluated on 2015-03-01 00:00 UTC to 2015-04-05 00:00 UTC Machines evaluated 40 of 40 " +
      "Published press-line version 3 (candidate) refitted on all known rows; the figures here are those of the folds’ models",
  );
  assert.match(textOf(renderReport(poorReport()), "header"), /no version : the gate .* refused it/);
  assert.match(
    textOf(renderReport(lifeReport()), "header"),
    /remaining life in cycles, up to 125 cycles Evaluated on cycle 31 to cycle 303/,
  );
});

test("the cards give each figure with its interval and its N", () => {
  assert.equal(
    textOf(renderReport(goodReport()), ".cards"),
    "Failures caught 8 of 9 95 % interval 56 % to 100 % 89 %; 0 late, 1 missed " +
      "Warning, median 17 h 6 h to 23 h N: 8 caught failures " +
      "False alarms 0.4 per machine-month 95 % interval 0.18 to 0.71 10 of 19 alarms in 25.0 machine-months " +
      "Cost 19,400 95 % interval 8,900 to 31,800 schedule: 48,000 no model: 90,000 " +
      "in the unit of the costs given (missed 10,000, false alarm 300, planned 800)",
  );
});

test("the planner's table has the model first, then the schedule, then no model", () => {
  const rows = [...parse(renderReport(goodReport())).querySelectorAll("#planner tbody tr")].map((row) =>
    plain(row.textContent ?? ""),
  );
  assert.deepEqual(rows.slice(0, 3), [
    "gbdt the model8 of 9 89 % (56 % to 100 %)01217 h 6 h to 23 h0.4 0.18 to 0.71 10 of 19 alarms19,400 8,900 to 31,800",
    "schedule baseline3 of 9 33 % (0 % to 67 %)15211 h 5 h to 22 h2.2 1.7 to 2.6 54 of 60 alarms48,000 40,000 to 57,000",
    "no model0 of 9092none090,000",
  ]);
});

test("each failure names its machine, component, instant and outcome", () => {
  const page = renderReport(goodReport());
  const panels = [...parse(page).querySelectorAll(".panels > li")];
  assert.equal(panels.length, 11);
  // The missed one comes first.
  assert.match(plain(panels[0].textContent ?? ""), /^press-05 bearing missed2015-03-/);
  assert.match(
    panels[0].querySelector("svg")?.getAttribute("aria-label") ?? "",
    /^Score of press-05 before the failure, bearing at 2015-03-.* UTC: missed\. No alarm\.$/,
  );
  assert.match(textOf(page, "#failures"), /All 11 failures are shown\. The line is the score of gbdt/);
});

test("each task has the plots that mean something for it", () => {
  const headings = (data: ReportData) =>
    [...parse(renderReport(data)).querySelectorAll("#curves h3")].map((heading) => heading.textContent);
  const binary = ["Caught against false alarms", "Warning time", "Precision and recall", "Calibration"];
  assert.deepEqual(headings(goodReport()), [...binary, "What the model looks at"]);
  assert.deepEqual(headings(multiclassReport()), [
    ...binary,
    "What was decided for what happened",
    "What the model looks at",
  ]);
  assert.deepEqual(headings(lifeReport()), [
    "Predicted against true life",
    "Error by remaining life",
    "What the model looks at",
  ]);
});

test("the plots' captions give their figures and their N", () => {
  const captions = [...parse(renderReport(goodReport())).querySelectorAll("figcaption")].map((caption) =>
    plain(caption.textContent ?? ""),
  );
  assert.match(captions[0], /gbdt 8 of 9 at 0\.4, schedule 3 of 9 at 2\.2.* N: 9 failures\./);
  assert.match(
    captions[1],
    /The dashed line is the warning asked for, 4 h\. N: 8 failures caught by gbdt, median 17 h\./,
  );
  assert.match(
    captions[2],
    /1\.2 %\. Average precision: gbdt 0\.713 \(0\.524 to 0\.861\), schedule 0\.061 \(0\.031 to 0\.112\)\. N: 18,240 rows, 214 of them failing\./,
  );
  assert.match(
    captions[3],
    /^Each dot stands for rows of like probability, among which about 67 were predicted to fail: 88 to 16,900 rows a dot, 18,240 in all \(gbdt\)\./,
  );
  // 214 failing rows of 11 failures.
  assert.match(captions[3], /rows before one failure rise and fall together, 19 rows count as one\.$/);
});

test("figures over rows and folds, with the reason of a skipped fold", () => {
  const page = renderReport(goodReport());
  assert.match(
    textOf(page, "#rows"),
    /gbdt the model 18,240 214 fail \(1\.2 %\) 0\.713 0\.524 to 0\.861 0\.987 0\.962 to 0\.996 0\.021 0\.0054 healthy 0\.996 fails 0\.688 0\.842/,
  );
  assert.match(textOf(page, "#rows"), /2015-02-22 to 2015-03-08 gbdt 0 0 – – – no failure in training/);
  assert.match(textOf(renderReport(lifeReport()), "#rows"), /gbdt the model 2,400 12\.6 10\.5 to 14\.6 9\.11 5,312/);
  assert.match(textOf(renderReport(poorReport()), "#rows"), /gbdt-large another model not scored: not enough failures/);
});

test("a fold is named to the minute, and one in which no alarm pays has no threshold to show", () => {
  const report = goodReport();
  const [learner] = report.learners;
  const fold = {
    ...learner.folds[0],
    name: "2015-02-22T00:00:00Z to 2015-03-08T06:00:00Z",
    skipped: undefined,
    threshold: Number.MAX_VALUE,
  };
  const text = textOf(renderReport({ ...report, learners: [{ ...learner, folds: [fold] }] }), "#rows");
  assert.match(text, /2015-02-22 to 2015-03-08 06:00 schedule [\d,]+ [\d,]+ never /);
  assert.doesNotMatch(text, /Skipped because/);
});

test("the NASA score is shown for cycles only", () => {
  const report = lifeReport();
  assert.match(textOf(renderReport({ ...report, time: "cycles" }), "#rows"), /NASA/);
  assert.doesNotMatch(textOf(renderReport({ ...report, time: "timestamp" }), "#rows"), /NASA/);
});

test("the confusion matrix gives counts and the share of each true class", () => {
  const rows = [...parse(renderReport(multiclassReport())).querySelectorAll(".confusion tbody tr")].map((row) =>
    plain(row.textContent ?? ""),
  );
  assert.equal(rows[1], "comp112 16 %61 82 %1 1.4 %0 0 %0 0 %74");
});

test("data and provenance: sources, quarantine, gates, plan, version, seed", () => {
  const text = textOf(renderReport(goodReport()), "#data");
  assert.match(text, /telemetry 876,100 875,940 160 duplicate machine and time: 120; not a number: rotate: 40/);
  assert.match(text, /notWorseThan\("production"\) insufficient 3 failures later/);
  assert.match(
    text,
    /Trained rows 91,391 Evaluated rows 18,240 Censored rows 2,412 .* Features 48 Seed 1 forewarn 0\.1\.0 Plan 9f2c7be1/,
  );
});

test("every table has a caption, every section a heading, every plot a description", () => {
  for (const make of Object.values(all)) {
    const document = parse(renderReport(make()));
    assert.equal(document.querySelectorAll("h1").length, 1);
    for (const table of document.querySelectorAll("table"))
      assert.ok((table.querySelector("caption")?.textContent ?? "").length > 10);
    for (const section of document.querySelectorAll("section")) {
      const heading = document.getElementById(section.getAttribute("aria-labelledby") ?? "");
      assert.equal(heading?.nodeName.toLowerCase(), "h2");
    }
    for (const plot of document.querySelectorAll("svg.plot")) {
      assert.equal(plot.getAttribute("role"), "img");
      assert.ok((plot.getAttribute("aria-label") ?? "").length > 20);
      assert.ok((plot.querySelector("title")?.textContent ?? "").length > 5);
    }
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.getAttribute("id"));
    assert.equal(new Set(ids).size, ids.length);
    for (const link of document.querySelectorAll("nav a"))
      assert.ok(ids.includes((link.getAttribute("href") ?? "").slice(1)));
  }
});
