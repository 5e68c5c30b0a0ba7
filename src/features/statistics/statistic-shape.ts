/** The shape of any statistic, which says of a wrong one what a person needs to know: a name that is near, or the parameter that is off. */
import { z } from "zod";

interface Shaped {
  shape: z.ZodType;
}

/** @param table every statistic by its name */
export function statisticShapeOf<Spec>(table: Readonly<Record<string, Shaped>>): z.ZodType<Spec> {
  const names = Object.keys(table);
  return z.unknown().check((context) => {
    const { value, issues } = context;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const named: unknown = isObject ? (value as { statistic?: unknown }).statistic : value;
    const path = isObject ? ["statistic"] : [];
    if (typeof named !== "string" || !Object.hasOwn(table, named)) {
      issues.push({ code: "invalid_value", values: names, input: named, path });
      return;
    }
    const { shape } = table[named];
    const read = shape.safeParse(value);
    if (read.success) return;
    if (shape.safeParse(named).success) {
      issues.push({ code: "invalid_value", values: [named], input: value, path: [] });
    } else if (!isObject) {
      issues.push({ code: "custom", input: value, path: [], message: `${named}(…)` });
    } else {
      for (const issue of read.error.issues) issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    }
  }) as unknown as z.ZodType<Spec>;
}
