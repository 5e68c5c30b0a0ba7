/** A category as one number. */
import { z } from "zod";
import { fingerprint } from "../fitting/fingerprint.ts";
import { learnedNumber } from "./learned.ts";
import { emitted, type OutputKind } from "./output.ts";

/** The number of the row's value, `unseen` for one that is not listed; NaN where it is missing. */
export interface CategoryOutput {
  from: "category";
  name: string;
  /** The raw columns that hold the two halves of the value's fingerprint. */
  first: string;
  second: string;
  values: readonly string[];
  /** One a value. */
  numbers: readonly number[];
  /** Null is NaN. */
  unseen: number | null;
}

export const categoryOutput: OutputKind<CategoryOutput> = {
  shape: z
    .strictObject({
      from: z.literal("category"),
      name: z.string(),
      first: z.string(),
      second: z.string(),
      values: z.array(z.string()).max(4_096),
      numbers: z.array(learnedNumber),
      unseen: learnedNumber.nullable(),
    })
    .refine(({ values, numbers }) => values.length === numbers.length, "lists of learned numbers do not fit together")
    .refine(({ values }) => new Set(values).size === values.length, "a value is listed twice"),
  inputs: ({ first, second }) => [first, second],
  names: ({ name }) => [name],
  values(node, column) {
    const { first, second, unseen } = node;
    const numberOf = numbersOf(node);
    const seconds = column(second);
    const found = column(first).map((half, row) => {
      if (Number.isNaN(half)) return Number.NaN;
      return numberOf.get(joined(half, seconds[row])) ?? (unseen === null ? Number.NaN : emitted(unseen));
    });
    return [found];
  },
};

/** Online a node is asked for one row at a time. */
const made = new WeakMap<CategoryOutput, ReadonlyMap<number, number>>();

/** The number of each value, by its fingerprint. */
function numbersOf(node: CategoryOutput): ReadonlyMap<number, number> {
  const known = made.get(node);
  if (known !== undefined) return known;
  const { values, numbers } = node;
  const numberOf = new Map(values.map((value, i) => [joined(...fingerprint(value)), emitted(numbers[i])]));
  made.set(node, numberOf);
  return numberOf;
}

function joined(first: number, second: number): number {
  return first * 2 ** 24 + second;
}
