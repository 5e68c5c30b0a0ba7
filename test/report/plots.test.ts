import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { thin } from "../../src/report/plots/thin.ts";
import { niceStep, ticks, tickText } from "../../src/report/plots/ticks.ts";
import { wilson } from "../../src/report/plots/wilson.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { parse } from "./page-text.ts";
import { goodReport } from "./sample-reports.ts";

test("ticks are round, inside the range, and read without stray digits", () => {
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-40, 40, 5), [-40, -20, 0, 20, 40]);
  assert.deepEqual(ticks(0, 0.05, 5), [0, 0.01, 0.02, 0.03, 0.04, 0.05]);
  assert.deepEqual(ticks(3, 3, 5), [3]);
  assert.deepEqual(ticks(0, 0.6, 4).map(tickText), ["0", "0.2", "0.4", "0.6"]);
  assert.equal(tickText(-20_000), "−20,000");
});

test("a nice step is 1, 2 or 5 times a power of ten and not below what was asked", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), (wanted) => {
      const step = niceStep(wanted);
      assert.ok(step >= wanted * 0.999999 && step <= wanted * 2.500001, `${wanted} gave ${step}`);
      assert.match(step.toExponential(6), /^[125]\.000000e/);
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("thinning keeps both ends, the lowest and the highest, and their order", () => {
  const heights = Array.from({ length: 5_000 }, (_, i) => ({ i, y: (i * 7919) % 4999 }));
  heights[3_333].y = 9_999;
  heights[1_234].y = -1;
  const kept = thin(heights, 100, (point) => point.y);
  assert.ok(kept.length <= 100);
  assert.equal(kept[0], heights[0]);
  assert.equal(kept[kept.length - 1], heights[4_999]);
  assert.ok(kept.includes(heights[3_333]) && kept.includes(heights[1_234]));
  assert.deepEqual(
    kept.map(({ i }) => i),
    kept.map(({ i }) => i).sort((a, b) => a - b),
  );
  assert.deepEqual(
    thin(heights.slice(0, 7), 100, (point) => point.y),
    heights.slice(0, 7),
  );
});

test("a timeline breaks where the machine was not observed", () => {
  const data = goodReport();
  const failure = data.failures[0];
  const gap = failure.points.filter((_, i) => i < 20 || i > 30);
  const lines = (points: typeof gap) => {
    const page = renderReport({ ...data, failures: [{ ...failure, points }] });
    const paths = [...parse(page).querySelectorAll(".panels path")].map((path) => path.getAttribute("d") ?? "");
    const longest = paths.sort((a, b) => b.length - a.length)[0];
    return longest.split("M").length - 1;
  };
  assert.equal(lines([...failure.points]), 1);
  assert.equal(lines(gap), 2);
});

test("a warning of a whole horizon stands in the last bar, not beyond it", () => {
  const data = goodReport();
  const curves = data.curves.map((curve) => ({ ...curve, warnings: [24, 24, 1] }));
  const document = parse(renderReport({ ...data, curves }));
  const figure = [...document.querySelectorAll("figure")].find(
    (element) => element.querySelector("h3")?.textContent === "Warning time",
  );
  const bars = [...(figure?.querySelectorAll("rect") ?? [])];
  assert.equal(bars.length, 2);
});

test("curves of a learner that is unknown or empty draw nothing and break nothing", () => {
  const data = goodReport();
  const none = { precisionRecall: [], calibration: [], plan: [], warnings: [], importance: [], life: [] };
  const page = renderReport({
    ...data,
    curves: [
      { learner: "nobody", ...none },
      { learner: "gbdt", ...none },
    ],
  });
  assert.equal(parse(page).querySelectorAll("#curves svg.plot").length, 0);
});

test("Wilson's interval of a share is as in the tables, and stays within 0 and 1", () => {
  const near = ([low, high]: readonly number[], expected: readonly number[]) => {
    assert.ok(Math.abs(low - expected[0]) < 5e-5 && Math.abs(high - expected[1]) < 5e-5, `${low} to ${high}`);
  };
  near(wilson(0, 10), [0, 0.2775]);
  near(wilson(0.5, 10), [0.2366, 0.7634]);
  near(wilson(0.81, 263), [0.7583, 0.8528]);
  near(wilson(1, 0.5), [0.1152, 1]);
});

test("calibration has a bar a dot where failures were counted, and none where they were not", () => {
  const data = goodReport();
  const figureOf = (failures: number | null) => {
    const learners = data.learners.map((learner) => ({ ...learner, failures }));
    const figures = [...parse(renderReport({ ...data, learners })).querySelectorAll("#curves figure")];
    const figure = figures.find((element) => element.querySelector("h3")?.textContent === "Calibration");
    const bars = [...(figure?.querySelectorAll("g[stroke-opacity] line") ?? [])];
    return { bars: bars.length, text: figure?.querySelector("figcaption")?.textContent ?? "" };
  };
  assert.equal(figureOf(9).bars, 9);
  assert.match(figureOf(9).text, /Bars are 95/);
  assert.equal(figureOf(null).bars, 0);
  assert.doesNotMatch(figureOf(null).text, /Bars/);
});
