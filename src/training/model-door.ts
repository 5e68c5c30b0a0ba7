/** The door for models read from JSON: a schema decides, and what it refuses is MODEL_INVALID with its place. */
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import { shapeSentence } from "../core/shape-problem.ts";

/** The schema of a task. */
export const taskSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("binary") }),
  z.strictObject({ kind: z.literal("multiclass"), classes: z.array(z.string()).min(2) }),
  z.strictObject({ kind: z.literal("regression"), cap: z.number().positive().optional() }),
]);

/** @throws MODEL_INVALID */
export function readModel<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw invalidModel(shapeSentence(result.error, json), "");
}

export function invalidModel(problem: string, where: string): ForewarnError {
  return new ForewarnError("MODEL_INVALID", {
    problem: `a model file cannot be used: ${problem}`,
    where: where === "" ? "model" : `model, ${where}`,
    hint: "the file was changed, cut off, or written by another version of forewarn",
  });
}
