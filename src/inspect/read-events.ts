/** A forgivingly read event table: what is in it, and its usable rows as a later stage would read them. */
import { ruleOf } from "../archive/contract.ts";
import type { Database } from "../archive/database.ts";
import { identifier } from "../archive/sql.ts";
import type { Events } from "../core/fleet.ts";
import { compareBytes } from "../core/order.ts";
import { END, type ForgivingSource, KIND, KNOWN_AT, MACHINE, TIME } from "./forgiving-fleet.ts";

export interface EventFacts {
  /** "errors", "maintenance". */
  name: string;
  rows: number;
  /** Rows that repeat another's machine, time and kind. */
  repeated: number;
  /** Machines without telemetry, those with the most rows first. */
  unknown: readonly { machine: string; rows: number }[];
  kinds: readonly { kind: string; rows: number }[];
  /** The first and the last instant; undefined without a row. */
  span?: { first: number; last: number };
  /** Rows that end before they begin. */
  endsEarly: number;
  /** The usable rows. */
  events: Events;
}

/** @param machines those with telemetry, sorted by bytes */
export async function readEvents(
  database: Database,
  source: ForgivingSource,
  machines: readonly string[],
): Promise<EventFacts> {
  const name = source.name.replace("events.", "");
  const hasKind = source.spec.kind !== undefined;
  const table = identifier(source.table);
  const kept = `${MACHINE} IS NOT NULL AND isfinite(${TIME})${hasKind ? ` AND ${KIND} IS NOT NULL` : ""}`;
  const rows = `(SELECT ${MACHINE} AS machine, ${TIME} AS time, greatest(${TIME}, coalesce(${KNOWN_AT}, ${TIME})) AS known, coalesce(${KIND}, '') AS kind, coalesce(${END}, 'inf'::DOUBLE) AS until FROM ${table} WHERE ${kept})`;
  const [[endsEarly]] = await database.rows(`SELECT count(*) FILTER (until < time) FROM ${rows}`);
  if (ruleOf(source.spec, "impossibleValue") === "quarantine")
    await database.run(`DELETE FROM ${table} WHERE ${END} < ${TIME}`);
  const [[usable, first, last]] = await database.rows(`SELECT count(*), min(time), max(time) FROM ${rows}`);
  const kinds = await database.rows(`SELECT kind, count(*) AS n FROM ${rows} GROUP BY kind ORDER BY n DESC, kind`);
  const codes = new Map(machines.map((machine, i) => [machine, i]));
  const byMachine = await database.rows(
    `SELECT machine, count(*) AS n FROM ${rows} GROUP BY machine ORDER BY n DESC, machine`,
  );
  const unknown = byMachine
    .filter(([machine]) => !codes.has(String(machine)))
    .map(([machine, count]) => ({ machine: String(machine), rows: Number(count) }));
  const distinct = await database.rows(
    `SELECT machine, time, kind, min(known), min(until) FROM ${rows} GROUP BY machine, time, kind ORDER BY machine, time, kind`,
  );
  return {
    name,
    rows: source.rows,
    repeated: Number(usable) - distinct.length,
    unknown,
    kinds: kinds.map(([kind, count]) => ({ kind: String(kind), rows: Number(count) })),
    ...(first === null ? {} : { span: { first: Number(first), last: Number(last) } }),
    endsEarly: Number(endsEarly),
    events: eventsOf(name, source, distinct, codes),
  };
}

function eventsOf(
  name: string,
  { spec }: ForgivingSource,
  distinct: readonly (readonly unknown[])[],
  codes: ReadonlyMap<string, number>,
): Events {
  const known = distinct.filter(([machine]) => codes.has(String(machine)));
  const kinds = [...new Set(known.map(([, , kind]) => String(kind)))];
  const names = spec.kind === undefined ? [""] : kinds.sort(compareBytes);
  const kindCodes = new Map(names.map((kind, i) => [kind, i]));
  const offsets = new Uint32Array(codes.size + 1);
  for (const [machine] of known) offsets[(codes.get(String(machine)) ?? 0) + 1]++;
  for (let i = 0; i < codes.size; i++) offsets[i + 1] += offsets[i];
  const column = (i: number) => Float64Array.from(known, (row) => Number(row[i]));
  return {
    name,
    offsets,
    time: column(1),
    knownAt: column(3),
    kinds: names,
    kind: Uint32Array.from(known, ([, , kind]) => kindCodes.get(String(kind)) ?? 0),
    outcome: spec.outcome ?? ["failures", "maintenance"].includes(name),
    ...(spec.end === undefined ? {} : { end: column(4) }),
  };
}
