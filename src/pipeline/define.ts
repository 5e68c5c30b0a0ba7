/** `definePipeline`: the default export of a pipeline file, with the parameters that `--set` may override. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { PipelineOptions } from "./options.ts";

type ParameterValue = string | number | boolean;

/** Parameters by name: a default value, or a list of choices of which the first is the default. */
export type Parameters = Readonly<Record<string, ParameterValue | readonly ParameterValue[]>>;

type Widened<T> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : never;

export type ParameterValues<P extends Parameters> = {
  [K in keyof P]: P[K] extends readonly (infer Choice)[] ? Choice : Widened<P[K]>;
};

export interface Pipeline {
  readonly forewarn: "pipeline";
  readonly parameters: Parameters;
  /** The options for `--set` overrides, given as text. @throws USAGE_PARAMETER_UNKNOWN, USAGE_PARAMETER_VALUE */
  build(overrides?: Readonly<Record<string, string>>): PipelineOptions;
}

/** A pipeline without parameters. */
export function definePipeline(options: PipelineOptions): Pipeline;
/** A pipeline with parameters: `definePipeline({ horizon: ["24h", "72h"] }, ({ horizon }) => ({ … }))`. */
export function definePipeline<const P extends Parameters>(
  parameters: P,
  build: (values: ParameterValues<P>) => PipelineOptions,
): Pipeline;
export function definePipeline<P extends Parameters>(
  first: PipelineOptions | P,
  build?: (values: ParameterValues<P>) => PipelineOptions,
): Pipeline {
  const parameters = build === undefined ? {} : (first as P);
  return {
    forewarn: "pipeline",
    parameters,
    build(overrides = {}) {
      const values = readParameters(parameters, overrides);
      return build === undefined ? (first as PipelineOptions) : build(values as ParameterValues<P>);
    },
  };
}

function readParameters(
  parameters: Parameters,
  overrides: Readonly<Record<string, string>>,
): Record<string, ParameterValue> {
  for (const name of Object.keys(overrides)) {
    if (!Object.hasOwn(parameters, name)) {
      throw new ForewarnError("USAGE_PARAMETER_UNKNOWN", {
        problem: "the pipeline declares no such parameter",
        expected:
          Object.keys(parameters).length === 0 ? "no parameter" : `one of ${Object.keys(parameters).join(", ")}`,
        found: name,
        where: `--set ${name}=${overrides[name]}`,
        hint: didYouMean(name, Object.keys(parameters)),
      });
    }
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, declared]) => {
      const choices = Array.isArray(declared) ? (declared as readonly ParameterValue[]) : undefined;
      const standard = choices === undefined ? (declared as ParameterValue) : choices[0];
      const text = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
      return [name, text === undefined ? standard : readValue(name, text, standard, choices)];
    }),
  );
}

function readValue(
  name: string,
  text: string,
  standard: ParameterValue,
  choices: readonly ParameterValue[] | undefined,
): ParameterValue {
  const value = parse(text, standard);
  if (value !== undefined && (choices === undefined || choices.includes(value))) return value;
  throw new ForewarnError("USAGE_PARAMETER_VALUE", {
    problem: "a parameter has a value it cannot take",
    expected: choices === undefined ? `a ${typeof standard}` : `one of ${choices.join(", ")}`,
    found: text,
    where: `--set ${name}=${text}`,
  });
}

function parse(text: string, standard: ParameterValue): ParameterValue | undefined {
  if (typeof standard === "string") return text;
  if (typeof standard === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? undefined : number;
}
