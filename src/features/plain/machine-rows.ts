/** The machine table from plain objects. */
import { ForewarnError } from "../../core/errors.ts";
import type { AttributeColumn, MachineTable } from "../../core/fleet.ts";
import { shownJson } from "../../core/json.ts";
import { compareBytes } from "../../core/order.ts";
import type { TimeKind } from "../../core/time.ts";
import { machineName } from "./checked-value.ts";
import { type Instant, instantOf } from "./instant-of.ts";

/** The facts of a machine: each further member is an attribute, text (a category) or a number; null and undefined are missing. */
export interface MachineRow {
  /** Text, or a whole number, which is taken as text. */
  machine: string | number;
  /** From when they hold. Default: always. */
  validFrom?: Instant;
  /** When its parts began to age. Default: unknown. */
  commissionedAt?: Instant;
  /** When it was taken out of service. Default: it is not. */
  retiredAt?: Instant;
  readonly [attribute: string]: unknown;
}

export type AttributeTypes = Readonly<Record<string, "category" | "number">>;

const ownKeys = new Set(["machine", "validFrom", "commissionedAt", "retiredAt"]);

/**
 * Rows of machines that are not among `machines` are left out.
 * @param machines sorted by bytes
 * @param types of attributes that are there even where no row names them; of the others the rows tell
 * @throws DATA_DUPLICATE for two rows of one machine and `validFrom`, DATA_COLUMN_TYPE for an attribute that is neither text nor numbers,
 * DATA_INSTANT
 */
export function machineTableFromRows(
  rows: readonly MachineRow[],
  machines: readonly string[],
  time: TimeKind,
  types: AttributeTypes = {},
): MachineTable {
  const index = new Map(machines.map((machine, i) => [machine, i]));
  const read = rows.map((row, i) => ({
    row,
    where: `machines[${i}]`,
    machine: index.get(machineName(row.machine, `machines[${i}].machine`)),
    validFrom: optionalInstant(row.validFrom, time, `machines[${i}].validFrom`, Number.NEGATIVE_INFINITY),
  }));
  const kept = read.flatMap(({ machine, ...others }) => (machine === undefined ? [] : [{ machine, ...others }]));
  kept.sort((a, b) => a.machine - b.machine || Number(a.validFrom > b.validFrom) - Number(a.validFrom < b.validFrom));
  const offsets = new Uint32Array(machines.length + 1);
  for (const [i, { machine, validFrom, where }] of kept.entries()) {
    offsets[machine + 1]++;
    if (i > 0 && kept[i - 1].machine === machine && kept[i - 1].validFrom === validFrom)
      throw new ForewarnError("DATA_DUPLICATE", {
        problem: "two rows of a machine hold from the same instant",
        found: machines[machine],
        where: `${kept[i - 1].where}, ${where}`,
      });
  }
  for (let machine = 0; machine < machines.length; machine++) offsets[machine + 1] += offsets[machine];
  const names = new Set(
    [...Object.keys(types), ...rows.flatMap((row) => Object.keys(row))].filter((name) => !ownKeys.has(name)),
  );
  const attributes = [...names].map((name): [string, AttributeColumn] => [
    name,
    attributeColumn(
      name,
      kept.map(({ row, where }) => ({
        value: Object.hasOwn(row, name) ? row[name] : undefined,
        where: `${where}.${name}`,
      })),
      Object.hasOwn(types, name) ? types[name] : undefined,
    ),
  ]);
  const perMachine = (member: "retiredAt" | "commissionedAt", otherwise: number) => {
    const values = new Float64Array(machines.length).fill(otherwise);
    for (const { row, machine, where } of kept)
      values[machine] = optionalInstant(row[member], time, `${where}.${member}`, values[machine]);
    return values;
  };
  return {
    offsets,
    validFrom: Float64Array.from(kept, ({ validFrom }) => validFrom),
    attributes: Object.fromEntries(attributes),
    ...(rows.some(({ retiredAt }) => retiredAt != null) && {
      retiredAt: perMachine("retiredAt", Number.POSITIVE_INFINITY),
    }),
    commissionedAt: perMachine("commissionedAt", Number.NaN),
  };
}

/** An instant, or `otherwise` where there is none. */
export function optionalInstant(value: unknown, time: TimeKind, where: string, otherwise: number): number {
  return value === undefined || value === null ? otherwise : instantOf(value, time, where);
}

function attributeColumn(
  name: string,
  cells: readonly { value: unknown; where: string }[],
  type: "category" | "number" | undefined,
): AttributeColumn {
  const present = cells.filter(({ value }) => value !== undefined && value !== null);
  const wanted = type === undefined ? typeof present[0]?.value : type === "category" ? "string" : "number";
  const odd = present.find(({ value }) => typeof value !== wanted || (wanted !== "string" && wanted !== "number"));
  if (odd !== undefined)
    throw new ForewarnError("DATA_COLUMN_TYPE", {
      problem: `the attribute ${name} is neither all text nor all numbers`,
      expected: wanted === "string" ? "text (a category)" : wanted === "number" ? "a number" : "text or a number",
      found: shownJson(odd.value),
      where: odd.where,
    });
  if (wanted === "string") {
    const levels = [...new Set(present.map(({ value }) => value as string))].sort(compareBytes);
    const codes = new Map(levels.map((level, code) => [level, code]));
    return {
      type: "category",
      levels,
      values: Int32Array.from(cells, ({ value }) => codes.get(value as string) ?? -1),
    };
  }
  return {
    type: "number",
    values: Float64Array.from(cells, ({ value }) => (value as number | null | undefined) ?? Number.NaN),
  };
}
