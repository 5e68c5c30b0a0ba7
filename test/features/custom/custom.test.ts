/** Features of the user's own: what they see, what they may give, and the same bits on any thread. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import { bundleFeatures } from "../../../src/features/custom/bundle-features.ts";
import { featurizerToJson, fitFeaturizer } from "../../../src/features/featurizer.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { readFeaturizer } from "../../../src/features/read.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { type CustomOptions, custom } from "../../../src/features/words/custom.ts";
import { bitsOf, columnsOf, rawMatrix } from "../support/compute.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";

const folder = mkdtempSync(join(tmpdir(), "forewarn-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files and gives the features of a function `f` in the first of them, read from there. */
async function bundled(files: Record<string, string>, options: Partial<CustomOptions> = {}): Promise<FeatureSpec[]> {
  const own = join(folder, String(Math.floor(performance.now() * 1000)));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  const module = Object.keys(files)[0];
  return bundleFeatures([custom("mine", { over: "5c", reads: "volt", module, export: "f", ...options })], own);
}

const NONE = Number.NaN;
const fleet = makeFleet({
  telemetry: {
    t: [
      { time: 1, values: { volt: 3 } },
      { time: 2, values: { volt: NONE } },
      { time: 4, knownAt: 6, values: { volt: 7 } },
      { time: 5, values: { volt: 9 } },
      { time: 9, values: { volt: 1 } },
    ],
  },
  events: { maintenance: [{ time: 4 }] },
});

async function valuesOf(files: Record<string, string>, options?: Partial<CustomOptions>, at = [0, 1, 5, 6, 10]) {
  return columnsOf(await rawMatrix(fleet, await bundled(files, options), cutoffsAt(fleet, at)));
}

/** The error of a module's text. */
async function refused(text: string, options?: Partial<CustomOptions>): Promise<ForewarnError> {
  const error = await valuesOf({ "f.ts": text }, options).catch((reason: unknown) => reason);
  assert.ok(error instanceof ForewarnError, String(error));
  return error;
}

test("the function sees the readings of its window that are known at the cutoff, and none that are missing", async () => {
  const text = `
    import { total } from "./lib/sum.ts";
    type Window = { cutoff: number; windows: Record<string, { times: Float64Array; values: Float64Array }> };
    export function f({ cutoff, windows: { volt } }: Window): number {
      return volt.values.length === 0 ? NaN : total(volt.values) + 100 * volt.times.length + (cutoff - volt.times[0]) / 10;
    }`;
  const sum = "export const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);";
  // At 5: 3 and 9 (7 is not known yet). At 6: 7 and 9, since 1 has left the window. At 10: 1.
  assert.deepEqual(await valuesOf({ "f.ts": text, "lib/sum.ts": sum }), {
    mine_5c: [NONE, 103, 212.4, 216.2, 101.1].map(Math.fround),
  });
  const { mine_5c: reset } = await valuesOf({ "f.ts": text, "lib/sum.ts": sum }, { resetOn: "maintenance" });
  assert.deepEqual(reset.slice(2), [109, 109.1, 101.1].map(Math.fround), "a window starts anew at a replacement");
});

test("a list of numbers becomes columns, each window its own", async () => {
  const text = "export const f = ({ windows: { volt } }) => [volt.values.length, Math.max(...volt.values)];";
  assert.deepEqual(await valuesOf({ "f.js": text }, { over: ["2c", "5c"], columns: ["count", "top"] }, [6]), {
    mine_count_2c: [1],
    mine_top_2c: [9],
    mine_count_5c: [2],
    mine_top_5c: [9],
  });
  assert.deepEqual(
    await valuesOf({ "f.js": text }, { columns: ["count", "top"] }, [0]),
    {
      mine_count_5c: [0],
      mine_top_5c: [NONE],
    },
    "what float32 cannot hold is missing",
  );
});

test("a function that changes what it is given changes only its own copy", async () => {
  const text = `export function f(window) {
    const before = window.windows.volt.values[0];
    window.windows.volt.values.fill(-1);
    try { window.windows.volt = undefined; } catch { return before; }
    return -2;
  }`;
  const twice = [...(await bundled({ "f.js": text })), ...(await bundled({ "f.js": text }, { over: "6c" }))];
  assert.deepEqual(columnsOf(await rawMatrix(fleet, twice, cutoffsAt(fleet, [6]))), { mine_5c: [7], mine_6c: [3] });
});

test("any number of threads gives the same bits, and the same errors", async () => {
  const rows = Array.from({ length: 60 }, (_, time) => ({
    machine: `m${time % 7}`,
    time,
    values: { volt: (time * 37) % 11 },
  }));
  const large = makeFleet({ telemetry: { t: rows } });
  const cutoffs = cutoffsAt(
    large,
    Array.from({ length: 70 }, (_, at) => at),
  );
  const features = await bundled({
    "f.ts": "export const f = ({ windows }): number => windows.volt.values.reduce((a, b) => a * 1.1 + b, 0);",
  });
  const plan = planFeatures(features, describeFleet(large));
  const alone = await computeFeatures(plan, large, cutoffs);
  assert.deepEqual(bitsOf(await computeFeatures(plan, large, cutoffs, { threads: 2 })), bitsOf(alone));
  const failing = planFeatures(
    await bundled({ "f.ts": 'export const f = () => { throw new RangeError("too far"); };' }),
    describeFleet(large),
  );
  for (const threads of [1, 2]) {
    await assert.rejects(computeFeatures(failing, large, cutoffs, { threads }), (error) => {
      assert.ok(error instanceof ForewarnError && error.code === "PIPELINE_CUSTOM_FAILED", String(error));
      assert.equal(error.details.found, "RangeError: too far");
      assert.match(error.details.where ?? "", /^custom\("mine"\), machine m\d, cutoff \d+$/);
      return true;
    });
  }
});

test("what is no number, or another number the next time, is refused with its machine and cutoff", async () => {
  const gives = async (value: string, options?: Partial<CustomOptions>) =>
    (await refused(`export const f = () => ${value};`, options)).details;
  assert.deepEqual(
    [
      (await gives('"high"')).found,
      (await gives("undefined")).found,
      (await gives("[1]")).found,
      (await gives("true")).found,
    ],
    ['"high"', "undefined", "a list of 1", "true"],
  );
  assert.equal((await gives("[1, 2]", { columns: ["a", "b", "c"] })).found, "a list of 2");
  assert.equal((await gives("({})", { columns: ["a"] })).found, "Object");
  assert.equal((await gives("Promise.resolve(1)")).hint, "it may not be async");
  assert.equal((await gives("1n")).where, 'custom("mine"), machine m, cutoff 0');
  const counting = await refused("let calls = 0; export const f = () => calls++;");
  assert.equal(counting.code, "PIPELINE_CUSTOM_UNSTABLE");
  assert.equal((await refused("export const f = () => Math.random();")).code, "PIPELINE_CUSTOM_UNSTABLE");
});

test("a module that cannot travel or be run is refused when it is read", async () => {
  const cases: [text: string, code: string, found: RegExp][] = [
    ['import { readFileSync } from "node:fs"; export const f = () => 1;', "PIPELINE_CUSTOM_IMPORT", /node:fs/],
    ['import { z } from "zod"; export const f = () => 1;', "PIPELINE_CUSTOM_IMPORT", /zod/],
    ['import data from "./data.json"; export const f = () => 1;', "PIPELINE_CUSTOM_IMPORT", /data\.json/],
    ['import { g } from "./missing.ts"; export const f = () => g;', "PIPELINE_CUSTOM_MODULE", /missing\.ts/],
    ["export const g = () => 1;", "PIPELINE_CUSTOM_MODULE", /no export/],
    ["export const f = 3;", "PIPELINE_CUSTOM_MODULE", /number/],
    ["export const f = (", "PIPELINE_CUSTOM_MODULE", /./],
    ["export enum E { a } export const f = () => 1;", "PIPELINE_CUSTOM_MODULE", /enum/],
    ['throw new Error("at once"); export const f = () => 1;', "PIPELINE_CUSTOM_MODULE", /at once/],
    ["await 1; export const f = () => 1;", "PIPELINE_CUSTOM_MODULE", /./],
  ];
  for (const [text, code, found] of cases) {
    const error = await refused(text);
    assert.equal(error.code, code, `${text}: ${error.message}`);
    assert.match(error.details.found ?? "", found, text);
    assert.match(error.details.where ?? "", /^custom\("mine"\)/);
  }
  await assert.rejects(bundled({ "f.ts": "export const f = () => 1;" }, { module: "./g.ts" }), {
    code: "PIPELINE_CUSTOM_MODULE",
  });
  const unread = custom("mine", { over: "1c", reads: "volt", module: "./f.ts", export: "f" });
  assert.throws(() => planFeatures([unread], describeFleet(fleet)), { code: "PIPELINE_CUSTOM_UNBUNDLED" });
});

test("a stored featurizer carries the code, which runs only where that is allowed and it is the code that was hashed", async () => {
  const features = await bundled({
    "sub/f.ts": 'import { g } from "../g.ts"; export const f = () => g;',
    "g.ts": "export const g: number = 5;",
  });
  const cutoffs = cutoffsAt(fleet, [5]);
  const raw = await rawMatrix(fleet, features, cutoffs);
  assert.deepEqual(columnsOf(raw), { mine_5c: [5] });
  const plan = planFeatures(features, describeFleet(fleet));
  const stored = JSON.stringify(featurizerToJson(fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.of(0))));
  assert.ok(!stored.includes(folder), "it says nothing of where the file lay");
  const [{ bundle }] = JSON.parse(stored).specs;
  assert.deepEqual(Object.keys(bundle.files), ["g.ts", "sub/f.ts"]);
  assert.throws(() => readFeaturizer(JSON.parse(stored)), { code: "MODEL_CUSTOM_REFUSED" });
  assert.throws(() => readFeaturizer(JSON.parse(stored), { allowCustom: ["another"] }), {
    code: "MODEL_CUSTOM_REFUSED",
  });
  for (const allowCustom of [true, [bundle.sha256]]) {
    const read = readFeaturizer(JSON.parse(stored), { allowCustom });
    assert.deepEqual(bitsOf(await computeFeatures(read.plan, fleet, cutoffs)), bitsOf(raw));
  }
  const other = stored.replace("number = 5", "number = 6");
  assert.throws(() => readFeaturizer(JSON.parse(other), { allowCustom: [bundle.sha256] }), {
    code: "MODEL_INVALID",
    message: /not the code that was hashed/,
  });
  const outside = stored.replace('"sub/f.ts":', '"../f.ts":');
  assert.throws(() => readFeaturizer(JSON.parse(outside), { allowCustom: true }), { code: "MODEL_INVALID" });
});

test("an import while it runs is refused when the module is read, what is thrown may be anything", async () => {
  const later = await refused(`export function f() { import("node:fs"); return 1; }`);
  assert.equal(later.code, "PIPELINE_CUSTOM_IMPORT");
  assert.equal(
    (await refused(`export const f = () => { throw Object.create(null); };`)).code,
    "PIPELINE_CUSTOM_FAILED",
  );
  const getter = `export const f = () => ({ get constructor() { throw new Error("no"); } });`;
  assert.equal((await refused(getter)).code, "PIPELINE_CUSTOM_VALUE");
});
