/** The extension point of the output graph: how one kind of node makes columns from raw ones or from those of earlier nodes. */
import type { z } from "zod";

/** A column by name: a node's inputs are raw columns, or columns of nodes before it. */
export type ColumnOf = (name: string) => Float32Array;

/** Nodes are plain data that `JSON.stringify` keeps: what was learned from training rows stands in them. */
export interface OutputKind<Node> {
  shape: z.ZodType<Node>;
  /** The columns it reads. */
  inputs(node: Node): readonly string[];
  /** The columns it gives. */
  names(node: Node): readonly string[];
  /**
   * The values of `names(node)`, in their order: computed in float64, emitted as float32, missing is NaN, -0 is +0 (`emitted`).
   * A row's value depends on that row of the inputs alone.
   */
  values(node: Node, column: ColumnOf): readonly Float32Array[];
}

/** What a column holds: float32, every NaN the same, +0 for -0. */
export function emitted(value: number): number {
  return Number.isNaN(value) ? Number.NaN : Math.fround(value) + 0;
}

/** What a column holds where only finite numbers make sense: missing otherwise. */
export function finite(value: number): number {
  const rounded = Math.fround(value) + 0;
  return Number.isFinite(rounded) ? rounded : Number.NaN;
}
