import assert from "node:assert/strict";
import { test } from "node:test";
import {
  count,
  figure,
  instant,
  interval,
  percent,
  plural,
  rate,
  shorten,
  span,
  unbroken,
  withInterval,
} from "../../src/report/format.ts";

test("counts part thousands by commas and round to whole", () => {
  assert.equal(count(0), "0");
  assert.equal(count(999), "999");
  assert.equal(count(12_400), "12,400");
  assert.equal(count(1_234_567.6), "1,234,568");
  assert.equal(count(-1_500), "−1,500");
  assert.equal(count(-0.2), "0");
});

test("a figure that is null, undefined or not finite is not defined", () => {
  for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    for (const text of [
      count(nothing),
      figure(nothing),
      rate(nothing),
      percent(nothing),
      span(nothing, "timestamp"),
      instant(nothing, "timestamp"),
      withInterval(nothing, [0, 1], figure),
    ])
      assert.equal(text, "not defined");
});

test("figures keep two or three significant digits", () => {
  assert.equal(figure(0.6124), "0.612");
  assert.equal(figure(0.9999), "1.00");
  assert.equal(figure(12.61), "12.6");
  assert.equal(figure(5312.4), "5,312");
  assert.equal(figure(0.00541), "0.0054");
  assert.equal(figure(0.000001), "< 0.0001");
  assert.equal(figure(-1.842), "−1.84");
  assert.equal(figure(0), "0");
});

test("a share that is neither none nor all is never rounded to either", () => {
  assert.equal(percent(0), "0 %");
  assert.equal(percent(1), "100 %");
  assert.equal(percent(8 / 9), "89 %");
  assert.equal(percent(0.0004), "< 0.1 %");
  assert.equal(percent(0.9996), "> 99.9 %");
  assert.equal(percent(0.996), "99.6 %");
});

test("rates keep a digit that means something", () => {
  assert.equal(rate(0.4005), "0.4");
  assert.equal(rate(2.163), "2.2");
  assert.equal(rate(0.0312), "0.031");
  assert.equal(rate(0), "0");
  assert.equal(rate(0.0001), "< 0.001");
});

test("spans carry their unit and change it where it reads better", () => {
  assert.equal(span(17, "timestamp"), "17 h");
  assert.equal(span(9.5, "timestamp"), "9.5 h");
  assert.equal(span(0.5, "timestamp"), "30 min");
  assert.equal(span(0, "timestamp"), "0 h");
  assert.equal(span(72, "timestamp"), "72 h");
  assert.equal(span(240, "timestamp"), "10 d");
  assert.equal(span(1, "cycles"), "1 cycle");
  assert.equal(span(125, "cycles"), "125 cycles");
});

test("instants are UTC, to the minute unless seconds count", () => {
  const six = Date.UTC(2015, 2, 1, 6) * 1000;
  assert.equal(instant(six, "timestamp"), "2015-03-01 06:00 UTC");
  assert.equal(instant(six + 30_000_000, "timestamp"), "2015-03-01 06:00:30 UTC");
  assert.equal(instant(1_200, "cycles"), "cycle 1,200");
  assert.equal(instant(9e18, "timestamp"), "not defined");
});

test("intervals read as words and say when there is none", () => {
  assert.equal(interval([0.52, 0.7], figure), "0.520 to 0.700");
  assert.equal(interval(null, figure), null);
  assert.equal(interval([Number.NaN, 1], figure), null);
  assert.equal(withInterval(0.61, null, figure), "0.610 (no interval)");
  assert.equal(withInterval(12.6, [10.5, 14.6], figure), "12.6 (10.5 to 14.6)");
});

test("a long name keeps both its ends, and no character is cut in two", () => {
  assert.equal(shorten("short", 9), "short");
  assert.equal(shorten("abcdefghijkl", 7), "abc…jkl");
  assert.equal([...shorten("😀".repeat(20), 5)].length, 5);
  assert.ok(shorten("😀".repeat(20), 5).isWellFormed());
});

test("one failure, two failures; a number stays on the line of its unit", () => {
  assert.equal(plural(1, "failure"), "1 failure");
  assert.equal(plural(2, "failure"), "2 failures");
  assert.equal(unbroken("17 h of 100 %, 3 dogs"), "17\u00a0h of 100\u00a0%, 3 dogs");
});
