/** The machines of a fleet: those with telemetry, numbered in the order of their names' bytes. */
import { ForewarnError } from "../core/errors.ts";
import { setAside } from "./set-aside.ts";
import type { LoadContext, Table } from "./table.ts";

/** Sets aside the rows of a tracked table, whose f0 is the machine, that are about machines without telemetry. @throws DATA_MACHINE_UNKNOWN */
export async function setAsideUnknownMachines(context: LoadContext, table: Table): Promise<void> {
  await setAside(context, table, {
    code: "DATA_MACHINE_UNKNOWN",
    violation: "unknownMachine",
    problem: "a machine has no telemetry",
    expected: "a machine that is called as in the telemetry",
    field: 0,
    sql: "f0 NOT IN (SELECT machine FROM fleet_machine)",
  });
}

/**
 * Makes the table fleet_machine (machine, code) from the telemetry tables, and returns the names.
 * @throws DATA_EMPTY when there is no telemetry row.
 */
export async function numberMachines(
  context: LoadContext,
  telemetry: readonly { name: string; files: readonly { report: { path: string } }[] }[],
): Promise<readonly string[]> {
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
