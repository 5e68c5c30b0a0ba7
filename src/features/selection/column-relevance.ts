/** The test that fits a column and a target. */
import { fisher } from "./fisher.ts";
import { kendall } from "./kendall.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { keepRanked, type Ranked, rankNumbers } from "./ranked.ts";
import { bestOf, type Relevance } from "./relevance.ts";

/** What columns are tested against, one value a row: 0 or 1, a class from 0 to classes - 1, or any number. */
export type SelectionTarget =
  | { kind: "binary"; values: Float64Array }
  | { kind: "multiclass"; values: Float64Array; classes: number }
  | { kind: "regression"; values: Float64Array };

/**
 * Says how relevant a column is, undefined where all its rows are alike:
 *
 * | target | column of two values | any other |
 * | --- | --- | --- |
 * | binary | Fisher's exact test | Mann-Whitney U |
 * | multiclass | the same, each class against all others, the smallest chance times their number | |
 * | regression | Mann-Whitney U of the target | Kendall's tau-b |
 *
 * Missing values are left out; where some are missing, whether a value is known is tested as a column of two values, and the column's
 * chance is twice the smaller one.
 */
export function columnRelevance(target: SelectionTarget, rows: number): (column: Ranked) => Relevance | undefined {
  const test = target.kind === "regression" ? againstNumbers(target.values) : againstClasses(target);
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  return (column) => {
    const known = column.order.length;
    const missing = known > 0 && known < rows;
    if (column.levels < 2 && !missing) return undefined;
    const values = column.levels < 2 ? [] : [test(column)];
    if (!missing) return bestOf(values);
    const isKnown = new Uint32Array(rows);
    for (let i = 0; i < known; i++) isKnown[column.order[i]] = 1;
    return bestOf([...values, test({ order: all, level: isKnown, levels: 2 })]);
  };
}

function againstClasses(target: Exclude<SelectionTarget, { kind: "regression" }>): (column: Ranked) => Relevance {
  const { values } = target;
  const classes = target.kind === "binary" ? 2 : target.classes;
  // Of two classes each is the rest of the other.
  const tested = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return (column) => {
    if (column.levels > 2) {
      const each = mannWhitney(column, values, classes);
      return bestOf(tested.map((k) => each[k]));
    }
    const { order, level } = column;
    const all = new Float64Array(classes);
    const upper = new Float64Array(classes);
    for (let i = 0; i < order.length; i++) {
      all[values[order[i]]]++;
      upper[values[order[i]]] += level[i];
    }
    const uppers = upper.reduce((sum, count) => sum + count, 0);
    return bestOf(tested.map((k) => fisher(upper[k], uppers, all[k], order.length)));
  };
}

function againstNumbers(values: Float64Array): (column: Ranked) => Relevance {
  const target = rankNumbers(values);
  const levelOf = new Uint32Array(values.length);
  for (const [i, row] of target.order.entries()) levelOf[row] = target.level[i];
  return (column) => {
    if (column.levels > 2) return kendall(column, levelOf, target.levels);
    const { order, level } = column;
    const known = new Uint8Array(values.length);
    const upper = new Uint8Array(values.length);
    for (let i = 0; i < order.length; i++) {
      known[order[i]] = 1;
      upper[order[i]] = level[i];
    }
    return mannWhitney(keepRanked(target, known), upper, 2)[1];
  };
}
