/** The machine table: attributes as-of their validFrom, retirement and commissioning. */
import type { AttributeColumn, MachineTable } from "../core/fleet.ts";
import { compareBytes } from "../core/order.ts";
import { instantName } from "../core/time.ts";
import { duplicate, settleDuplicates } from "./duplicates.ts";
import { openEndSql } from "./field.ts";
import { offsetsOf, setAsideUnknownMachines } from "./machine-codes.ts";
import { machineFields } from "./source-fields.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createTable, type LoadContext, type Table } from "./table.ts";

/** The machine table as read, before it is known which machines have telemetry. */
export const MACHINE_ROWS = "machine_row";

/** Reads the machine table into the table MACHINE_ROWS, whose f0 is the machine. @throws what `addSource` throws. */
export async function readMachineRows(context: LoadContext, spec: SourceSpec): Promise<Table> {
  const fields = machineFields(spec);
  const kinds = fields.map(({ kind }) => kind);
  const table = await createTable(context, MACHINE_ROWS, kinds);
  await addSource(context, table, { spec, source: "machines", fields, stored: { 2: openEndSql(2) } });
  return table;
}

/**
 * The machine table from its rows. A machine may have several rows with different validFrom (absent: always); of retiredAt and
 * commissionedAt its latest given one holds. A missing number is NaN, a missing category -1.
 * @throws DATA_DUPLICATE when a machine has two rows from one instant on, DATA_MACHINE_UNKNOWN.
 */
export async function loadMachineTable(
  context: LoadContext,
  table: Table,
  spec: SourceSpec,
  machines: readonly string[],
): Promise<{ machineTable: MachineTable; report: SourceReport }> {
  const { database, time } = context;
  const attributes = Object.entries(spec.attributes ?? {});
  await setAsideUnknownMachines(context, table);
  await settleDuplicates(context, table, ["f0", "f1"]);
  await account(context, table);
  const report = sourceReport(
    "machines",
    table.files.map((file) => file.report),
  );

  const nan = "'NaN'::DOUBLE";
  const values = attributes.map(([, type], i) => (type === "number" ? `coalesce(f${i + 4}, ${nan})` : nan));
  const from = "FROM machine_row JOIN fleet_machine ON f0 = machine ORDER BY code, f1 NULLS FIRST";
  const [machine, validFrom, retired, commissioned, ...numbers] = await database.numbers(
    `SELECT ${["CAST(code AS DOUBLE)", "coalesce(f1, '-inf'::DOUBLE)", `coalesce(f2, ${nan})`, `coalesce(f3, ${nan})`, ...values].join(", ")} ${from}`,
    report.used,
  );
  for (let row = 1; row < report.used; row++) {
    if (machine[row] === machine[row - 1] && validFrom[row] === validFrom[row - 1]) {
      const key = { f0: machines[machine[row]], f1: validFrom[row] };
      const since = Number.isFinite(key.f1) ? ` from ${instantName(key.f1, time)} on` : "";
      throw await duplicate(database, table, {
        key,
        found: `machine \`${key.f0}\` twice${since}`,
      });
    }
  }
  const columns: Record<string, AttributeColumn> = {};
  for (const [i, [name, type]] of attributes.entries()) {
    columns[name] =
      type === "number"
        ? { type, values: numbers[i] }
        : category((await database.rows(`SELECT f${i + 4} ${from}`)).map(([text]) => text as string | null));
  }
  await database.run("DROP TABLE machine_row");
  const latest = (column: Float64Array, absent: number) => {
    const values = new Float64Array(machines.length).fill(absent);
    for (let row = 0; row < machine.length; row++) if (!Number.isNaN(column[row])) values[machine[row]] = column[row];
    return values;
  };
  const machineTable: MachineTable = {
    offsets: offsetsOf(machine, machines.length),
    validFrom,
    attributes: columns,
    ...(spec.retiredAt === undefined ? {} : { retiredAt: latest(retired, Number.POSITIVE_INFINITY) }),
    ...(spec.commissionedAt === undefined ? {} : { commissionedAt: latest(commissioned, Number.NaN) }),
  };
  return { machineTable, report };
}

function category(texts: readonly (string | null)[]): AttributeColumn {
  const levels = [...new Set(texts.filter((text) => text !== null))].sort(compareBytes);
  const codes = new Map(levels.map((level, i) => [level, i]));
  return {
    type: "category",
    levels,
    values: Int32Array.from(texts, (text) => (text === null ? -1 : codes.get(text)!)),
  };
}
