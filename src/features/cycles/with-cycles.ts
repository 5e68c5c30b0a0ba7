/** Makes one row of each operating cycle: a telemetry table of its own, beside the rows it is made of. */
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import { MICROS_PER_HOUR } from "../../core/time.ts";
import type { FleetSchema } from "../schema.ts";
import { closedCycles, countedRows, withinCycle } from "./closed-cycles.ts";
import { CYCLE_COUNT, CYCLE_DURATION, CYCLE_START, type CycleSchema } from "./cycle-schema.ts";
import { cycleValues } from "./cycle-statistics.ts";
import { cycleRule } from "./operating-cycles.ts";
import { tellingTables } from "./telling-tables.ts";

/** The name of the table; sources are called otherwise. */
const TABLE = "operating cycles";

/** The fleet as features of a schema read it: with its cycles, where the schema has any and the fleet has none as yet. @throws as `withCycles` */
export function fleetWithCycles(fleet: Fleet, { cycles }: Pick<FleetSchema, "cycles">): Fleet {
  return cycles === undefined || fleet.telemetry.some(isCycleTable) ? fleet : withCycles(fleet, cycles);
}

/**
 * The fleet with a table of its closed cycles: a row's time is the end of its cycle, `knownAt` that plus `late`, its sensors are the
 * cycle's duration, its number of rows and its quantities, float64. The fleet given stays as it is.
 * @throws DATA_COLUMN_MISSING when the telemetry lacks a sensor that is read; DATA_TABLE_MISSING, DATA_TABLE_AMBIGUOUS when it has other
 * tables than cycles by gaps were planned over.
 */
export function withCycles(fleet: Fleet, schema: CycleSchema): Fleet {
  const telling = tellingTables(
    schema,
    fleet.telemetry.map(({ name }) => name),
  );
  const { of, quantities } = schema;
  const told = { ...fleet, telemetry: fleet.telemetry.filter(({ name }) => telling.includes(name)) };
  const cycles = closedCycles(told, of);
  const rule = cycleRule(of);
  const sensors: Record<string, Float64Array> = {
    [CYCLE_DURATION]: cycles.last.map((last, i) => (last - cycles.start[i]) / MICROS_PER_HOUR),
    [CYCLE_COUNT]: Float64Array.from(cycles.rows),
    [CYCLE_START]: cycles.start,
  };
  for (const sensor of new Set(quantities.map((quantity) => quantity.sensor))) {
    const own = quantities.filter((quantity) => quantity.sensor === sensor);
    const columns = own.map(({ name }) => {
      sensors[name] = new Float64Array(cycles.end.length);
      return sensors[name];
    });
    const statistics = own.map(({ statistic }) => statistic);
    const { time, offsets, values } = countedRows(fleet, sensor, rule.late);
    for (let machine = 0; machine < fleet.machines.length; machine++) {
      let from = offsets[machine];
      for (let cycle = cycles.offsets[machine]; cycle < cycles.offsets[machine + 1]; cycle++) {
        const within = withinCycle(time, { from, to: offsets[machine + 1] }, cycles.start[cycle], cycles.last[cycle]);
        const made = cycleValues(statistics, { times: time, values, ...within }, cycles.end[cycle]);
        for (const [i, value] of made.entries()) columns[i][cycle] = value;
        from = within.to;
      }
    }
  }
  const table = { name: TABLE, offsets: cycles.offsets, time: cycles.end, knownAt: cycles.knownAt, sensors };
  return { ...fleet, telemetry: [...fleet.telemetry, table] };
}

/** Whether a telemetry table has one row an operating cycle: its times are their ends, and when they become known ascends as those do. */
function isCycleTable({ sensors }: Pick<Telemetry, "sensors">): boolean {
  return Object.hasOwn(sensors, CYCLE_START);
}
