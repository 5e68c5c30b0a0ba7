/** A column made of others by arithmetic. */
import { z } from "zod";
import { expressionProblem } from "../arithmetic/check-expression.ts";
import { compileExpression } from "../arithmetic/compile-expression.ts";
import { columnsOf, type Expression } from "../arithmetic/expression.ts";
import { finite, type OutputKind } from "./output.ts";

export interface DerivedOutput {
  from: "derived";
  name: string;
  value: Expression;
}

/** The shape of an expression. */
export const expressionShape: z.ZodType<Expression> = z.custom<Expression>().superRefine((expression, context) => {
  const problem = expressionProblem(expression);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

export const derivedOutput: OutputKind<DerivedOutput> = {
  shape: z.strictObject({ from: z.literal("derived"), name: z.string(), value: expressionShape }),
  inputs: ({ value }) => columnsOf(value),
  names: ({ name }) => [name],
  values({ value }, column) {
    const valueAt = compileExpression(value, column);
    return [Float32Array.from(column(columnsOf(value)[0]), (_, row) => finite(valueAt(row)))];
  },
};
