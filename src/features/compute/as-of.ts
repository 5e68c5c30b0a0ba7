/** The machine table and the reference tables as they held at an instant. */
import type { AttributeColumn, Fleet, MachineTable } from "../../core/fleet.ts";

/** A reference row: for machines whose attributes equal `match`, from `validFrom` on. */
interface Reference {
  match: Readonly<Record<string, string>>;
  validFrom: number;
}

/** The machine table's row that holds for a machine at an instant, or -1: the one with the latest `validFrom` not after it. */
export function attributeRow({ offsets, validFrom }: MachineTable, machine: number, instant: number): number {
  let found = -1;
  for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
    if (validFrom[row] <= instant && (found < 0 || validFrom[row] >= validFrom[found])) found = row;
  }
  return found;
}

/** An attribute's value in a row of the machine table; undefined where it is missing. */
export function attributeValue(column: AttributeColumn, row: number): string | number | undefined {
  if (row < 0) return undefined;
  if (column.type === "category") return column.values[row] < 0 ? undefined : column.levels[column.values[row]];
  return Number.isNaN(column.values[row]) ? undefined : column.values[row];
}

/**
 * The reference row that holds for a machine at an instant: of those that match it and are valid by then the one with the
 * most matching attributes, then the latest `validFrom`, then the first by `order`. Called by ascending instants it is cheap.
 */
export function referenceLookup<Row extends Reference>(
  fleet: Fleet,
  rows: readonly Row[],
  order: (a: Row, b: Row) => number,
): (machine: number, instant: number) => Row | undefined {
  const ranked = [...rows].sort(
    (a, b) =>
      Object.keys(b.match).length - Object.keys(a.match).length ||
      Number(b.validFrom > a.validFrom) - Number(b.validFrom < a.validFrom) ||
      order(a, b),
  );
  const { machineTable } = fleet;
  let held: { machine: number; from: number; until: number; row: Row | undefined } | undefined;
  return (machine, instant) => {
    if (held === undefined || held.machine !== machine || instant < held.from || instant >= held.until) {
      const row = ranked.find(
        ({ match, validFrom }) => validFrom <= instant && matches(fleet, machine, instant, match),
      );
      held = { machine, from: instant, until: nextChange(ranked, machineTable, machine, instant), row };
    }
    return held.row;
  };
}

function matches(
  { machineTable }: Fleet,
  machine: number,
  instant: number,
  match: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(match);
  if (wanted.length === 0) return true;
  if (machineTable === undefined) return false;
  const row = attributeRow(machineTable, machine, instant);
  return wanted.every(([attribute, value]) => {
    const column = machineTable.attributes[attribute];
    const found = column === undefined ? undefined : attributeValue(column, row);
    return found !== undefined && String(found) === value;
  });
}

/** The next instant at which another row may hold. */
function nextChange(
  rows: readonly Reference[],
  table: MachineTable | undefined,
  machine: number,
  instant: number,
): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { validFrom } of rows) if (validFrom > instant && validFrom < next) next = validFrom;
  if (table === undefined) return next;
  for (let row = table.offsets[machine]; row < table.offsets[machine + 1]; row++) {
    const from = table.validFrom[row];
    if (from > instant && from < next) next = from;
  }
  return next;
}
