import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Worker } from "node:worker_threads";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import type { Fleet } from "../../src/core/fleet.ts";
import { type Matrix, takeRows } from "../../src/core/matrix.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { cutoffsOf } from "../../src/features/cutoffs-of.ts";
import type { FeatureGroup } from "../../src/features/feature-group.ts";
import { featurizeGroups } from "../../src/features/featurize-groups.ts";
import { fitFeaturizer } from "../../src/features/featurizer.ts";
import { featurize, planFeatures, rolling } from "../../src/features/index.ts";
import { writeFeatureParts, writeFeatures } from "../../src/features/parts/write-features.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { type FleetSource, fleetSource } from "../../src/features/source.ts";
import { bitsOf } from "./support/compute.ts";
import { cutoffsAt, makeFleet } from "./support/make-fleet.ts";
import { allSpecs, instants, randomRows } from "./support/random-fleet.ts";

const property = { seed: 20261124, numRuns: 60 };

/** A fleet of several machines, of which a group holds one or a few. */
const memory = fc.constantFrom(3_000_000, "1GB");

test("features by groups of machines have the rows and bits of the whole fleet's, raw and fitted", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, memory, async (rows, specs, at, memory) => {
      const fleet = makeFleet(rows);
      const plan = planFeatures(specs, describeFleet(fleet), {});
      const cutoffs = cutoffsAt(fleet, at);
      const raw = await computeFeatures(plan, fleet, cutoffs);
      const given = await joined(featurizeGroups(plan, oneByOne(fleet), cutoffs, { memory }));
      assert.deepEqual(bitsOf(given.matrix), bitsOf(raw));
      assert.deepEqual([...given.machine], [...cutoffs.machine]);
      assert.deepEqual([...given.cutoff], [...cutoffs.cutoff]);
      const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(cutoffs.cutoff.keys()));
      const asked = (part: Fleet) => cutoffsAt(part, at);
      const fitted = await joined(featurizeGroups(featurizer, oneByOne(fleet), asked, { memory }));
      assert.deepEqual(bitsOf(fitted.matrix), bitsOf(await featurize(featurizer, fleet, cutoffs)));
    }),
    property,
  );
});

test("given pairs in any order, some of them twice, have the features of their machine and instant", async () => {
  const pairs = fc.array(fc.record({ machine: fc.constantFrom("m1", "m2"), time: fc.nat(45) }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, pairs, async (rows, specs, wanted) => {
      const fleet = makeFleet(rows);
      const plan = planFeatures(specs, describeFleet(fleet), {});
      const { cutoffs, rowOfPair } = cutoffsOf(fleet, wanted);
      const found = bitsOf(takeRows(await computeFeatures(plan, fleet, cutoffs), rowOfPair));
      for (const [i, { machine, time }] of wanted.entries()) {
        const single = bitsOf(await computeFeatures(plan, fleet, cutoffsAt(fleet, [time], machine)));
        for (const name of plan.rawNames) assert.equal(found[name][i], single[name][0], name);
      }
      const columns = {
        machine: wanted.map((pair) => pair.machine),
        time: BigInt64Array.from(wanted, ({ time }) => BigInt(time)),
      };
      assert.deepEqual(cutoffsOf(fleet, columns), { cutoffs, rowOfPair });
    }),
    { ...property, numRuns: 30 },
  );
});

test("a pair of an unknown machine or an instant that is none is named with its place", () => {
  const fleet = makeFleet({ telemetry: { t: [{ time: 0, values: { volt: 1 } }] } });
  assert.throws(
    () =>
      cutoffsOf(fleet, [
        { machine: "m", time: 1 },
        { machine: "n", time: 1 },
      ]),
    /no telemetry, found n \(in pair 2\)/,
  );
  assert.throws(() => cutoffsOf(fleet, [{ machine: "m", time: 1.5 }]), /pair 1/);
});

test("a machine that memory cannot hold is refused with the amount that would do", async () => {
  const { fleet, plan } = manyRows();
  const large = oneByOne(fleet, 10_000);
  await assert.rejects(joined(featurizeGroups(plan, large, cutoffsAt(fleet, [5]), { memory: "200KB" })), {
    code: "DATA_MEMORY",
  });
});

test("an aborted computation ends, and says so", async () => {
  const { fleet, plan } = manyRows();
  const signal = AbortSignal.abort();
  const groups = featurizeGroups(plan, fleetSource(fleet), cutoffsAt(fleet, [5]), { signal });
  await assert.rejects(joined(groups), { code: "INTERRUPTED_FEATURES" });
});

test("threads are started once for all groups, and stopped where the iteration is left", async () => {
  const { fleet, plan } = manyRows([..."abcdefghijkl"]);
  const many = cutoffsAt(
    fleet,
    Array.from({ length: 20_000 }, (_, time) => time),
  );
  let started = 0;
  let stopped = 0;
  const count = (worker: Worker) => {
    started++;
    worker.on("exit", () => stopped++);
  };
  process.on("worker", count);
  try {
    const whole = await computeFeatures(plan, fleet, many);
    assert.equal(started, 0);
    const given = await joined(featurizeGroups(plan, oneByOne(fleet, 20_000), many, { threads: 2, memory: "16MB" }));
    assert.deepEqual(bitsOf(given.matrix), bitsOf(whole));
    assert.deepEqual([started, stopped], [1, 1]);
    for await (const { matrix } of featurizeGroups(plan, oneByOne(fleet, 20_000), many, {
      threads: 2,
      memory: "16MB",
    })) {
      assert.ok(matrix.rows < many.cutoff.length);
      break;
    }
    assert.deepEqual([started, stopped], [2, 2]);
  } finally {
    process.off("worker", count);
  }
});

test("part files are cut by their number of rows, and their bytes never depend on the groups or threads", async () => {
  const { fleet, plan, cutoffs } = manyRows();
  await inFolder(async (folder) => {
    const options = { names: plan.rawNames, time: fleet.time, rowsPerFile: 7 };
    const write = async (name: string, source: FleetSource, threads: number) => {
      const groups = featurizeGroups(plan, source, cutoffs, { threads });
      assert.deepEqual(await writeFeatureParts(join(folder, name), groups, options), [7, 7, 6]);
      return await filesOf(join(folder, name));
    };
    const whole = await write("whole", fleetSource(fleet), 1);
    assert.deepEqual(Object.keys(whole), ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]);
    assert.deepEqual(await write("apart", oneByOne(fleet), 2), whole);
    await assert.rejects(write("whole", fleetSource(fleet), 1), { code: "USAGE_FOLDER_EXISTS" });
    const matrix = await computeFeatures(plan, fleet, cutoffs);
    const rows = [];
    for (const bytes of Object.values(whole))
      rows.push(...(await parquetReadObjects({ file: new Uint8Array(bytes).buffer })));
    assert.deepEqual(
      rows,
      Array.from(cutoffs.cutoff, (cutoff, row) => ({
        machine: fleet.machines[cutoffs.machine[row]],
        cutoff: BigInt(cutoff),
        ...Object.fromEntries(plan.rawNames.map((name, i) => [name, matrix.columns[i][row]])),
      })),
    );
    await writeFeatures(join(folder, "one.parquet"), [{ cutoffs, matrix }], options);
    const one = await readFile(join(folder, "one.parquet"));
    assert.deepEqual(await parquetReadObjects({ file: new Uint8Array(one).buffer }), rows);
  });
});

test("no folder is left where writing its parts fails", async () => {
  const { fleet, plan, cutoffs } = manyRows();
  await inFolder(async (folder) => {
    async function* failing(): AsyncGenerator<FeatureGroup> {
      yield { cutoffs, matrix: await computeFeatures(plan, fleet, cutoffs) };
      throw new Error("enough");
    }
    const options = { names: plan.rawNames, time: fleet.time, rowsPerFile: 3 };
    await assert.rejects(writeFeatureParts(join(folder, "out"), failing(), options), /enough/);
    assert.deepEqual(await readdir(folder), []);
  });
});

/** A source whose machines are read one at a time, as where they are large. */
function oneByOne(fleet: Fleet, rows = 1_000): FleetSource {
  const source = fleetSource(fleet);
  const tables = source.tables.map((table) => ({
    ...table,
    offsets: table.offsets.map((_, machine) => machine * rows),
  }));
  return { ...source, tables };
}

async function joined(groups: AsyncIterable<FeatureGroup>) {
  const machine: number[] = [];
  const cutoff: number[] = [];
  let columns: number[][] | undefined;
  let names: readonly string[] = [];
  for await (const { cutoffs, matrix } of groups) {
    machine.push(...cutoffs.machine);
    cutoff.push(...cutoffs.cutoff);
    names = matrix.names;
    columns ??= names.map(() => []);
    for (const [i, column] of matrix.columns.entries()) columns[i].push(...column);
  }
  const matrix: Matrix = {
    rows: machine.length,
    names,
    columns: (columns ?? []).map((values) => Float32Array.from(values)),
  };
  return { machine, cutoff, matrix };
}

function manyRows(machines = ["a", "b", "c", "d"]) {
  const readings = machines.flatMap((machine) =>
    Array.from({ length: 9 }, (_, time) => ({ machine, time, values: { volt: time * 3 + machine.charCodeAt(0) } })),
  );
  const fleet = makeFleet({ telemetry: { t: readings } });
  const plan = planFeatures([rolling("volt", { over: "3c", stats: ["mean", "sd"] })], describeFleet(fleet), {});
  return { fleet, plan, cutoffs: cutoffsAt(fleet, [2, 3, 4, 6, 8]) };
}

async function filesOf(folder: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))])));
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "featurize-groups-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
