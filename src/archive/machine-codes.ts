/** The machines of a fleet: those with telemetry, numbered in the order of their names' bytes. */
import { ForewarnError } from "../core/errors.ts";
import type { LoadContext, Table } from "./table.ts";

/** A condition over a table whose field f0 is the machine. */
export const HAS_TELEMETRY = "f0 IN (SELECT machine FROM fleet_machine)";
/** Why a row is set aside that does not meet it. */
export const NO_TELEMETRY = "machine without telemetry";

/**
 * Makes the table fleet_machine (machine, code) from the telemetry tables, and returns the names.
 * @throws DATA_EMPTY when there is no telemetry row.
 */
export async function numberMachines(context: LoadContext, telemetry: readonly Table[]): Promise<readonly string[]> {
  const { database } = context;
  const names = telemetry.map(({ name }) => `SELECT DISTINCT f0 AS machine FROM ${name}`).join(" UNION ");
  await database.run(
    `CREATE TEMP TABLE fleet_machine AS SELECT machine, row_number() OVER (ORDER BY machine) - 1 AS code FROM (${names})`,
  );
  const machines = (await database.rows("SELECT machine FROM fleet_machine ORDER BY code")).map(([name]) =>
    String(name),
  );
  if (machines.length === 0) {
    throw new ForewarnError("DATA_EMPTY", {
      problem: "the archive holds no telemetry",
      expected: "at least one row",
      found: "no row",
      where: telemetry.flatMap(({ files }) => files.map(({ report }) => report.path)).join(", "),
    });
  }
  return machines;
}

/** Where each machine's rows begin, from the machine of each row in ascending order. */
export function offsetsOf(machine: Float64Array, machines: number): Uint32Array {
  const offsets = new Uint32Array(machines + 1);
  for (let row = 0; row < machine.length; row++) offsets[machine[row] + 1]++;
  for (let i = 0; i < machines; i++) offsets[i + 1] += offsets[i];
  return offsets;
}
