/** What the machine table and the reference tables say of a machine at an instant, as numbers: NaN where they say nothing. */
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet } from "../../core/fleet.ts";
import type { FleetSchema } from "../schema.ts";
import { attributeRow, attributeValue, referenceLookup } from "./as-of.ts";
import { missing } from "./missing.ts";

/** Called by ascending instants it is cheap. */
export type Fact = (machine: number, instant: number) => number;

/** A number made of an attribute's value. @throws DATA_COLUMN_MISSING, DATA_COLUMN_TYPE */
export function attributeFact(
  { machineTable }: Fleet,
  { attributes }: FleetSchema,
  name: string,
  number: (value: string | number) => number,
): Fact {
  const column = machineTable?.attributes[name];
  if (machineTable === undefined || column === undefined) {
    const known = Object.keys(machineTable?.attributes ?? {});
    throw missing("DATA_COLUMN_MISSING", "the machine table lacks an attribute that the model needs", name, known);
  }
  const { type } = attributes[name];
  if (column.type !== type) {
    throw new ForewarnError("DATA_COLUMN_TYPE", {
      problem: "an attribute is not of the type it was planned with",
      expected: type,
      found: column.type,
      where: name,
    });
  }
  return (machine, instant) => {
    const value = attributeValue(column, attributeRow(machineTable, machine, instant));
    return value === undefined ? Number.NaN : number(value);
  };
}

/** The recommended interval of a component, in hours or cycles. @throws DATA_TABLE_MISSING */
export function intervalFact(fleet: Fleet, component: string): Fact {
  if (fleet.schedule === undefined) throw missing("DATA_TABLE_MISSING", "a reference table is missing", "schedule");
  const rows = fleet.schedule.filter((row) => row.component === component);
  const lookup = referenceLookup(fleet, rows, (a, b) => a.interval - b.interval);
  return (machine, instant) => {
    const interval = lookup(machine, instant)?.interval ?? Number.NaN;
    return interval > 0 ? interval : Number.NaN;
  };
}

/** The limits of a sensor. @throws DATA_TABLE_MISSING */
export function limitFacts(fleet: Fleet, sensor: string): { low: Fact; high: Fact } {
  if (fleet.limits === undefined) throw missing("DATA_TABLE_MISSING", "a reference table is missing", "limits");
  const rows = fleet.limits.filter((row) => row.sensor === sensor);
  const lookup = referenceLookup(fleet, rows, (a, b) => compare(b.low, a.low) || compare(a.high, b.high));
  return {
    low: (machine, instant) => lookup(machine, instant)?.low ?? Number.NaN,
    high: (machine, instant) => lookup(machine, instant)?.high ?? Number.NaN,
  };
}

function compare(a: number, b: number): number {
  return Number(a > b) - Number(a < b);
}
