/** A fleet as it would have been loaded from its rows alone: kinds and values that none of them has are not listed. */
import type { AttributeColumn, Events, Fleet } from "../core/fleet.ts";

export function seenFleet(fleet: Fleet): Fleet {
  const { events, machineTable } = fleet;
  return {
    ...fleet,
    events: Object.fromEntries(Object.entries(events).map(([name, table]) => [name, seenKinds(table)])),
    ...(machineTable && {
      machineTable: {
        ...machineTable,
        attributes: Object.fromEntries(
          Object.entries(machineTable.attributes).map(([name, column]) => [name, seenLevels(column)]),
        ),
      },
    }),
  };
}

function seenKinds(table: Events): Events {
  const { names, code } = seen(table.kinds, table.kind);
  // A table without a kind column has the kind "" whatever its rows.
  if (table.kinds.length === 1 && table.kinds[0] === "") return table;
  return { ...table, kinds: names, kind: table.kind.map((kind) => code[kind]) };
}

function seenLevels(column: AttributeColumn): AttributeColumn {
  if (column.type === "number") return column;
  const { names, code } = seen(
    column.levels,
    column.values.filter((level) => level >= 0),
  );
  return {
    type: "category",
    levels: names,
    values: column.values.map((level) => (level < 0 ? level : code[level])),
  };
}

/** The names that occur, in their order, and the new code of each old one. */
function seen(names: readonly string[], codes: Iterable<number>): { names: string[]; code: number[] } {
  const found = new Set(codes);
  const kept = names.filter((_, i) => found.has(i));
  return { names: kept, code: names.map((name) => kept.indexOf(name)) };
}
