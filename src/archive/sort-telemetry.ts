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
  const { database } = context;
  const offsets = await telemetryOffsets(context, table, machines.length);
  const columns = Array.from({ length: telemetryWidth(table) }, () => new Float64Array(offsets[machines.length]));
  if (!(await placeRows(database.parts(telemetrySql(table)), offsets, columns))) throw rowsChanged(table);
  const row = await sortMachines(columns, offsets, rowSorter(mostRows(offsets)), database.check);
  if (row !== -1) throw await repeatedRow(context, table, machines[machineOfRow(offsets, row)], columns[0][row]);
  await dropTable(context, table);
  return { name, offsets, ...namedColumns(table, columns) };
}
