/** A fleet from Arrow tables. */
import type { Table } from "apache-arrow";
import type { Fleet } from "../../core/fleet.ts";
import type { TimeKind } from "../../core/time.ts";
import { checkFleetInput } from "../plain/check-fleet-input.ts";
import { wrongType } from "../plain/checked-value.ts";
import { type Codes, type FleetFacts, fleetFromColumns } from "../plain/fleet-from-columns.ts";
import { codesOf, instantsOf, numbersOf } from "./column-values.ts";
import { arrowColumn } from "./matrix-from-arrow.ts";

/** The names of a table's columns. */
export interface KeyMapping {
  /** Default: "machine". */
  machine?: string;
  /** Default: "time". */
  time?: string;
  /** When a row became known. Default: "knownAt" where there is such a column, else rows are known at their time. */
  knownAt?: string;
}

export interface TelemetryMapping extends KeyMapping {
  /** Default: all other columns of numbers. */
  sensors?: readonly string[];
}

export interface EventMapping extends KeyMapping {
  /** Default: "kind" where there is such a column, else all records are of one kind. */
  kind?: string;
}

/** A table, or a table whose columns have other names. */
export type MappedTable<Mapping> = Table | (Mapping & { table: Table });

export interface ArrowFleet extends FleetFacts {
  /** What times count. Default: "timestamp". */
  time?: TimeKind;
  /** One table, or several by name. */
  telemetry: MappedTable<TelemetryMapping> | Readonly<Record<string, MappedTable<TelemetryMapping>>>;
  /** By name. Default: none. */
  events?: Readonly<Record<string, MappedTable<EventMapping>>>;
}

/**
 * A fleet as `loadFleet` gives it. Rows may come in any order; where they are sorted by machine (UTF-8 bytes) and time, sensors that are float64,
 * without nulls and in one piece are used as they are, without a copy: whoever changes the table's memory changes the fleet.
 * Null is NaN; times are timestamps of any unit, whole microseconds (or cycles), dates or text.
 * @throws DATA_COLUMN_MISSING, DATA_COLUMN_TYPE, DATA_INSTANT, DATA_VALUE_MISSING, DATA_DUPLICATE
 */
export function fleetFromArrow(given: ArrowFleet): Fleet {
  checkFleetInput(given, "fleetFromArrow");
  const { time = "timestamp", telemetry, events, ...facts } = given;
  const tables = isMapped(telemetry) ? { telemetry } : telemetry;
  const readings = Object.entries(tables).map(([name, one]) => {
    const { table, sensors, ...mapping } = mapped<TelemetryMapping>(one, name);
    const own = keyNames(table, mapping);
    const wanted = sensors ?? numberColumns(table).filter((column) => !own.has(column));
    const columns = wanted.map((sensor) => [sensor, numbersOf(arrowColumn(table, sensor, name), `${name}.${sensor}`)]);
    return { ...keyColumns(name, table, mapping, time), sensors: Object.fromEntries(columns) };
  });
  const records = Object.entries(events ?? {}).map(([name, one]) => {
    const { table, kind, ...mapping } = mapped<EventMapping>(one, name);
    const column = kind ?? (hasColumn(table, "kind") ? "kind" : undefined);
    const kinds: Codes =
      column === undefined
        ? { names: [""], codes: new Uint32Array(table.numRows) }
        : codesOf(arrowColumn(table, column, name), `${name}.${column}`, "");
    return { ...keyColumns(name, table, mapping, time), kind: kinds };
  });
  return fleetFromColumns(time, readings, records, facts);
}

function keyColumns(name: string, table: Table, mapping: KeyMapping, kind: TimeKind) {
  const { machine = "machine", time = "time" } = mapping;
  const knownAt = mapping.knownAt ?? (hasColumn(table, "knownAt") ? "knownAt" : undefined);
  const at = instantsOf(arrowColumn(table, time, name), kind, `${name}.${time}`);
  const known = knownAt && instantsOf(arrowColumn(table, knownAt, name), kind, `${name}.${knownAt}`, true);
  return {
    name,
    machine: codesOf(arrowColumn(table, machine, name), `${name}.${machine}`),
    time: at,
    ...(known && { knownAt: known.map((instant, row) => (Number.isNaN(instant) ? at[row] : instant)) }),
  };
}

function keyNames(table: Table, { machine = "machine", time = "time", knownAt }: KeyMapping): Set<string> {
  return new Set([machine, time, knownAt ?? (hasColumn(table, "knownAt") ? "knownAt" : time)]);
}

function numberColumns(table: Table): string[] {
  const numbers = new Set([2, 3]);
  return table.schema.fields.filter(({ type }) => numbers.has(type.typeId)).map(({ name }) => name);
}

function hasColumn(table: Table, name: string): boolean {
  return table.schema.fields.some((field) => field.name === name);
}

/** A table is told by its shape, so that one of another copy of the library counts too. */
function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && "schema" in value && "numRows" in value && "getChild" in value;
}

function isMapped(value: unknown): value is MappedTable<TelemetryMapping> {
  return isTable(value) || (typeof value === "object" && value !== null && "table" in value && isTable(value.table));
}

/** @throws DATA_COLUMN_TYPE for what is no table */
function mapped<Mapping>(given: MappedTable<Mapping>, name: string): Mapping & { table: Table } {
  if (!isMapped(given)) throw wrongType(name, "an Arrow table, or { table, … }", typeof given);
  return isTable(given) ? ({ table: given } as Mapping & { table: Table }) : given;
}
