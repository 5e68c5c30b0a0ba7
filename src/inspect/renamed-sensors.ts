/** Telemetry tables of which one calls a sensor otherwise: `volt` here, `voltage` there. */
import type { ColumnProfile } from "./profile-table.ts";
import type { TelemetryRole } from "./telemetry-roles.ts";

export interface RenamedSensors {
  /** The sensors' names by the columns of the other table, as far as the pairs are told. */
  names: ReadonlyMap<string, string>;
  /** How the pairs were told; undefined where they are only the nearest. */
  by?: "names" | "values";
}

/** More than this many columns of other names are another table. */
const MOST_RENAMED = 3;
/** Of two spans that are alike this share is common. */
const ALIKE = 0.8;

/** The columns of `other` that may be sensors of `known`; undefined where the tables do not differ by a few names alone. */
export function renamedSensors(known: TelemetryRole, other: TelemetryRole): RenamedSensors | undefined {
  if (known.long !== undefined || other.long !== undefined) return undefined;
  const [ours, theirs] = [columnsOf(known), columnsOf(other)];
  const lacking = ours.filter(({ name }) => !theirs.some((one) => one.name === name));
  const added = theirs.filter(({ name }) => !ours.some((one) => one.name === name));
  if (lacking.length !== added.length || lacking.length === 0 || lacking.length > MOST_RENAMED) return undefined;
  if (ours.length < 2 * lacking.length) return undefined;
  const names = new Map<string, string>();
  let by: RenamedSensors["by"] = "names";
  for (const column of added) {
    const free = lacking.filter(({ name }) => ![...names.values()].includes(name));
    const alike = free.filter(({ name }) => areAlike(name, column.name));
    const match = alike.length === 1 ? alike[0] : free[0];
    names.set(column.name, match.name);
    // A name alone may hide another unit; values alone tell a pair only where there is no other.
    const isNamed = alike.length === 1 && common(match, column) > 0;
    if (isNamed || by === undefined) continue;
    by = lacking.length === 1 && common(match, column) >= ALIKE ? "values" : undefined;
  }
  return { names, ...(by === undefined ? {} : { by }) };
}

function columnsOf({ table, sensors }: TelemetryRole): ColumnProfile[] {
  return sensors.map((i) => table.profile[i]);
}

/** Equal but for case and signs, or one the beginning of the other: vib_x and vibX, volt and voltage. */
function areAlike(a: string, b: string): boolean {
  const [short, long] = [a, b]
    .map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""))
    .sort((one, two) => one.length - two.length);
  return short === long || (short.length >= 3 && long.startsWith(short) && !/\d$/.test(long));
}

/** Which share of the span of both columns' values is common to them. */
function common(a: ColumnProfile, b: ColumnProfile): number {
  if (a.least === undefined || a.most === undefined || b.least === undefined || b.most === undefined) return 0;
  const both = Math.min(a.most, b.most) - Math.max(a.least, b.least);
  const either = Math.max(a.most, b.most) - Math.min(a.least, b.least);
  return either > 0 ? both / either : 0;
}
