/** Reference data: the recommended maintenance schedule and the operating limits. */
import type { LimitRow, ScheduleRow } from "../core/fleet.ts";
import { instantName } from "../core/time.ts";
import type { Check, Field } from "./field.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { literal } from "./sql.ts";
import { account, addSource, createTable, duplicate, type LoadContext } from "./table.ts";

const notPositive: Check = {
  code: "DATA_INTERVAL_NOT_POSITIVE",
  problem: "a recommended interval is not above 0",
  expected: "hours or cycles above 0",
  field: 2,
  sql: "f2 <= 0",
};
const crossed: Check = {
  code: "DATA_LIMITS_CROSSED",
  problem: "a lower limit lies above the upper one",
  expected: "low at or below high",
  field: 2,
  sql: "f2 > f3",
};

/**
 * Reads the schedule: intervals in hours (timestamps) or cycles, sorted by component, match, validFrom.
 * @throws DATA_DUPLICATE, DATA_INTERVAL_NOT_POSITIVE and what `addSource` throws.
 */
export async function loadSchedule(
  context: LoadContext,
  spec: SourceSpec,
): Promise<{ schedule: ScheduleRow[]; report: SourceReport }> {
  const value: Field[] = [{ kind: "number", column: spec.interval, required: "value" }];
  const { rows, report } = await loadReference(context, "reference.schedule", spec, spec.component, value, [
    notPositive,
  ]);
  const schedule = rows.map(({ subject, values, ...row }) => ({ component: subject, interval: values[0], ...row }));
  return { schedule, report };
}

/**
 * Reads the limits: an absent side is infinite; rows of sensors that no telemetry source names are set aside; sorted by sensor, match,
 * validFrom.
 * @throws DATA_DUPLICATE, DATA_LIMITS_CROSSED and what `addSource` throws.
 */
export async function loadLimits(
  context: LoadContext,
  spec: SourceSpec,
  sensors: readonly string[],
): Promise<{ limits: LimitRow[]; report: SourceReport }> {
  const values: Field[] = [
    { kind: "number", column: spec.low, infinite: true },
    { kind: "number", column: spec.high, infinite: true },
  ];
  const { rows, report } = await loadReference(
    context,
    "reference.limits",
    spec,
    spec.sensor,
    values,
    [crossed],
    sensors,
  );
  const limits = rows.map(({ subject, values: [low, high], ...row }) => ({
    sensor: subject,
    low: Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low,
    high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : high,
    ...row,
  }));
  return { limits, report };
}

/** f0 the subject (component, sensor), f1 validFrom, then the values, then the columns to match. */
async function loadReference(
  context: LoadContext,
  source: string,
  spec: SourceSpec,
  subject: string | undefined,
  values: readonly Field[],
  checks: readonly Check[],
  subjects?: readonly string[],
) {
  const { database, time } = context;
  const match = Object.entries(spec.match ?? {});
  const fields: Field[] = [
    { kind: "text", column: subject, required: "key" },
    { kind: "instant", column: spec.validFrom },
    ...values,
    ...match.map(([, column]) => ({ kind: "text" as const, column })),
  ];
  const table = await createTable(
    context,
    "reference",
    fields.map(({ kind }) => kind),
  );
  const files = await addSource(context, table, { spec, source, fields, checks });
  const known = subjects === undefined ? "true" : `f0 IN (${subjects.map(literal).join(", ")})`;
  await account(context, table, known, "sensor that no telemetry source names");
  const columns = fields.map((_, i) => `f${i}`);
  const firstMatch = 2 + values.length;
  const keys = ["f0", ...columns.slice(firstMatch), "f1"];
  const found = await database.rows(
    `SELECT ${columns.join(", ")} FROM reference WHERE ${known} ORDER BY ${keys.map((key) => `${key} NULLS FIRST`).join(", ")}`,
  );
  const rows = found.map((row) => ({
    subject: String(row[0]),
    match: Object.fromEntries(
      match.flatMap(([attribute], i) =>
        row[firstMatch + i] === null ? [] : [[attribute, String(row[firstMatch + i])]],
      ),
    ),
    validFrom: row[1] === null ? Number.NEGATIVE_INFINITY : Number(row[1]),
    values: values.map((_, i) => (row[2 + i] === null ? Number.NaN : Number(row[2 + i]))),
  }));
  for (let i = 1; i < found.length; i++) {
    const [before, row] = [found[i - 1], found[i]];
    if (keys.every((key) => row[Number(key.slice(1))] === before[Number(key.slice(1))])) {
      const key = Object.fromEntries(
        keys.map((key) => {
          const value = row[Number(key.slice(1))];
          return [key, key === "f1" ? rows[i].validFrom : String(value ?? "")];
        }),
      );
      const since = row[1] === null ? "" : ` from ${instantName(rows[i].validFrom, time)} on`;
      const found = `\`${rows[i].subject}\` twice for the same machines${since}`;
      throw await duplicate(database, table, { key, found, kept: known });
    }
  }
  await database.run("DROP TABLE reference");
  return { rows, report: sourceReport(source, files) };
}
