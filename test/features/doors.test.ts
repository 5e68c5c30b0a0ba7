/** What comes in from outside is refused with a code before it becomes wrong values. */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Dictionary, Float64, Int32, Table, TimestampMillisecond, Utf8, vectorFromArray } from "apache-arrow";
import { ForewarnError } from "../../src/core/errors.ts";
import { fleetFromArrow } from "../../src/features/arrow/fleet-from-arrow.ts";
import { refuseCode } from "../../src/features/custom/allowed-code.ts";
import { cutoffsOf } from "../../src/features/cutoffs-of.ts";
import { writeFeatures } from "../../src/features/parts/write-features.ts";
import { fleetFromRows } from "../../src/features/plain/fleet-from-rows.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { selectFeatures } from "../../src/features/selection/select-features.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { timeSince } from "../../src/features/words/time-since.ts";
import { rawMatrix } from "./support/compute.ts";
import { makeFleet } from "./support/make-fleet.ts";

const fleet = makeFleet({ telemetry: { t: [{ time: 1, values: { volt: 3 } }] } });
const { machines } = fleet;
const mean = rolling("volt", { over: "2c", stats: ["mean"] });
const code = (wanted: string) => (error: unknown) => error instanceof ForewarnError && error.code === wanted;

test("a cutoff that is no instant, of no machine or of no row is refused", async () => {
  for (const odd of [Number.NaN, Infinity, 1.5]) {
    const cutoffs = { machines, machine: Uint32Array.of(0, 0), cutoff: Float64Array.of(1, odd) };
    await assert.rejects(rawMatrix(fleet, [mean], cutoffs), code("DATA_INSTANT"));
  }
  const beyond = { machines, machine: Uint32Array.of(1), cutoff: Float64Array.of(1) };
  await assert.rejects(rawMatrix(fleet, [mean], beyond), code("DATA_MACHINE_UNKNOWN"));
  const short = { machines, machine: Uint32Array.of(0, 0), cutoff: Float64Array.of(1) };
  await assert.rejects(rawMatrix(fleet, [mean], short), code("DATA_LENGTH"));
});

test("times in a dictionary are read by the type of its entries", () => {
  const time = vectorFromArray([5_000, 6_000], new Dictionary(new TimestampMillisecond(), new Int32()));
  const machine = vectorFromArray(["a", "a"], new Dictionary(new Utf8(), new Int32()));
  const volt = vectorFromArray([1, 2], new Float64());
  const { telemetry } = fleetFromArrow({ telemetry: new Table({ machine, time, volt }) });
  assert.deepEqual([...telemetry[0].time], [5_000_000, 6_000_000]);
});

test("features are written under their own names or not at all", async () => {
  const cutoffs = { machines, machine: Uint32Array.of(0), cutoff: Float64Array.of(1) };
  const matrix = { rows: 1, names: ["a", "b"], columns: [Float32Array.of(1), Float32Array.of(2)] };
  for (const names of [["b", "a"], ["a"], ["a", "a"], ["machine", "b"]]) {
    const written = writeFeatures(join(tmpdir(), "never.parquet"), [{ cutoffs, matrix }], { names, time: "cycles" });
    await assert.rejects(written, code("DATA_FEATURE_NAMES"));
  }
});

test("a target that does not fit the rows selects nothing", () => {
  const matrix = { rows: 2, names: ["a"], columns: [Float32Array.of(1, 2)] };
  const of = (...values: number[]) => ({ kind: "binary", values: Float64Array.from(values) }) as const;
  assert.throws(() => selectFeatures(matrix, of(1)), code("DATA_LENGTH"));
  assert.throws(() => selectFeatures(matrix, of(1, 2)), code("DATA_TARGET"));
  assert.throws(() => selectFeatures(matrix, of(1, Number.NaN)), code("DATA_TARGET"));
});

test("a plan of very many sensors is made, and one of options that cannot be is not", () => {
  const schema = describeFleet(fleet);
  const sensors = Array.from({ length: 130_000 }, (_, i) => `s${i}`);
  const { rawNames, lookback } = planFeatures([rolling(sensors, { over: "2c", stats: ["mean"] })], {
    ...schema,
    sensors,
  });
  assert.deepEqual([rawNames.length, lookback], [130_000, 2]);
  assert.throws(() => planFeatures([mean], schema, { every: -5 }), code("PIPELINE_OPTION_VALUE"));
  assert.throws(() => planFeatures([mean], schema, { columns: ["typo"] }), code("PIPELINE_UNKNOWN_COLUMN"));
  assert.throws(() => planFeatures([5n] as never, schema), code("PIPELINE_FEATURE_OPTION"));
});

test("a sensor may be named like a member of every object", () => {
  const telemetry = [
    { machine: "a", time: 1, constructor: 4 },
    { machine: "a", time: 2 },
  ] as never;
  assert.deepEqual(
    [...fleetFromRows({ time: "cycles", telemetry }).telemetry[0].sensors["constructor"]],
    [4, Number.NaN],
  );
});

test("what is of no use as an argument has a code", () => {
  for (const odd of [null, {}, { telemetry: 5 }]) {
    assert.throws(() => fleetFromRows(odd as never), code("DATA_COLUMN_TYPE"));
    assert.throws(() => fleetFromArrow(odd as never), code("DATA_COLUMN_TYPE"));
  }
  assert.throws(() => cutoffsOf(fleet, [{ machine: 5, time: 0 }] as never), code("DATA_MACHINE_UNKNOWN"));
  assert.throws(() => cutoffsOf(fleet, null as never), code("DATA_COLUMN_TYPE"));
  assert.equal(timeSince("errors", null as never).feature, "timeSince");
  const carried = [{ feature: "custom", name: "x", module: "x.ts", bundle: { sha256: "ab" } }] as never;
  assert.throws(() => refuseCode(carried, "cabd" as never), code("MODEL_CUSTOM_REFUSED"));
});
