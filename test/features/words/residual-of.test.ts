import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { residualOf } from "../../../src/features/words/residual-of.ts";
import { fitOn, of } from "./support/fit-on.ts";
import { assertNear } from "./support/near.ts";

const load = Array.from({ length: 20 }, (_, i) => i % 5);

test("the residual is what a line through healthy rows does not explain", () => {
  const heat = load.map((value) => 10 + 2 * value);
  const rows = { load: [...load, 100], heat: [...heat, 213] };
  const labelState = rows.load.map((_, row) => (row < 20 ? 0 : 1));
  const { columns, node } = fitOn(rows, [residualOf(of("heat"), { given: of("load") })], { labelState });
  assertNear(node("residual").learned?.coefficients ?? [], [2], 1e-14);
  assertNear(columns["heat_last_1c_residual"], [...load.map(() => 0), 3], 1e-12, 1);
});

test("the residuals of training rows have mean 0 and are uncorrelated with what is given", () => {
  const heat = load.map((value, i) => value * value + (i % 3));
  const other = load.map((_, i) => (i * 7) % 11);
  const spec = residualOf(of("heat"), { given: [of("load"), of("other")] });
  const { columns } = fitOn({ load, heat, other }, [spec]);
  const left = columns["heat_last_1c_residual"];
  for (const given of [left.map(() => 1), load, other]) {
    assertNear([left.reduce((sum, value, i) => sum + value * given[i], 0)], [0], 1e-4, 1);
  }
});

test("copies and constants among the given columns change nothing", () => {
  const heat = load.map((value, i) => 3 * value + (i % 3));
  const { columns: alone } = fitOn({ load, heat }, [residualOf(of("heat"), { given: of("load") })]);
  const sensors = { still: load.map(() => 4), load, copy: load.map((value) => 7 - 2 * value), heat };
  const spec = residualOf(of("heat"), { given: [of("still"), of("load"), of("copy")] });
  const { columns, node } = fitOn(sensors, [spec]);
  assertNear(columns["heat_last_1c_residual"], alone["heat_last_1c_residual"], 1e-6, 1e-3);
  // Of equal ones the first explains.
  assert.deepEqual(
    node("residual").learned?.coefficients.map((value) => value !== 0),
    [false, true, false],
  );
});

test("a target that never varies is expected as it is", () => {
  const { columns } = fitOn({ load, heat: load.map(() => 6) }, [residualOf(of("heat"), { given: of("load") })]);
  assert.ok(columns["heat_last_1c_residual"].every((value) => value === 0));
});

test("a missing column, and too few rows, give a missing residual", () => {
  const heat = load.map((value) => 10 + 2 * value);
  const spec = residualOf(of("heat"), { given: of("load") });
  const { columns } = fitOn({ load: [...load, Number.NaN, 1], heat: [...heat, 1, Number.NaN] }, [spec]);
  assert.deepEqual(columns["heat_last_1c_residual"].slice(20), [Number.NaN, Number.NaN]);
  const { columns: few } = fitOn({ load: load.slice(0, 9), heat: heat.slice(0, 9) }, [spec]);
  assert.ok(few["heat_last_1c_residual"].every(Number.isNaN));
});

test("a column that explains itself is refused", () => {
  assert.throws(
    () => residualOf("heat", { given: ["load", "heat"] }),
    (error) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION",
  );
});
