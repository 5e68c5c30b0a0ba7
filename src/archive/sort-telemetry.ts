/** A telemetry table to sorted columns in memory. */
import type { Telemetry } from "../core/fleet.ts";
import { instantName } from "../core/time.ts";
import { offsetsOf } from "./machine-codes.ts";
import type { TelemetryTable } from "./read-telemetry.ts";
import { duplicate, type LoadContext } from "./table.ts";

/**
 * Sorts one table by machine and time.
 * @throws DATA_DUPLICATE when a machine has two rows at one time.
 */
export async function sortTelemetry(
  context: LoadContext,
  table: TelemetryTable,
  name: string,
  machines: readonly string[],
): Promise<Telemetry> {
  const { database } = context;
  const readings = table.sensors.map((_, i) => `coalesce(f${i + 3}, 'NaN'::DOUBLE)`);
  const columns = ["CAST(code AS DOUBLE)", "f1", ...(table.late ? ["f2"] : []), ...readings];
  const rows = table.files.reduce((total, { report }) => total + report.read, 0);
  const [machine, time, ...rest] = await database.numbers(
    `SELECT ${columns.join(", ")} FROM ${table.name} JOIN fleet_machine ON f0 = machine ORDER BY code, f1`,
    rows,
  );
  for (let row = 1; row < rows; row++) {
    if (machine[row] === machine[row - 1] && time[row] === time[row - 1]) {
      const key = { f0: machines[machine[row]], f1: time[row] };
      const found = `machine \`${key.f0}\` twice at ${instantName(key.f1, context.time)}`;
      throw await duplicate(database, table, { key, found });
    }
  }
  const knownAt = table.late ? rest[0] : time;
  const values = table.late ? rest.slice(1) : rest;
  await database.run(`DROP TABLE ${table.name}`);
  const sensors = Object.fromEntries(table.sensors.map((sensor, i) => [sensor, values[i]]));
  return { name, offsets: offsetsOf(machine, machines.length), time, knownAt, sensors };
}
