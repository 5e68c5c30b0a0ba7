/** Grows one tree leaf by leaf, always splitting the leaf whose split gains most. */
import type { BinnedColumns } from "./bins.ts";
import { COLUMNS_AT_ONCE, fillHistogram, histogramLayout, type RowSums, subtractHistogram } from "./histogram.ts";
import { endSearch, type NodeSums, type Split, type SplitLimits, searchColumns, startSearch } from "./split.ts";
import type { Tree } from "./trees.ts";

export interface GrownTree {
  tree: Tree;
  /** One a node, before rounding to the model's grid: sums of gradient over hessian with l2, negated, in fixed point; 0 in inner nodes. */
  value: Float64Array;
  /** The gain of each split, one a node, in fixed point; 0 in leaves. */
  gain: Float64Array;
  /** The node of every leaf with its rows, `order[begin]` to `order[end]`. */
  leaves: readonly { node: number; begin: number; end: number }[];
  /** Row indices, leaf by leaf; used again by the next tree. */
  order: Int32Array;
}

interface Grower {
  /** `sums` has one entry a row of the training set. */
  grow(sums: RowSums, limits: SplitLimits): GrownTree;
}

interface Leaf {
  node: number;
  begin: number;
  end: number;
  sums: NodeSums;
  histogram?: Float64Array;
  split?: Split;
}

/** Keeps the buffers between the trees of a fit. */
export function createGrower(columns: BinnedColumns, leaves: number, unitHessian: boolean): Grower {
  const layout = histogramLayout(columns, unitHessian);
  const { start } = layout;
  const count = columns.source.length;
  const rows = columns.rows;
  const order = new Int32Array(rows);
  const moved = new Int32Array(rows);
  const gathered: RowSums = { gradient: new Float64Array(rows), weight: new Float64Array(rows) };
  if (!unitHessian) gathered.hessian = new Float64Array(rows);
  const pool: Float64Array[] = [];

  function grow(sums: RowSums, limits: SplitLimits): GrownTree {
    for (let i = 0; i < rows; i++) order[i] = i;
    const nodes = new NodeList(leaves);
    const root: Leaf = { node: nodes.add(), begin: 0, end: rows, sums: totals(sums) };
    const open = [root];
    findRootSplit(root, sums, limits);
    while (open.length < leaves) {
      const leaf = mostGain(open);
      if (leaf?.split === undefined) break;
      const [left, right] = divide(leaf, leaf.split, nodes);
      open.splice(open.indexOf(leaf), 1, left, right);
      if (open.length < leaves) findSplits(leaf, left, right, sums, limits);
      else release(leaf);
    }
    for (const leaf of open) {
      release(leaf);
      const denominator = leaf.sums.hessian + limits.l2;
      nodes.value[leaf.node] = denominator > 0 ? -leaf.sums.gradient / denominator : 0;
    }
    return { ...nodes.finish(columns), leaves: open, order };
  }

  function findRootSplit(root: Leaf, sums: RowSums, limits: SplitLimits): void {
    if (!canSplit(root.sums, limits)) return;
    const histogram = take(root);
    const node = { order, begin: root.begin, end: root.end, sums };
    const search = startSearch();
    for (let from = 0; from < count; from += COLUMNS_AT_ONCE) {
      const to = Math.min(count, from + COLUMNS_AT_ONCE);
      fillHistogram(histogram, columns, layout, from, to, node);
      searchColumns(search, histogram, columns, layout, from, to, root.sums, limits);
    }
    root.split = endSearch(search, root.sums, limits);
    if (root.split === undefined) release(root);
  }

  /** The smaller child's histogram is summed anew, the other's is what is left of the parent's. */
  function findSplits(parent: Leaf, left: Leaf, right: Leaf, sums: RowSums, limits: SplitLimits): void {
    const [smaller, larger] = left.end - left.begin <= right.end - right.begin ? [left, right] : [right, left];
    const smallerCan = canSplit(smaller.sums, limits);
    const largerCan = canSplit(larger.sums, limits);
    if (parent.histogram === undefined || !(smallerCan || largerCan)) {
      release(parent);
      return;
    }
    const ownHistogram = take(smaller);
    const restHistogram = parent.histogram;
    larger.histogram = restHistogram;
    gather(sums, smaller, order, gathered);
    const node = { order, begin: smaller.begin, end: smaller.end, sums: gathered };
    const searchSmaller = startSearch();
    const searchLarger = startSearch();
    for (let from = 0; from < count; from += COLUMNS_AT_ONCE) {
      const to = Math.min(count, from + COLUMNS_AT_ONCE);
      fillHistogram(ownHistogram, columns, layout, from, to, node);
      if (smallerCan) searchColumns(searchSmaller, ownHistogram, columns, layout, from, to, smaller.sums, limits);
      if (!largerCan) continue;
      subtractHistogram(restHistogram, ownHistogram, start[from], start[to]);
      searchColumns(searchLarger, restHistogram, columns, layout, from, to, larger.sums, limits);
    }
    smaller.split = endSearch(searchSmaller, smaller.sums, limits);
    larger.split = endSearch(searchLarger, larger.sums, limits);
    for (const child of [smaller, larger]) if (child.split === undefined) release(child);
  }

  function take(leaf: Leaf): Float64Array {
    leaf.histogram = pool.pop() ?? new Float64Array(start[count]);
    return leaf.histogram;
  }

  function release(leaf: Leaf): void {
    if (leaf.histogram !== undefined) pool.push(leaf.histogram);
    leaf.histogram = undefined;
  }

  function divide(leaf: Leaf, split: Split, nodes: NodeList): [Leaf, Leaf] {
    const middle = partition(leaf, split, columns, order, moved);
    const [left, right] = nodes.split(leaf.node, split);
    const { gradient, hessian, weight } = leaf.sums;
    const rightSums = {
      gradient: gradient - split.left.gradient,
      hessian: hessian - split.left.hessian,
      weight: weight - split.left.weight,
    };
    return [
      { node: left, begin: leaf.begin, end: middle, sums: split.left },
      { node: right, begin: middle, end: leaf.end, sums: rightSums },
    ];
  }

  return { grow };
}

/** The leaf whose split gains most; among equals the one made first. */
function mostGain(open: readonly Leaf[]): Leaf | undefined {
  let best: Leaf | undefined;
  for (const leaf of open) {
    if (leaf.split === undefined) continue;
    const ahead = best?.split === undefined ? 1 : leaf.split.gain - best.split.gain;
    if (ahead > 0 || (ahead === 0 && best !== undefined && leaf.node < best.node)) best = leaf;
  }
  return best;
}

function canSplit({ weight, hessian }: NodeSums, { minRows, minHessian }: SplitLimits): boolean {
  return weight >= 2 * minRows && hessian >= 2 * minHessian;
}

function totals({ gradient, hessian, weight }: RowSums): NodeSums {
  const sum = (values: Float64Array): number => {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += values[i];
    return total;
  };
  const weights = sum(weight);
  return { gradient: sum(gradient), weight: weights, hessian: hessian === undefined ? weights : sum(hessian) };
}

function gather(sums: RowSums, { begin, end }: Leaf, order: Int32Array, into: RowSums): void {
  for (let i = begin; i < end; i++) {
    into.gradient[i - begin] = sums.gradient[order[i]];
    into.weight[i - begin] = sums.weight[order[i]];
  }
  if (sums.hessian === undefined || into.hessian === undefined) return;
  for (let i = begin; i < end; i++) into.hessian[i - begin] = sums.hessian[order[i]];
}

/** Moves the rows that go left before those that go right, each in their order; gives where the right ones begin. */
function partition(
  { begin, end }: Leaf,
  { column, cut, missingLeft }: Split,
  { codes, rows, bins }: BinnedColumns,
  order: Int32Array,
  moved: Int32Array,
): number {
  const first = column * rows;
  const missing = missingLeft ? bins[column] : -1;
  let left = begin;
  let right = 0;
  for (let i = begin; i < end; i++) {
    const row = order[i];
    const code = codes[first + row];
    if (code <= cut || code === missing) order[left++] = row;
    else moved[right++] = row;
  }
  order.set(moved.subarray(0, right), left);
  return left;
}

/** Collects the nodes of a tree; children come after their parent. */
class NodeList {
  readonly value: Float64Array;
  readonly #splits: (Split | undefined)[];
  readonly #left: Int32Array;
  #count = 0;

  constructor(leaves: number) {
    const most = 2 * leaves - 1;
    this.value = new Float64Array(most);
    this.#splits = new Array<Split | undefined>(most).fill(undefined);
    this.#left = new Int32Array(most).fill(-1);
  }

  add(): number {
    return this.#count++;
  }

  split(node: number, split: Split): [left: number, right: number] {
    const left = this.add();
    this.#splits[node] = split;
    this.#left[node] = left;
    return [left, this.add()];
  }

  finish(columns: BinnedColumns): Pick<GrownTree, "tree" | "value" | "gain"> {
    const splits = this.#splits.slice(0, this.#count);
    const left = this.#left.slice(0, this.#count);
    const tree: Tree = {
      feature: Int32Array.from(splits, (split) => split?.column ?? -1),
      threshold: Float32Array.from(splits, (split) => (split ? columns.thresholds[split.column][split.cut] : 0)),
      missingLeft: Uint8Array.from(splits, (split) => (split?.missingLeft ? 1 : 0)),
      left,
      right: left.map((child) => (child < 0 ? -1 : child + 1)),
      value: new Float32Array(this.#count),
    };
    return {
      tree,
      value: this.value.slice(0, this.#count),
      gain: Float64Array.from(splits, (split) => split?.gain ?? 0),
    };
  }
}
