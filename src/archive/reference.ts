/** Reference data: the recommended maintenance schedule and the operating limits. */
import type { LimitRow, ScheduleRow } from "../core/fleet.ts";
import { instantName } from "../core/time.ts";
import { duplicate, settleDuplicates } from "./duplicates.ts";
import type { Field } from "./field.ts";
import type { Check } from "./field-findings.ts";
import { setAside } from "./set-aside.ts";
import { limitFields, scheduleFields } from "./source-fields.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { literal } from "./sql.ts";
import { account, addSource, createTable, type LoadContext } from "./table.ts";

const notPositive: Check = {
  code: "DATA_INTERVAL_NOT_POSITIVE",
  violation: "impossibleValue",
  problem: "a recommended interval is not above 0",
  expected: "hours or cycles above 0",
  field: 2,
  sql: "f2 <= 0",
};
const crossed: Check = {
  code: "DATA_LIMITS_CROSSED",
  violation: "impossibleValue",
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
  const read = { spec, fields: scheduleFields(spec), checks: [notPositive] };
  const { rows, report } = await loadReference(context, "reference.schedule", read);
  const schedule = rows.map(({ subject, values, ...row }) => ({ component: subject, interval: values[0], ...row }));
  return { schedule, report };
}

/**
 * Reads the limits: an absent side is infinite; rows of sensors that no telemetry source names are set aside or refused; sorted by sensor, match,
 * validFrom.
 * @throws DATA_DUPLICATE, DATA_LIMITS_CROSSED and what `addSource` throws.
 */
export async function loadLimits(
  context: LoadContext,
  spec: SourceSpec,
  sensors: readonly string[],
): Promise<{ limits: LimitRow[]; report: SourceReport }> {
  const read = { spec, fields: limitFields(spec), checks: [crossed], subjects: sensors };
  const { rows, report } = await loadReference(context, "reference.limits", read);
  const limits = rows.map(({ subject, values: [low, high], ...row }) => ({
    sensor: subject,
    low: Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low,
    high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : high,
    ...row,
  }));
  return { limits, report };
}

interface ReferenceRows {
  spec: SourceSpec;
  /** The subject (component, sensor), validFrom, then the values, then the columns to match. */
  fields: readonly Field[];
  checks: readonly Check[];
  /** The subjects that rows are kept of. Default: all. */
  subjects?: readonly string[];
}

async function loadReference(context: LoadContext, source: string, { spec, fields, checks, subjects }: ReferenceRows) {
  const { database, time } = context;
  const match = Object.entries(spec.match ?? {});
  const kinds = fields.map(({ kind }) => kind);
  const table = await createTable(context, "reference", kinds);
  const files = await addSource(context, table, { spec, source, fields, checks });
  if (subjects !== undefined) {
    await setAside(context, table, {
      code: "DATA_SENSOR_UNKNOWN",
      violation: "unknownSensor",
      problem: "no telemetry source names this sensor",
      expected: subjects.join(", "),
      field: 0,
      sql: `f0 NOT IN (${subjects.map(literal).join(", ")})`,
    });
  }
  const firstMatch = fields.length - match.length;
  const values = fields.slice(2, firstMatch);
  const matched = match.map((_, i) => `f${firstMatch + i}`);
  await settleDuplicates(context, table, ["f0", "f1", ...matched]);
  await account(context, table);
  const columns = fields.map((_, i) => `f${i}`);
  const keys = ["f0", ...matched, "f1"];
  const found = await database.rows(
    `SELECT ${columns.join(", ")} FROM reference ORDER BY ${keys.map((key) => `${key} NULLS FIRST`).join(", ")}`,
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
      throw await duplicate(database, table, { key, found });
    }
  }
  await database.run("DROP TABLE reference");
  return { rows, report: sourceReport(source, files) };
}
