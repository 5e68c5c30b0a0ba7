import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { durationLength, durationName, instantName, MICROS_PER_HOUR, parseInstant } from "../../src/core/time.ts";

test("a day is 24 hours, whatever the calendar does", () => {
  assert.equal(durationLength("1d", "timestamp"), 24 * MICROS_PER_HOUR);
  const day = parseInstant("2015-03-29", "timestamp");
  assert.equal(parseInstant("2015-03-30", "timestamp") - day, durationLength("1d", "timestamp"));
});

test("a length is named in the largest whole unit, cycles as 5c", () => {
  const names = ["24h", "48h", "36h", "90m", "60m", "7d", "90s", "1500ms", "86400s"].map((text) =>
    durationName(durationLength(text, "timestamp"), "timestamp"),
  );
  assert.deepEqual(names, ["1d", "2d", "36h", "90m", "1h", "7d", "90s", "1500ms", "1d"]);
  assert.equal(durationName(durationLength("24c", "cycles"), "cycles"), "24c");
});

test("a length of the other kind of time, without a unit, or not above 0 is refused", () => {
  for (const [text, kind] of [
    ["5c", "timestamp"],
    ["5h", "cycles"],
    ["5", "timestamp"],
    ["5", "cycles"],
    ["0h", "timestamp"],
    ["-1h", "timestamp"],
    ["5 h", "timestamp"],
    ["1w", "timestamp"],
    ["1.5c", "cycles"],
    ["0.5us", "timestamp"],
  ] as const) {
    assert.throws(() => durationLength(text, kind), { code: "PIPELINE_DURATION" }, text);
  }
});

test("an instant without an offset is UTC", () => {
  const six = Date.UTC(2015, 2, 1, 6) * 1000;
  for (const text of [
    "2015-03-01T06:00",
    "2015-03-01 06:00:00",
    "2015-03-01T06:00:00Z",
    "2015-03-01T07:30:00+01:30",
    "2015-02-28T23:00-07:00",
  ]) {
    assert.equal(parseInstant(text, "timestamp"), six, text);
  }
});

test("an instant is whole microseconds, before 1970 as after it, and its name reads back as itself", () => {
  for (const instant of [0, 1, -1, -1500, -1_000_000, 999_999, 1_425_168_000_000_001, -86_400_000_000]) {
    assert.equal(parseInstant(instantName(instant, "timestamp"), "timestamp"), instant);
  }
  assert.equal(instantName(-1, "timestamp"), "1969-12-31T23:59:59.999999Z");
  assert.equal(instantName(-86_400_000_000, "timestamp"), "1969-12-31T00:00:00Z");
});

test("cycles are whole numbers, negative ones too", () => {
  assert.deepEqual(
    ["12", -3, "0"].map((text) => parseInstant(text, "cycles")),
    [12, -3, 0],
  );
  for (const text of ["1.5", "2015-03-01", "one", "", " "]) {
    assert.throws(() => parseInstant(text, "cycles"), { code: "PIPELINE_INSTANT" }, text);
  }
});

test("a day that the calendar does not have is refused, a part of an hour is not", () => {
  for (const text of ["2015-02-29", "2015-02-30T06:00:00Z", "2015-13-01", "2015-04-31 12:00", ""]) {
    assert.throws(() => parseInstant(text, "timestamp"), { code: "PIPELINE_INSTANT" }, text);
  }
  assert.equal(durationLength("1.1h", "timestamp"), 3_960_000_000);
});

test("a length or an instant that cannot be read says where it stands", () => {
  const where = "fleet.ts, every";
  const names = (error: unknown) => error instanceof ForewarnError && error.details.where === where;
  assert.throws(() => durationLength("soon", "timestamp", where), names);
  assert.throws(() => durationLength(48 as unknown as string, "timestamp", where), names);
  assert.throws(() => parseInstant("2025-02-30", "timestamp", where), names);
});
