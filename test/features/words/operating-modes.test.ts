import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { operatingModes } from "../../../src/features/words/operating-modes.ts";
import { fitOn, of } from "./support/fit-on.ts";
import { assertNear } from "./support/near.ts";

const NONE = Number.NaN;
const repeated = (count: number, ...values: number[]) => Array.from({ length: count }, () => values).flat();

test("modes are numbered by their centre, whatever row comes first", () => {
  const spec = operatingModes({ by: of("load"), modes: 2 });
  const { columns } = fitOn({ load: [9, ...repeated(10, 1, 9)] }, [spec]);
  assert.deepEqual(columns["mode_1"].slice(0, 3), [0, 1, 0]);
  assert.deepEqual(columns["mode_2"].slice(0, 3), [1, 0, 1]);
});

test("a column is standardised by the mean and sample sd of its row's mode over the healthy training rows", () => {
  const load = repeated(10, 1, 1, 9, 9);
  const heat = repeated(10, 4, 6, 100, 300);
  // The last row is no training row, the two before it fail.
  const options = { trainRows: [...load.keys(), 40, 41], labelState: [...load.map(() => 0), 1, 1, 0] };
  const spec = operatingModes({ by: of("load"), standardise: of("heat") });
  const { columns, node } = fitOn({ load: [...load, 1, 9, 1], heat: [...heat, 50, 1e6, 8] }, [spec], options);
  const sd = Math.sqrt(20 / 19);
  assert.deepEqual(node("inMode").means, [5, 200]);
  assertNear(node("inMode").sds, [sd, 100 * sd], 1e-14);
  assert.deepEqual(columns["heat_last_1c_inMode"].slice(0, 4), [-1 / sd, 1 / sd, -1 / sd, 1 / sd].map(Math.fround));
  assert.equal(columns["heat_last_1c_inMode"][42], Math.fround(3 / sd));
});

test("a mode with few rows, or where the column does not vary, takes mean and sd over all modes", () => {
  const load = [...repeated(10, 1), ...repeated(9, 5), ...repeated(10, 9)];
  const heat = [...repeated(10, 7), ...repeated(9, 3, 4).slice(0, 9), ...repeated(5, 0, 2)];
  const { node } = fitOn({ load, heat }, [operatingModes({ by: of("load"), modes: 3, standardise: of("heat") })]);
  const overall = heat.reduce((sum, value) => sum + value, 0) / heat.length;
  const { means } = node("inMode");
  assert.deepEqual(means, [overall, overall, 1]);
});

test("where a column never varies there is nothing to standardise by", () => {
  const spec = operatingModes({ by: of("load"), modes: 2, standardise: of("heat") });
  const { columns } = fitOn({ load: repeated(10, 1, 9), heat: repeated(20, 7) }, [spec]);
  assert.ok(columns["heat_last_1c_inMode"].every(Number.isNaN));
});

test("a missing input gives no mode, a missing column no place within it", () => {
  const load = [...repeated(10, 1, 9), NONE, 1, Number.POSITIVE_INFINITY];
  const heat = [...repeated(10, 1, 2, 3, 4).slice(0, 20), 2, NONE, 2];
  const { columns } = fitOn({ load, heat }, [operatingModes({ by: of("load"), standardise: of("heat") })]);
  assert.deepEqual(columns["mode_1"].slice(20), [NONE, 1, NONE]);
  assert.deepEqual(columns["heat_last_1c_inMode"].slice(20), [NONE, NONE, NONE]);
});

test("fewer than 10 rows teach no modes: the columns are there, and missing", () => {
  const few = { load: repeated(3, 1, 5, 9), heat: repeated(3, 1, 2, 3) };
  const spec = operatingModes({ by: of("load"), modes: 2, standardise: of("heat") });
  const { columns } = fitOn(few, [spec]);
  assert.deepEqual(Object.keys(columns).slice(2), ["mode_1", "mode_2", "heat_last_1c_inMode"]);
  for (const name of Object.keys(columns).slice(2)) assert.ok(columns[name].every(Number.isNaN), name);
});

test("modes that the rows do not have are 0 on all of them", () => {
  const { columns, node } = fitOn({ load: repeated(10, 1, 9) }, [operatingModes({ by: of("load"), modes: 4 })]);
  assert.equal(node("modes").centres.length, 2);
  assert.deepEqual(
    [1, 2, 3, 4].map((mode) => columns[`mode_${mode}`][0]),
    [1, 0, 0, 0],
  );
});

test("auto finds one mode in what has none", () => {
  const load = Array.from({ length: 200 }, (_, i) => (i * 37) % 200);
  const { columns } = fitOn({ load }, [operatingModes({ by: of("load") })]);
  assert.deepEqual(Object.keys(columns), ["load_last_1c", "mode_1"]);
  assert.ok(columns["mode_1"].every((value) => value === 1));
});

test("a row as near to two modes is in the first", () => {
  const spec = operatingModes({ by: of("load"), modes: 2 });
  const trainRows = Array.from({ length: 20 }, (_, i) => i);
  const { columns } = fitOn({ load: [...repeated(10, 1, 9), 5] }, [spec], { trainRows });
  assert.deepEqual([columns["mode_1"][20], columns["mode_2"][20]], [1, 0]);
});

test("a constant column among the conditions changes nothing", () => {
  const load = repeated(10, 1, 9);
  const by = (...names: string[]) => operatingModes({ by: names.map(of), modes: 2 });
  const { columns: alone } = fitOn({ load }, [by("load")]);
  const { columns } = fitOn({ load, still: repeated(20, 3) }, [by("load", "still")]);
  assert.deepEqual(columns["mode_1"], alone["mode_1"]);
});

test("a name of its own keeps two sets of modes apart", () => {
  const spec = operatingModes({ by: of("load"), modes: 2, standardise: of("load"), name: "regime" });
  const { columns } = fitOn({ load: repeated(10, 1, 9) }, [operatingModes({ by: of("load"), modes: 1 }), spec]);
  assert.deepEqual(Object.keys(columns), ["load_last_1c", "mode_1", "regime_1", "regime_2", "load_last_1c_inRegime"]);
});

test("where no row is known to be healthy all training rows count", () => {
  const sensors = { load: repeated(10, 1, 9) };
  const specs = [operatingModes({ by: of("load"), modes: 2 })];
  const unlabelled = fitOn(sensors, specs).featurizer;
  const failing = fitOn(sensors, specs, { labelState: sensors.load.map(() => 1) }).featurizer;
  assert.deepEqual(failing.outputs, unlabelled.outputs);
});

test("an unknown column, an unknown option and no columns are refused with a hint", () => {
  const load = { load: [1] };
  assert.throws(
    () => fitOn(load, [operatingModes({ by: "lod_last_1c" })]),
    (error) =>
      error instanceof ForewarnError &&
      error.code === "PIPELINE_UNKNOWN_COLUMN" &&
      error.details.hint === "did you mean `load_last_1c`?",
  );
  const bad = [
    { by: of("load"), mode: 3 },
    { by: [] },
    { by: of("load"), modes: 0 },
    { by: of("load"), modes: 2.5 },
    { by: of("load"), modes: "many" },
    { by: [of("load"), of("load")] },
    undefined,
  ];
  for (const options of bad) {
    assert.throws(
      () => operatingModes(options as never),
      (error) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION",
      JSON.stringify(options),
    );
  }
});
