/** A telemetry table to sorted columns in memory. */
import type { Telemetry } from "../core/fleet.ts";
import type { TelemetryTable } from "./read-telemetry.ts";
import { rowSorter } from "./sorted-order.ts";
import { machineOfRow, mostRows, placeRows, sortMachines } from "./sorted-rows.ts";
import {
  namedColumns,
  repeatedRow,
  rowsChanged,
  telemetryOffsets,
  telemetrySql,
  telemetryWidth,
} from "./sorted-telemetry.ts";
import { dropTable, type LoadContext } from "./table.ts";

/**
 * Sorts one table by machine and time.
 * @throws DATA_DUPLICATE when a machine has two rows at one time, DATA_CHANGED when its rows became more or less meanwhile.
 */
export async function sortTelemetry(
  context: LoadContext,
  table: TelemetryTable,
  name: string,
  machines: readonly string[],
): Promise<Telemetry> {
  const offsets = await telemetryOffsets(context, table, machines.length);
  const sorted = await sortRows(context, table, offsets);
  if (sorted === undefined) throw rowsChanged(table);
  const { columns, repeated } = sorted;
  if (repeated !== -1) {
    const machine = machines[machineOfRow(offsets, repeated)];
    throw await repeatedRow(context, table, machine, columns[0][repeated]);
  }
  await dropTable(context, table);
  return { name, offsets, ...namedColumns(table, columns) };
}

/**
 * The sorted columns of a table, and the first row whose time is that of the row before it, of the same machine (-1 where there is none);
 * undefined where a machine has another number of rows than the offsets say.
 */
export async function sortRows(
  { database }: LoadContext,
  table: Pick<TelemetryTable, "name" | "late" | "sensors">,
  offsets: Uint32Array,
): Promise<{ columns: Float64Array[]; repeated: number } | undefined> {
  const rows = offsets[offsets.length - 1];
  const columns = Array.from({ length: telemetryWidth(table) }, () => new Float64Array(rows));
  if (!(await placeRows(database.parts(telemetrySql(table)), offsets, columns))) return undefined;
  return { columns, repeated: await sortMachines(columns, offsets, rowSorter(mostRows(offsets)), database.check) };
}
