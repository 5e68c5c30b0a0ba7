import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { ResultPart } from "../../src/archive/database.ts";
import { bucketRows, bucketsOfRows, planBuckets, type TimeBins } from "../../src/archive/sorted-buckets.ts";
import { placeRows } from "../../src/archive/sorted-rows.ts";
import { spillRows } from "../../src/archive/sorted-spill.ts";

interface Row {
  machine: number;
  time: number;
}

const MACHINES = 5;
const BINS = 8;

/** How many rows each machine has, and when those of the machines with more than `most` are. */
function counted(rows: readonly Row[], most: number): { offsets: Uint32Array; bins: Map<number, TimeBins> } {
  const offsets = new Uint32Array(MACHINES + 1);
  const bins = new Map<number, TimeBins>();
  for (let machine = 0; machine < MACHINES; machine++) {
    const times = rows.filter((row) => row.machine === machine).map(({ time }) => time);
    offsets[machine + 1] = offsets[machine] + times.length;
    if (times.length <= most) continue;
    const least = Math.min(...times);
    const width = Math.ceil((Math.max(...times) - least + 1) / BINS);
    const inBin = (bin: number) => times.filter((time) => Math.floor((time - least) / width) === bin).length;
    bins.set(machine, { least, width, rows: Float64Array.from({ length: BINS }, (_, bin) => inBin(bin)) });
  }
  return { offsets, bins };
}

const row = fc.record({ machine: fc.nat(MACHINES - 1), time: fc.integer({ min: -40, max: 40 }) });

test("every row has one bucket, of at most so many rows unless they lie in one range of time; buckets follow machines and times", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (rows, most) => {
      const { offsets, bins } = counted(rows, most);
      const plan = planBuckets(offsets, most, bins);
      const machine = rows.map((one) => one.machine);
      const time = rows.map((one) => one.time);
      const bucket = new Uint32Array(rows.length);
      bucketsOfRows(plan, machine, time, rows.length, bucket);
      for (const [number, { from, to, offsets: within }] of plan.buckets.entries()) {
        const members = rows.filter((_, i) => bucket[i] === number);
        assert.equal(members.length, bucketRows(plan.buckets[number]));
        for (let one = from; one < to; one++) {
          assert.equal(
            members.filter((member) => member.machine === one).length,
            within[one - from + 1] - within[one - from],
          );
        }
        const binned = bins.get(from);
        const ranges = new Set(
          members.map((member) => binned && Math.floor((member.time - binned.least) / binned.width)),
        );
        assert.ok(members.length <= most || (binned !== undefined && ranges.size === 1));
      }
      const order = rows.map((_, i) => i).sort((a, b) => machine[a] - machine[b] || time[a] - time[b]);
      assert.deepEqual(
        order.map((i) => bucket[i]),
        order.map((i) => bucket[i]).sort((a, b) => a - b),
      );
    }),
    { seed: 12, numRuns: 300 },
  );
});

async function* partsOf(machine: Uint32Array, time: Float64Array): AsyncGenerator<ResultPart> {
  for (let from = 0; from < machine.length; from += 2048) {
    const columns = [machine.slice(from, from + 2048), time.slice(from, from + 2048)];
    yield { rows: columns[0].length, columns };
  }
}

test("rows come back from their bucket's file, whatever was written at once", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const rows = 200_000;
  const machine = Uint32Array.from({ length: rows }, (_, i) => (i * 7919) % 3);
  const time = Float64Array.from({ length: rows }, (_, i) => i + 0.5);
  const offsets = new Uint32Array(4);
  for (const one of machine) offsets[one + 1]++;
  for (let one = 0; one < 3; one++) offsets[one + 1] += offsets[one];
  const plan = planBuckets(offsets, offsets[2], new Map());
  assert.equal(plan.buckets.length, 2);
  const spill = await spillRows(partsOf(machine, time), { folder, plan, width: 1, waiting: 9000 });
  assert.ok(spill);
  for (const [number, { from, to }] of plan.buckets.entries()) {
    const found: [number, number][] = [];
    for await (const { rows, columns } of spill.parts(number)) {
      for (let i = 0; i < rows; i++) found.push([columns[0][i] + from, columns[1][i]]);
    }
    const expected = Array.from(machine, (one, i) => [one, time[i]]).filter(([one]) => from <= one && one < to);
    assert.deepEqual(found, expected);
    await spill.remove(number);
  }
  assert.deepEqual(await readdir(folder), []);
});

test("more or fewer rows than were counted are seen, not mixed up", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const plan = planBuckets(Uint32Array.of(0, 2, 4), 2, new Map());
  const time = Float64Array.of(1, 2, 3, 4);
  for (const [name, machines] of Object.entries({ fewer: [0, 1, 1], other: [0, 0, 0, 1], more: [0, 0, 1, 1, 1] })) {
    const target = await mkdtemp(join(folder, name));
    const parts = partsOf(Uint32Array.from(machines), Float64Array.from(machines));
    assert.equal(await spillRows(parts, { folder: target, plan, width: 1, waiting: 1 }), undefined, name);
    const again = partsOf(Uint32Array.from(machines), Float64Array.from(machines));
    assert.equal(await placeRows(again, Uint32Array.of(0, 2, 4), [new Float64Array(4)]), false, name);
  }
  assert.ok(await spillRows(partsOf(Uint32Array.of(1, 0, 1, 0), time), { folder, plan, width: 1, waiting: 1 }));
});
