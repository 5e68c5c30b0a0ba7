/** The columns of an event table: one a kind, and one for any kind. */
import type { RawColumn, Training } from "./feature.ts";
import type { OutputColumn } from "./outputs.ts";
import type { FleetSchema } from "./schema.ts";

/** A kind with its part of the column's name; the kind of the column for any kind is undefined. */
export interface KindColumn {
  kind: string | undefined;
  label: string;
}

/** One a kind, sorted by bytes, then `any`. A record without a kind counts in `any` only. */
export function kindColumns(schema: FleetSchema, table: string): KindColumn[] {
  const kinds = schema.events[table].kinds.filter((kind) => kind !== "");
  return [...kinds.map((kind) => ({ kind, label: kind })), { kind: undefined, label: "any" }];
}

/** Keeps the columns that no kind owns, and of the others those with at least one training row that `shows` the kind. */
export function keepSeenKinds(
  columns: readonly RawColumn[],
  training: Training,
  shows: (value: number) => boolean,
): OutputColumn[] {
  const kept = columns.filter(({ name, reads }) => {
    const ownedByKind = reads.some((read) => "table" in read && read.kind !== undefined);
    if (!ownedByKind) return true;
    const column = training.column(name);
    return training.rows.some((row) => shows(column[row]));
  });
  return kept.map(({ name }) => ({ from: "raw", name }));
}
