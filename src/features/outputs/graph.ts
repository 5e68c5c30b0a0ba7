/** The graph of output nodes: which columns it needs, and what they become. */
import { ForewarnError } from "../../core/errors.ts";
import type { ColumnOf } from "./output.ts";
import { type OutputNode, outputKind } from "./table.ts";

/** The columns of all nodes, in order. */
export function outputNames(nodes: readonly OutputNode[]): string[] {
  return nodes.flatMap((node) => outputKind(node).names(node));
}

/** The nodes that `names` need, themselves or through others, in order. */
export function neededNodes(nodes: readonly OutputNode[], names: readonly string[]): OutputNode[] {
  const wanted = new Set(names);
  const needed = nodes.toReversed().filter((node) => {
    const kind = outputKind(node);
    if (!kind.names(node).some((name) => wanted.has(name))) return false;
    for (const input of kind.inputs(node)) wanted.add(input);
    return true;
  });
  return needed.toReversed();
}

/** The raw columns that nodes read, themselves or through others: each once. */
export function rawInputs(nodes: readonly OutputNode[]): string[] {
  const made = new Set<string>();
  const raw = new Set<string>();
  for (const node of nodes) {
    const kind = outputKind(node);
    for (const input of kind.inputs(node)) if (!made.has(input)) raw.add(input);
    for (const name of kind.names(node)) made.add(name);
  }
  return [...raw];
}

/** Columns by name: those that nodes make from raw ones, each made when it is first asked for; of one name, the node's before the raw one. */
export function graphColumns(nodes: readonly OutputNode[], raw: ColumnOf): ColumnOf {
  const graph = growingGraph(raw);
  graph.add(nodes);
  return graph.column;
}

/** A graph that nodes are added to one after the other. */
interface GrowingGraph {
  /** They may read the columns of those added before. */
  add(nodes: readonly OutputNode[]): void;
  /** As `graphColumns` of all nodes added so far. */
  column: ColumnOf;
}

/** A graph without nodes, over raw columns. */
export function growingGraph(raw: ColumnOf): GrowingGraph {
  const nodes: OutputNode[] = [];
  const makers = new Map<string, number>();
  const made = new Map<number, ReadonlyMap<string, Float32Array>>();
  // A node reads only what comes before it, so that a column may take the name of the raw one it is made of.
  const columnBefore = (name: string, before: number): Float32Array => {
    const maker = makers.get(name);
    if (maker === undefined || maker >= before) return raw(name);
    const columns = made.get(maker) ?? make(maker);
    return columns.get(name) as Float32Array;
  };
  const make = (i: number): ReadonlyMap<string, Float32Array> => {
    const kind = outputKind(nodes[i]);
    const values = kind.values(nodes[i], (name) => columnBefore(name, i));
    const columns = new Map(kind.names(nodes[i]).map((name, at) => [name, values[at]]));
    made.set(i, columns);
    return columns;
  };
  return {
    add(added) {
      for (const node of added) {
        for (const name of outputKind(node).names(node)) makers.set(name, nodes.length);
        nodes.push(node);
      }
    },
    column: (name) => columnBefore(name, nodes.length),
  };
}

/** A raw column by its name. */
export function columnsByName(names: readonly string[], columns: readonly Float32Array[]): ColumnOf {
  const byName = new Map(names.map((name, i) => [name, columns[i]]));
  return (name) => {
    const found = byName.get(name);
    if (found !== undefined) return found;
    throw new ForewarnError("BUG_RAW_COLUMN", { problem: "a raw column of the featurizer is missing", expected: name });
  };
}
