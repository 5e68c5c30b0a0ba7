/** The machine table: attributes as-of their validFrom, retirement and commissioning. */
import type { AttributeColumn, MachineTable } from "../core/fleet.ts";
import { compareBytes } from "../core/order.ts";
import { instantName } from "../core/time.ts";
import { type Field, openEndSql } from "./field.ts";
import { HAS_TELEMETRY, NO_TELEMETRY, offsetsOf } from "./machine-codes.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createTable, duplicate, type LoadContext } from "./table.ts";

/**
 * Reads the machine table. A machine may have several rows with different validFrom (absent: always); of retiredAt and commissionedAt
 * its latest given one holds. A missing number is NaN, a missing category -1.
 * @throws DATA_DUPLICATE when a machine has two rows from one instant on, and what `addSource` throws.
 */
export async function loadMachineTable(
  context: LoadContext,
  spec: SourceSpec,
  machines: readonly string[],
): Promise<{ machineTable: MachineTable; report: SourceReport }> {
  const { database, time } = context;
  const attributes = Object.entries(spec.attributes ?? {});
  const fields: Field[] = [
    { kind: "machine", column: spec.machine, prefix: spec.machinePrefix, required: "key" },
    { kind: "instant", column: spec.validFrom },
    { kind: "instant", column: spec.retiredAt, openEnd: true },
    { kind: "instant", column: spec.commissionedAt },
    ...attributes.map(([column, type]) => ({
      kind: type === "number" ? ("number" as const) : ("text" as const),
      column,
    })),
  ];
  const table = await createTable(
    context,
    "machine_row",
    fields.map(({ kind }) => kind),
  );
  const files = await addSource(context, table, { spec, source: "machines", fields, stored: { 2: openEndSql(2) } });
  await account(context, table, HAS_TELEMETRY, NO_TELEMETRY);
  const report = sourceReport("machines", files);

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
        kept: HAS_TELEMETRY,
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
