import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blockLength } from "../../src/features/compute/lanes.ts";
import { rollingStatistics } from "../../src/kernels/calls.ts";
import { emittedBits, quantile, readingsIn, statistics } from "./reference/statistics.ts";
import { LaneBench, type LaneCase, laneCases, readingsOf } from "./support/lane-machines.ts";

const property = { seed: 20150302, numRuns: 400 };

/** The bits of what a twin finds in the window of each cutoff. */
function twin(data: LaneCase, sensor: number, value: (window: ReturnType<typeof readingsIn>, t: number) => number) {
  const { cutoffs, length } = data;
  return cutoffs.map(({ machine, t }) =>
    emittedBits(value(readingsIn(readingsOf(data, machine, sensor), t, { length }), t)),
  );
}

/** Whether every row has a group of its own, so that the kernel may do without groups. */
function eachAlone({ rows, length }: LaneCase): boolean {
  const block = blockLength(length);
  return rows.every((list) => new Set(list.map(({ time }) => Math.floor(time / block))).size === list.length);
}

/** Every way to put a window together that is open to a case. */
function waysOf(data: LaneCase) {
  const ways = [{ groups: true, table: false }];
  if (!data.late || data.inOrder) ways.push({ groups: true, table: true });
  if (eachAlone(data)) ways.push({ groups: false, table: false });
  return ways;
}

test("a window holds the rows of its machine in (t - shift - length, t - shift] after the anchor, known ones alone where they come in order", () => {
  const anchor = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -10, max: 330 }));
  const anchors = fc.array(anchor, { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(laneCases, fc.constantFrom(0, 3, 90), anchors, fc.boolean(), (data, shift, list, sorted) => {
      const given = sorted ? [...list].sort((a, b) => a - b) : list;
      const since = data.cutoffs.map((_, row) => given[row]);
      const expected = data.cutoffs.map(({ machine, t }, row) =>
        data.rows[machine]
          .filter(({ time }) => time > t - shift - data.length && time <= t - shift && !(time <= since[row]))
          .filter(({ knownAt }) => !data.inOrder || knownAt <= t)
          .map(({ time }) => time),
      );
      assert.deepEqual(new LaneBench(data).times(shift, since), expected);
    }),
    property,
  );
});

test("rolling statistics of one to four sensors equal their plain twin to the bit, in whatever way a window is put together", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(laneCases, (data) => {
      for (const way of waysOf(data)) {
        seen.add(JSON.stringify({ ...way, alone: eachAlone(data), late: data.late && !data.inOrder }));
        const found = new LaneBench(data).rolling(rollingStatistics, way);
        for (const [sensor, columns] of found.entries()) {
          for (const statistic of rollingStatistics) {
            const expected = twin(data, sensor, (window, t) => {
              return statistics(window, t, { unit: 3, block: blockLength(data.length) })[statistic];
            });
            assert.deepEqual(columns[statistic], expected, `${statistic} of sensor ${sensor}, ${JSON.stringify(way)}`);
          }
        }
      }
    }),
    property,
  );
  // With and without a table of groups, late rows, and a group a row: all that can go together.
  assert.equal(seen.size, 8);
});

test("each rolling statistic has the same bits alone as among others", () => {
  fc.assert(
    fc.property(laneCases, fc.constantFrom(...rollingStatistics), (data, statistic) => {
      const way = { groups: true, table: !data.late || data.inOrder };
      const alone = new LaneBench(data).rolling([statistic], way);
      const all = new LaneBench(data).rolling(rollingStatistics, way);
      assert.deepEqual(
        alone.map((sensor) => sensor[statistic]),
        all.map((sensor) => sensor[statistic]),
      );
    }),
    property,
  );
});

test("quantiles and their differences equal their plain twin to the bit", () => {
  const steps = [{ to: 0.5 }, { to: 0 }, { to: 1 }, { to: 0.9 }, { to: 0.3 }, { from: 0.25, to: 0.75 }];
  fc.assert(
    fc.property(laneCases, (data) => {
      const found = new LaneBench(data).quantiles(0, steps);
      for (const [i, { from, to }] of steps.entries()) {
        const expected = twin(data, 0, (window) => {
          return from === undefined ? quantile(window, to) : quantile(window, to) - quantile(window, from);
        });
        assert.deepEqual(found[i], expected, `quantile ${to}`);
      }
    }),
    property,
  );
});

test("a window of equal readings has exactly their value as every quantile", () => {
  const rows = [Array.from({ length: 10 }, (_, time) => ({ time, knownAt: time, values: [0.1, 0, 0, 0] }))];
  const cutoffs = rows[0].map(({ time }) => ({ machine: 0, t: time }));
  const data = { sensors: 1, length: 7, late: false, inOrder: false, rows, cutoffs, cuts: [] };
  const found = new LaneBench(data).quantiles(0, [{ to: 0.37 }, { from: 0.1, to: 0.9 }]);
  assert.deepEqual(found, [cutoffs.map(() => emittedBits(0.1)), cutoffs.map(() => 0)]);
});

test("a window that never changes has its value as mean, no spread and no slope", () => {
  const rows = [Array.from({ length: 50 }, (_, time) => ({ time, knownAt: time, values: [0.1, 0.3, 0, 0] }))];
  const data = {
    sensors: 2,
    length: 45,
    late: false,
    inOrder: false,
    rows,
    cutoffs: [{ machine: 0, t: 49 }],
    cuts: [],
  };
  const found = new LaneBench(data).rolling(["mean", "sd", "slope"], { groups: true, table: true });
  assert.deepEqual(found, [
    { mean: [emittedBits(0.1)], sd: [0], slope: [0] },
    { mean: [emittedBits(0.3)], sd: [0], slope: [0] },
  ]);
});

test("windows of hundreds of rows that are not grouped equal their plain twin to the bit", () => {
  const rows = [
    Array.from({ length: 200 }, (_, time) => ({
      time,
      knownAt: time,
      values: [((time * 7_919) % 1_009) / 7, time % 7, 0, 0],
    })),
  ];
  const cutoffs = rows[0].map(({ time }) => ({ machine: 0, t: time }));
  const data = { sensors: 2, length: 150, late: false, inOrder: false, rows, cutoffs, cuts: [90] };
  const found = new LaneBench(data).rolling(rollingStatistics, { groups: false, table: false });
  const quantiles = new LaneBench(data).quantiles(0, [{ to: 0.9 }]);
  for (const statistic of rollingStatistics) {
    const expected = twin(data, 0, (window, t) => statistics(window, t, { unit: 3, block: 1 })[statistic]);
    assert.deepEqual(found[0][statistic], expected, statistic);
  }
  assert.deepEqual(
    quantiles[0],
    twin(data, 0, (window) => quantile(window, 0.9)),
  );
});
