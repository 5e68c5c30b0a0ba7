/** What every learner must do; a learner that is excused says why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalJson } from "../../src/core/json.ts";
import { random } from "../../src/core/random.ts";
import { loadModel } from "../../src/training/index.ts";
import { BINARY, CLASSES, fit, LEARNERS, LIFE, modelText, pickRows, trainingSet } from "./data.ts";

/** Learners that need not refuse rows of one class, and why. */
const FITS_ONE_CLASS: Record<string, string> = {
  scheduleRule: "a pipeline without failures goes on with it",
};

for (const [learner, spec] of Object.entries(LEARNERS)) {
  for (const task of [BINARY, CLASSES, LIFE]) {
    const outputs = task.kind === "multiclass" ? task.classes.length : 1;
    const named = (claim: string): string => `${learner}, ${task.kind}: ${claim}`;

    test(named("the same seed gives the same model, byte for byte"), async () => {
      const set = trainingSet(task, 300, 1);
      assert.equal(modelText(await fit(spec, set)), modelText(await fit(spec, set)));
    });

    test(named("the order of the rows does not matter"), async () => {
      const set = trainingSet(task, 300, 2);
      const shuffled = pickRows(set, shuffle(300, 5));
      assert.notDeepEqual(shuffled.target, set.target);
      assert.equal(modelText(await fit(spec, shuffled)), modelText(await fit(spec, set)));
    });

    test(named("weight w is w copies of the row, byte for byte"), async () => {
      const set = trainingSet(task, 300, 3, "weighted");
      const copies = [...(set.weight ?? [])].flatMap((weight, row) => new Array<number>(weight).fill(row));
      const weighted = modelText(await fit(spec, set));
      assert.equal(modelText(await fit(spec, pickRows(set, copies))), weighted);
      assert.notEqual(modelText(await fit(spec, { ...set, weight: undefined })), weighted);
    });

    test(named("weight 0 is no row"), async () => {
      const set = trainingSet(task, 300, 4);
      const kept = Array.from({ length: 300 }, (_, row) => row).filter((row) => row % 3 !== 0);
      const weight = Float64Array.from({ length: 300 }, (_, row) => (row % 3 === 0 ? 0 : 1));
      assert.equal(modelText(await fit(spec, { ...set, weight })), modelText(await fit(spec, pickRows(set, kept))));
    });

    test(named("fractional weights and the order of their rows: the same bytes"), async () => {
      const set = trainingSet(task, 300, 4);
      const order = shuffle(300, 6);
      const weight = Float64Array.from({ length: 300 }, (_, row) => 0.1 + (row % 7) / 3);
      const shuffled = { ...pickRows(set, order), weight: Float64Array.from(order, (row) => weight[row]) };
      assert.equal(modelText(await fit(spec, shuffled)), modelText(await fit(spec, { ...set, weight })));
    });

    test(named("missing values are accepted, in training and after"), async () => {
      const set = trainingSet(task, 300, 5);
      const model = await fit(spec, set);
      const empty = { ...set.matrix, columns: set.matrix.columns.map((column) => column.map(() => Number.NaN)) };
      const linked = model.link(model.raw(empty));
      assert.equal(linked.length, 300 * outputs);
      assert.ok(linked.every((value) => Number.isFinite(value)));
    });

    test(named("a model read back predicts the same bits and is written the same"), async () => {
      const set = trainingSet(task, 300, 6);
      const model = await fit(spec, set);
      const loaded = loadModel(JSON.parse(canonicalJson(model)));
      const other = trainingSet(task, 500, 7).matrix;
      assert.deepEqual(bits(loaded.raw(other)), bits(model.raw(other)));
      assert.deepEqual(bits(loaded.link(loaded.raw(other))), bits(model.link(model.raw(other))));
      assert.equal(canonicalJson(loaded), canonicalJson(model));
      assert.deepEqual(loaded.features, model.features);
      assert.equal(loaded.iterations, model.iterations);
    });

    test(named("probabilities are in 0..1 and sum to 1, lives in 0..cap"), async () => {
      const set = trainingSet(task, 300, 8);
      const model = await fit(spec, set);
      const linked = model.link(model.raw(set.matrix));
      assert.ok(linked.every((value) => value >= 0 && value <= (task.kind === "regression" ? 100 : 1)));
      for (let row = 0; row < 300 && task.kind === "multiclass"; row++) {
        const sum = linked.subarray(row * outputs, (row + 1) * outputs).reduce((total, p) => total + p, 0);
        assert.ok(Math.abs(sum - 1) < 1e-6);
      }
    });

    test(named("it has learned something"), async () => {
      const model = await fit(spec, trainingSet(task, 600, 9));
      const { matrix, target } = trainingSet(task, 600, 10);
      const linked = model.link(model.raw(matrix));
      const mean = target.reduce((sum, value) => sum + value, 0) / 600;
      const expected = (row: number): number => {
        if (task.kind !== "multiclass") return linked[row];
        return linked[row * outputs + 1] + 2 * linked[row * outputs + 2];
      };
      let own = 0;
      let constant = 0;
      for (let row = 0; row < 600; row++) {
        own += (target[row] - expected(row)) ** 2;
        constant += (target[row] - mean) ** 2;
      }
      assert.ok(own < 0.9 * constant, `${own} of ${constant}`);
    });

    test(named("columns it does not read, and their order, do not matter"), async () => {
      const set = trainingSet(task, 300, 11);
      const model = await fit(spec, set);
      const { rows, names, columns } = set.matrix;
      const other = {
        rows,
        names: ["stranger", ...names].reverse(),
        columns: [new Float32Array(rows).fill(1), ...columns].reverse(),
      };
      assert.deepEqual(bits(model.raw(other)), bits(model.raw(set.matrix)));
    });

    test(named("a column it reads that is not there is named"), async () => {
      const set = trainingSet(task, 300, 12);
      const model = await fit(spec, set);
      const { rows, names, columns } = set.matrix;
      for (const feature of model.features) {
        const at = names.indexOf(feature);
        const without = { rows, names: names.toSpliced(at, 1), columns: columns.toSpliced(at, 1) };
        assert.throws(() => model.raw(without), { code: "MODEL_FEATURE_MISSING", message: new RegExp(feature) });
      }
    });

    test(named("an aborted fit is INTERRUPTED_FIT"), async () => {
      const set = trainingSet(task, 300, 13);
      await assert.rejects(fit(spec, set, { signal: AbortSignal.abort() }), { code: "INTERRUPTED_FIT" });
    });

    test(named("progress ends at its total"), async () => {
      const seen: [number, number][] = [];
      await fit(spec, trainingSet(task, 300, 14), { onProgress: (done, total) => seen.push([done, total]) });
      const last = seen.at(-1);
      assert.ok(last !== undefined && last[0] === last[1]);
    });

    test(named("inputs are not changed"), async () => {
      const set = trainingSet(task, 300, 15, "weighted");
      await fit(spec, set);
      assert.deepEqual(set, trainingSet(task, 300, 15, "weighted"));
    });

    test(named("no rows, bad weights and bad targets are refused"), async () => {
      const set = trainingSet(task, 50, 16);
      const weight = new Float64Array(50).fill(1);
      await assert.rejects(fit(spec, pickRows(set, [])), { code: "DATA_NO_ROWS" });
      await assert.rejects(fit(spec, { ...set, weight: weight.map(() => 0) }), { code: "DATA_NO_ROWS" });
      await assert.rejects(fit(spec, { ...set, weight: weight.with(3, -1) }), {
        code: "DATA_WEIGHT",
        message: /row 3/,
      });
      await assert.rejects(fit(spec, { ...set, weight: weight.with(3, Number.NaN) }), { code: "DATA_WEIGHT" });
      await assert.rejects(fit(spec, { ...set, weight: weight.subarray(1) }), { code: "DATA_TRAINING_SHAPE" });
      await assert.rejects(fit(spec, { ...set, target: set.target.with(4, Number.NaN) }), { code: "DATA_TARGET" });
      if (task.kind !== "regression") {
        await assert.rejects(fit(spec, { ...set, target: set.target.with(4, 3) }), { code: "DATA_TARGET" });
      }
    });

    if (task.kind !== "regression") {
      const excuse = FITS_ONE_CLASS[learner];
      test(named(excuse === undefined ? "one class is DATA_ONE_CLASS" : `one class is fitted: ${excuse}`), async () => {
        const set = trainingSet(task, 100, 17);
        const oneClass = { ...set, target: set.target.map(() => 0) };
        if (excuse === undefined) await assert.rejects(fit(spec, oneClass), { code: "DATA_ONE_CLASS" });
        else assert.ok((await fit(spec, oneClass)).raw(set.matrix).length === 100 * outputs);
      });
    }

    test(named("a damaged model is MODEL_INVALID"), async () => {
      const json = JSON.parse(modelText(await fit(spec, trainingSet(task, 300, 18)))) as Record<string, unknown>;
      for (const key of Object.keys(json)) {
        const { [key]: _lost, ...rest } = json;
        assert.throws(() => loadModel(rest), { code: "MODEL_INVALID" }, `without ${key}`);
        for (const wrong of [null, "x", -3, {}, [null]]) {
          assert.throws(
            () => loadModel({ ...json, [key]: wrong }),
            { code: "MODEL_INVALID" },
            `${key} = ${JSON.stringify(wrong)}`,
          );
        }
      }
      assert.throws(() => loadModel({ ...json, more: 1 }), { code: "MODEL_INVALID" });
      assert.throws(() => loadModel(undefined), { code: "MODEL_INVALID" });
    });
  }
}

/** The numbers below n in an order that a seed decides. */
function shuffle(n: number, seed: number): number[] {
  const numbers = random(seed, "shuffle");
  const keys = Array.from({ length: n }, () => numbers.uniform());
  return Array.from({ length: n }, (_, i) => i).sort((a, b) => keys[a] - keys[b]);
}

function bits(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
