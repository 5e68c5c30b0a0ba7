/** The rows of a random fleet as they arrive one at a time. */
import { compareBytes } from "../../../../src/core/order.ts";
import type { OnlineFeaturizer } from "../../../../src/features/online/online-featurizer.ts";
import type { OnlineOptions } from "../../../../src/features/online/online-options.ts";
import type { RandomRows } from "../../support/random-fleet.ts";

export interface Arrival {
  table: string;
  event: boolean;
  knownAt: number;
  row: { machine: string; time: number; kind?: string; values?: Readonly<Record<string, number>> };
}

/** In the order in which they became known; of what became known at once, by time. */
export function arrivals({ telemetry, events }: RandomRows): Arrival[] {
  const of = (tables: object, event: boolean) =>
    Object.entries(tables as Record<string, Arrival["row"][]>).flatMap(([table, rows]) =>
      rows.map((row): Arrival => ({ table, event, knownAt: (row as { knownAt?: number }).knownAt ?? row.time, row })),
    );
  return [...of(telemetry, false), ...of(events, true)].sort(
    (a, b) => a.knownAt - b.knownAt || a.row.time - b.row.time || compareBytes(a.table, b.table),
  );
}

/** Adds a row that is known from its arrival, as the clock says, or as the row does. */
export function feed(online: OnlineFeaturizer, { table, event, knownAt, row }: Arrival, byClock: boolean): boolean {
  const { machine, time, kind, values } = row;
  const known = byClock ? {} : { knownAt };
  if (event) return online.addEvent(table, { machine, time, kind, ...known }, { now: knownAt });
  return online.addReading({ machine, time, ...known, ...values }, { table, now: knownAt });
}

export function onlineOptions(rows: RandomRows): OnlineOptions {
  const named = new Set([
    ...rows.machineTable.map(({ machine }) => machine),
    ...Object.keys(rows.commissionedAt ?? {}),
  ]);
  return {
    telemetry: rows.sensors as Record<string, readonly string[]>,
    machines: [
      ...rows.machineTable.map(({ machine = "m", validFrom, attributes }) => ({
        machine,
        ...(validFrom !== undefined && Number.isFinite(validFrom) && { validFrom }),
        commissionedAt: rows.commissionedAt?.[machine],
        ...attributes,
      })),
      ...[...named]
        .filter((machine) => !rows.machineTable.some((row) => row.machine === machine))
        .map((machine) => ({ machine, commissionedAt: rows.commissionedAt?.[machine as string] })),
    ] as OnlineOptions["machines"],
    schedule: rows.schedule?.map(({ validFrom, ...row }) => ({
      ...row,
      ...(Number.isFinite(validFrom) && { validFrom }),
    })),
    limits: rows.limits?.map(({ validFrom, ...row }) => ({ ...row, ...(Number.isFinite(validFrom) && { validFrom }) })),
  };
}
