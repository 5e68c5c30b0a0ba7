import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { clip } from "../../../src/features/words/clip.ts";
import { fitOn, of } from "./support/fit-on.ts";

const NONE = Number.NaN;

test("values beyond the training quantiles are held at them", () => {
  // 0, 1 … 10 are training rows: the quantiles are 1 and 9.
  const volt = [5, 0, 10, 1, 9, 2, 8, 3, 7, 4, 6, 100, -100, 5.5, NONE, Number.POSITIVE_INFINITY];
  const trainRows = [...volt.keys()].slice(0, 11);
  const { columns } = fitOn({ volt }, [clip(of("volt"), { from: 0.1, to: 0.9 })], { trainRows });
  const expected = [5, 1, 9, 1, 9, 2, 8, 3, 7, 4, 6, 9, 1, 5.5, NONE, 9];
  assert.deepEqual(columns["volt_last_1c_clipped"], expected);
  assert.deepEqual(columns["volt_last_1c"], volt);
});

test("rows that fail count too, and missing ones do not", () => {
  const volt = [...Array.from({ length: 11 }, (_, i) => i), NONE, NONE];
  const labelState = volt.map((_, row) => (row > 3 ? 1 : 0));
  const { node } = fitOn({ volt }, [clip(of("volt"), { from: 0, to: 1 })], { labelState });
  assert.deepEqual(node("clipped").bounds, { low: 0, high: 10 });
});

test("fewer than 10 known training values give no bounds, and missing values", () => {
  const volt = [...Array.from({ length: 9 }, (_, i) => i), NONE];
  const { columns } = fitOn({ volt }, [clip(of("volt"))]);
  assert.ok(columns["volt_last_1c_clipped"].every(Number.isNaN));
});

test("bounds that are no shares, or stand the wrong way round, are refused", () => {
  for (const options of [{ from: 0.9, to: 0.1 }, { from: -1 }, { to: 2 }, { form: 0.1 }]) {
    assert.throws(
      () => clip("volt", options as never),
      (error) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION",
      JSON.stringify(options),
    );
  }
});
