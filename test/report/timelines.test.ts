import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import type { Alarm } from "../../src/evaluation/metrics.ts";
import type { FailureTimeline, ReportData } from "../../src/report/data.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { parse, plain, textOf } from "./page-text.ts";
import { goodReport, poorReport } from "./sample-reports.ts";

test("the first 24 failures are open, the others folded away below them", () => {
  const page = renderReport(poorReport());
  const document = parse(page);
  assert.ok(Buffer.byteLength(page) < 1_000_000);
  assert.equal(document.querySelectorAll("#failures > .panels > li").length, 24);
  assert.equal(document.querySelectorAll("#failures > details > .panels > li").length, 37);
  assert.equal(document.querySelectorAll("details[open]").length, 0);
  assert.match(
    textOf(page, "#failures"),
    /24 of 61 failures are shown \(10 of 43 missed, 2 of 6 late, 12 of 12 caught\); 37 more can be unfolded below them\./,
  );
  assert.match(textOf(page, "#failures"), / 37 more failures /);
});

test("the file stays below 1 MB, and it is said how many failures are left out for it", () => {
  const data = poorReport();
  const failures = Array.from({ length: 10 }, () => data.failures).flat();
  const page = renderReport({ ...data, failures });
  assert.ok(Buffer.byteLength(page) < 1_000_000);
  assert.ok(Buffer.byteLength(page) > 980_000, `only ${Buffer.byteLength(page)} bytes used`);
  const folded = parse(page).querySelectorAll("#failures > details > .panels > li").length;
  assert.ok(
    textOf(page, "#failures").includes(
      `${folded} more can be unfolded below them, ${610 - 24 - folded} are left out to keep this file below 1 MB.`,
    ),
  );
});

test("24 failures are all open, and nothing is folded", () => {
  const data = poorReport();
  const page = renderReport({ ...data, failures: data.failures.slice(0, 24) });
  assert.match(textOf(page, "#failures"), /All 24 failures are shown\./);
  assert.doesNotMatch(textOf(page, "#failures"), /unfolded|more failures/);
});

test("the rule of alarms is told in plain words with the horizon and the lead time", () => {
  const text = textOf(renderReport(goodReport()), "#failures details");
  assert.match(text, /^When an alarm is raised, and how it is counted An alarm is raised when the score of a machine/);
  assert.match(text, /It stays open for 24 h, or until the machine fails or a component is replaced as planned\./);
  assert.match(text, /is raised again and counted again/);
  assert.match(text, /Caught a failure before which an alarm was raised at most 24 h and at least 4 h ahead\./);
  assert.match(text, /Late a failure with an alarm only in its last 4 h/);
  assert.match(text, /False alarm an alarm after which no failure came within 24 h, even if one came later\./);
  assert.match(text, /Ended by planned work .* Partly observed /);
  const noLead = textOf(renderReport({ ...goodReport(), leadTime: null }), "#failures details");
  assert.match(noLead, /at most 24 h ahead\. Late .* no lead time was asked for/);
});

const [example] = goodReport().failures;
const TIME = example.time;

function failed(
  alarms: readonly [hoursBefore: number, verdict: Alarm["verdict"]][],
  more: Partial<FailureTimeline> = {},
): FailureTimeline {
  const raised = alarms.map(([before, verdict]) => ({
    raisedAt: TIME - before * MICROS_PER_HOUR,
    closedAt: TIME - Math.max(0, before - 24) * MICROS_PER_HOUR,
    verdict,
  }));
  return { ...example, time: TIME, outcome: "late", warning: 2, ...more, alarms: raised };
}

/** The last panel of a report with these failures, and the sentence on all of them. */
function noteOf(...failures: FailureTimeline[]): { note: string; page: string } {
  const data: ReportData = { ...goodReport(), failures };
  const page = renderReport(data);
  const panels = [...parse(page).querySelectorAll(".panels > li")];
  const notes = [...panels[panels.length - 1].querySelectorAll("p.when")];
  return { note: plain(notes[1]?.textContent ?? ""), page };
}

test("a failure whose score was high long before is said to have been warned of before the horizon", () => {
  const { note, page } = noteOf(
    failed([
      [47, "false"],
      [25, "false"],
      [2, "late"],
    ]),
  );
  assert.equal(note, "warned 47 h ahead, before the horizon: a false alarm by the rule");
  assert.match(textOf(page, "#failures"), /Of the 1 late or missed failure, 1 had an alarm before the horizon began/);
});

test("an alarm more than two horizons before, one ended by planned work, or none, is no early warning", () => {
  assert.equal(noteOf(failed([[49, "false"]])).note, "");
  assert.equal(noteOf(failed([[40, "planned"]])).note, "");
  assert.equal(noteOf(failed([])).note, "");
  assert.doesNotMatch(textOf(noteOf(failed([])).page, "#failures"), /before the horizon began/);
});

test("an alarm before the machine's earlier failure is no early warning of this one", () => {
  const earlier = { ...failed([], { outcome: "missed", warning: null }), time: TIME - 30 * MICROS_PER_HOUR };
  assert.equal(noteOf(earlier, failed([[40, "false"]])).note, "");
  const elsewhere = { ...earlier, machine: example.machine + 1 };
  assert.match(noteOf(elsewhere, failed([[40, "false"]])).note, /^warned 40 h ahead/);
});

test("the early warning changes no figure", () => {
  const early = renderReport({ ...goodReport(), failures: [failed([[40, "false"]])] });
  const none = renderReport({ ...goodReport(), failures: [failed([])] });
  for (const part of [".cards", "#planner", "#verdict"]) assert.equal(textOf(early, part), textOf(none, part));
});
