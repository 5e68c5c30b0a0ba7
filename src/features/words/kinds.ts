/** The columns of an event table: one a kind, and one for any kind. */
import type { RawColumn, Training } from "../feature.ts";
import type { OutputNode } from "../outputs/table.ts";
import type { FleetSchema } from "../schema.ts";

/** A kind with its part of the column's name; the kind of the column for any kind is undefined. */
export interface KindColumn {
  kind: string | undefined;
  label: string;
}

export interface AnyKindOptions {
  /** A column for events of any kind, beside one a kind. Default: true. */
  any?: boolean;
}

/** One a kind, sorted by bytes, then `any` unless it is not wanted. A record without a kind counts in `any` only. */
export function kindColumns(schema: FleetSchema, table: string, { any = true }: AnyKindOptions = {}): KindColumn[] {
  const kinds = schema.events[table].kinds.filter((kind) => kind !== "");
  const each = kinds.map((kind) => ({ kind, label: kind }));
  return any ? [...each, { kind: undefined, label: "any" }] : each;
}

/** Keeps the columns that no kind owns, and of the others those with at least one training row that `shows` the kind. */
export function keepSeenKinds(
  columns: readonly RawColumn[],
  training: Training,
  shows: (value: number) => boolean,
): OutputNode[] {
  const kept = columns.filter(({ name, reads }) => {
    const ownedByKind = reads.some((read) => "table" in read && read.kind !== undefined);
    if (!ownedByKind) return true;
    const column = training.column(name);
    return training.rows.some((row) => shows(column[row]));
  });
  return kept.map(({ name }) => ({ from: "raw", name }));
}
