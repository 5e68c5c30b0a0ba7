/** The one error class: a stable code, what was expected, what was found, where, and what to do. */
import { plainText } from "./plain-text.ts";

/** The part of a code before the first underscore; it decides the exit code of the command line. */
type ErrorFamily =
  | "USAGE"
  | "PIPELINE"
  | "DATA"
  | "TIME"
  | "MODEL"
  | "REGISTRY"
  | "GATE"
  | "SERVICE"
  | "INTERRUPTED"
  | "BUG";

/** A stable, greppable code such as `DATA_COLUMN_MISSING`. */
export type ErrorCode = `${ErrorFamily}_${string}`;

export interface ErrorDetails {
  /** What is wrong, in one clause: "a required column is missing". */
  problem: string;
  /** What would have been right. */
  expected?: string;
  /** What was there instead. */
  found?: string;
  /** File, row, column, option: as near as is known. */
  where?: string;
  /** What the reader can do about it. */
  hint?: string;
  /** The error that led here, if another one did. */
  cause?: unknown;
}

const exitCodes: Record<ErrorFamily, number> = {
  BUG: 1,
  USAGE: 2,
  PIPELINE: 2,
  DATA: 3,
  TIME: 3,
  MODEL: 3,
  REGISTRY: 3,
  GATE: 4,
  SERVICE: 5,
  INTERRUPTED: 130,
};

/**
 * Its message and details can be shown as they are: whatever they repeat of a file, they stay on one line, hold no control characters and
 * are cut where they grow past what a reader can use.
 */
export class ForewarnError extends Error {
  override readonly name = "ForewarnError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails) {
    const plain = plainDetails(details);
    super(sentence(plain), { cause: details.cause });
    this.code = code;
    this.details = plain;
  }

  /** The exit code the command line ends with: 1 a bug, 2 usage, 3 data, 4 a gate, 5 a service, 130 interrupted. */
  get exitCode(): number {
    return exitCodes[this.code.slice(0, this.code.indexOf("_")) as ErrorFamily] ?? 1;
  }
}

/** The most characters of each part; a place is a path, and those are long. */
const limits = { problem: 500, expected: 500, found: 500, where: 2_000, hint: 500 };

function plainDetails(details: ErrorDetails): ErrorDetails {
  const plain = { ...details };
  for (const part of Object.keys(limits) as (keyof typeof limits)[]) {
    const text = details[part];
    // Plain JavaScript may have given something else than a text.
    if (text !== undefined) plain[part] = plainText(String(text), limits[part]);
  }
  return plain;
}

function sentence({ problem, expected, found, where }: ErrorDetails): string {
  const wanted = expected === undefined ? "" : `; expected ${expected}`;
  const got = found === undefined ? "" : `, found ${found}`;
  const place = where === undefined ? "" : ` (in ${where})`;
  return `${problem}${wanted}${got}${place}`;
}
