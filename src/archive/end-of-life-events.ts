/** The failures of machines that are run until they fail. */
import type { Events, Telemetry } from "../core/fleet.ts";
import { lifeUnit } from "../core/time.ts";
import { duplicate, settleDuplicates } from "./duplicates.ts";
import type { Check } from "./field-findings.ts";
import { setAsideUnknownMachines } from "./machine-codes.ts";
import { remainingFields } from "./source-fields.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { EndOfLifeSpec, SourceSpec } from "./spec.ts";
import { account, addSource, createTable, type LoadContext } from "./table.ts";

const negative: Check = {
  code: "DATA_NEGATIVE",
  violation: "impossibleValue",
  problem: "a remaining life is negative",
  expected: "0 or more",
  field: 1,
  sql: "f1 < 0",
};
const notWhole: Check = {
  code: "DATA_CYCLE_NOT_WHOLE",
  violation: "impossibleValue",
  problem: "a remaining life is not a whole number of cycles",
  expected: "a whole number",
  field: 1,
  sql: "f1 <> trunc(f1)",
};

/**
 * One failure a machine, at its last telemetry row plus its remaining life where that is given. It ends the machine's observation.
 * @throws DATA_DUPLICATE, DATA_NEGATIVE, DATA_CYCLE_NOT_WHOLE and what `addSource` throws.
 */
export async function loadEndOfLife(
  context: LoadContext,
  name: string,
  spec: EndOfLifeSpec,
  telemetry: readonly Pick<Telemetry, "offsets" | "time">[],
  machines: readonly string[],
): Promise<{ events: Events; reports: SourceReport[] }> {
  const remaining = new Float64Array(machines.length);
  const reports: SourceReport[] = [];
  if (spec.remaining !== undefined) {
    reports.push(await readRemaining(context, `events.${name}.remaining`, spec.remaining, remaining, machines));
  }
  const time = Float64Array.from(remaining, (life, machine) => {
    const last = Math.max(
      ...telemetry.map(({ offsets, time }) =>
        offsets[machine] < offsets[machine + 1] ? time[offsets[machine + 1] - 1] : Number.NEGATIVE_INFINITY,
      ),
    );
    return last + Math.round(life * lifeUnit(context.time));
  });
  const events: Events = {
    name,
    offsets: Uint32Array.from({ length: machines.length + 1 }, (_, machine) => machine),
    time,
    knownAt: time,
    kinds: [spec.component ?? "machine"],
    kind: new Uint32Array(machines.length),
    outcome: true,
    endsObservation: true,
  };
  return { events, reports };
}

async function readRemaining(
  context: LoadContext,
  source: string,
  spec: SourceSpec,
  remaining: Float64Array,
  machines: readonly string[],
): Promise<SourceReport> {
  const { database } = context;
  const table = await createTable(context, "remaining_life", ["machine", "number"]);
  const files = await addSource(context, table, {
    spec,
    source,
    fields: remainingFields(spec),
    checks: context.time === "cycles" ? [negative, notWhole] : [negative],
  });
  await setAsideUnknownMachines(context, table);
  await settleDuplicates(context, table, ["f0"]);
  await account(context, table);
  const report = sourceReport(source, files);
  const [machine, life] = await database.numbers(
    "SELECT CAST(code AS DOUBLE), f1 FROM remaining_life JOIN fleet_machine ON f0 = machine ORDER BY code, f1",
    report.used,
  );
  for (let row = 0; row < machine.length; row++) {
    if (row > 0 && machine[row] === machine[row - 1]) {
      const f0 = machines[machine[row]];
      throw await duplicate(database, table, { key: { f0 }, found: `machine \`${f0}\` twice` });
    }
    remaining[machine[row]] = life[row];
  }
  await database.run("DROP TABLE remaining_life");
  return report;
}
