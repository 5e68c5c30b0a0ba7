/** An event source to a sorted event table. */
import type { Events } from "../core/fleet.ts";
import { instantName } from "../core/time.ts";
import { duplicate, settleDuplicates } from "./duplicates.ts";
import { openEndSql } from "./field.ts";
import type { Check } from "./field-findings.ts";
import { futureChecks } from "./future.ts";
import { isLate, knownAtSql } from "./known-at.ts";
import { offsetsOf, setAsideUnknownMachines } from "./machine-codes.ts";
import { eventFields } from "./source-fields.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createTable, type LoadContext } from "./table.ts";

const endsTooEarly: Check = {
  code: "DATA_END_BEFORE_TIME",
  violation: "impossibleValue",
  problem: "an event ends before it begins",
  expected: "an end at or after the time, or nothing while it lasts",
  field: 4,
  sql: "f4 < f1",
};

/**
 * Reads and sorts one event table. Rows of machines without telemetry are set aside or refused. A table without a kind column has the kind "".
 * @throws DATA_DUPLICATE when a machine has two events of one kind at one time, and what `addSource` throws.
 */
export async function loadEvents(
  context: LoadContext,
  name: string,
  spec: SourceSpec,
  machines: readonly string[],
): Promise<{ events: Events; report: SourceReport }> {
  const { database } = context;
  const source = `events.${name}`;
  const table = await createTable(context, "event", ["machine", "instant", "instant", "text", "instant"]);
  const fields = eventFields(spec);
  const stored = { 2: knownAtSql(spec, context.time), 3: "coalesce(f3, '')", 4: openEndSql(4) };
  const checks = [...(spec.end === undefined ? [] : [endsTooEarly]), ...futureChecks(context, spec)];
  const files = await addSource(context, table, { spec, source, fields, stored, checks });
  await setAsideUnknownMachines(context, table);
  await settleDuplicates(context, table, ["f0", "f1", "f3"]);
  await account(context, table);
  const report = sourceReport(source, files);

  await database.run(
    `CREATE TEMP TABLE event_kind AS SELECT f3 AS kind, row_number() OVER (ORDER BY f3) - 1 AS kind_code FROM (SELECT DISTINCT f3 FROM event)`,
  );
  const kinds = (await database.rows("SELECT kind FROM event_kind ORDER BY kind_code")).map(([kind]) => String(kind));
  const [machine, time, known, kindCodes, end] = await database.numbers(
    `SELECT CAST(code AS DOUBLE), f1, f2, CAST(kind_code AS DOUBLE), coalesce(f4, 'inf'::DOUBLE) FROM event JOIN fleet_machine ON f0 = machine JOIN event_kind ON f3 = kind ORDER BY code, f1, kind_code`,
    report.used,
  );
  for (let row = 1; row < report.used; row++) {
    const before = row - 1;
    if (machine[row] === machine[before] && time[row] === time[before] && kindCodes[row] === kindCodes[before]) {
      const key = { f0: machines[machine[row]], f1: time[row], f3: kinds[kindCodes[row]] };
      const what = key.f3 === "" ? "" : `\`${key.f3}\` of `;
      const found = `${what}machine \`${key.f0}\` twice at ${instantName(key.f1, context.time)}`;
      throw await duplicate(database, table, { key, found });
    }
  }
  await database.run("DROP TABLE event; DROP TABLE event_kind");
  const events: Events = {
    name,
    offsets: offsetsOf(machine, machines.length),
    time,
    knownAt: isLate(spec) ? known : time,
    kinds: spec.kind === undefined ? [""] : kinds,
    kind: Uint32Array.from(kindCodes),
    outcome: spec.outcome ?? ["failures", "maintenance"].includes(name),
    ...(spec.end === undefined ? {} : { end }),
  };
  return { events, report };
}
