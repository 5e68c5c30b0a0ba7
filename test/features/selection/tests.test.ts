/** The tests of relevance, held against scipy's (scripts/reference/selection.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { columnRelevance, type SelectionTarget } from "../../../src/features/selection/column-relevance.ts";
import { believed } from "../../../src/features/selection/false-discovery.ts";
import { fisher } from "../../../src/features/selection/fisher.ts";
import { twoTails } from "../../../src/features/selection/normal-tail.ts";
import { rankColumn } from "../../../src/features/selection/ranked.ts";

type Kind = SelectionTarget["kind"];
const kinds: readonly Kind[] = ["binary", "multiclass", "regression"];

const reference = JSON.parse(readFileSync(new URL("./reference.json", import.meta.url), "utf8")) as {
  target: Record<Kind, number[]>;
  columns: Record<string, number[]>;
  chances: Record<string, Record<Kind, number>>;
  fisher: { table: [number, number, number, number]; p: number }[];
  tails: { z: number; p: number }[];
  discoveries: { chances: number[] } & Record<"dependent" | "independent", Record<string, number>>;
};

function targetOf(kind: Kind): SelectionTarget {
  return { kind, values: Float64Array.from(reference.target[kind]), classes: 3 };
}

function close(found: number, wanted: number, what: string, relative = 1e-11): void {
  assert.ok(Math.abs(found - wanted) <= relative * wanted, `${what}: ${found} is not ${wanted}`);
}

test("values are put in order by size: -0 is 0, negative ones first, missing ones left out", () => {
  const { order, level, levels } = rankColumn(
    Float32Array.of(0, 2, Number.NaN, -1e30, -0, -1e-30, Number.POSITIVE_INFINITY),
  );
  assert.deepEqual([...order], [3, 5, 0, 4, 1, 6]);
  assert.deepEqual([...level], [0, 1, 2, 2, 3, 4]);
  assert.equal(levels, 5);
});

test("the tails of the normal distribution are scipy's to 1e-13", () => {
  for (const { z, p } of reference.tails) {
    close(twoTails(z), p, `z = ${z}`, 1e-13);
    assert.equal(twoTails(-z), twoTails(z));
  }
  assert.equal(twoTails(50), 0);
  assert.ok(Number.isNaN(twoTails(Number.NaN)));
});

test("each kind of column and target has scipy's chance", () => {
  for (const kind of kinds) {
    const relevance = columnRelevance(targetOf(kind), reference.target[kind].length);
    for (const [name, values] of Object.entries(reference.columns)) {
      close(
        relevance(rankColumn(Float32Array.from(values)))?.p ?? -1,
        reference.chances[name][kind],
        `${name}, ${kind}`,
      );
    }
  }
});

test("Fisher's test is exact for small and large tables", () => {
  for (const { table, p } of reference.fisher) close(fisher(...table).p, p, String(table), 1e-9);
});

test("as many tests are believed as scipy's adjusted chances allow", () => {
  const { chances } = reference.discoveries;
  for (const hypotheses of ["dependent", "independent"] as const) {
    for (const [share, count] of Object.entries(reference.discoveries[hypotheses]))
      assert.equal(believed(chances, Number(share), hypotheses), count, `${hypotheses}, ${share}`);
  }
  assert.equal(believed([], 0.05, "dependent"), 0);
});

test("a column without a difference says nothing, and one that is only partly known is tested for that too", () => {
  const relevance = columnRelevance({ kind: "binary", values: Float64Array.of(1, 1, 1, 0, 0, 0) }, 6);
  const { NaN: missing } = Number;
  const p = (...values: number[]) => relevance(rankColumn(Float32Array.from(values)))?.p?.toFixed(12);
  assert.equal(p(2, 2, 2, 2, 2, 2), undefined);
  assert.equal(p(missing, missing, missing, missing, missing, missing), undefined);
  // Three of three against none of three: 2 of the 20 tables are as far apart.
  assert.equal(p(1, 1, 1, 0, 0, 0), (0.1).toFixed(12));
  assert.equal(p(7, 7, 7, missing, missing, missing), (0.1).toFixed(12));
  assert.equal(p(7, 8, 8, missing, missing, missing), (0.2).toFixed(12));
});
