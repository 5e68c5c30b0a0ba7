/** A call of a user's own function over cutoffs: plain data that can be sent to a worker, run over the columns that kernels work on. */
import { ForewarnError } from "../../core/errors.ts";
import { instantName, type TimeKind } from "../../core/time.ts";
import type { CutoffColumns, ReadingColumns, WindowColumns } from "../../kernels/calls.ts";
import type { Address } from "../../kernels/memory.ts";
import { emitted } from "../outputs/output.ts";
import type { CustomBundle } from "./bundle.ts";
import { type CustomFunction, type CustomWindow, storedFunction } from "./stored-function.ts";

export interface ModuleCall {
  /** The feature's name, for messages. */
  name: string;
  bundle: CustomBundle;
  exported: string;
  rows: CutoffColumns;
  reads: readonly { sensor: string; readings: ReadingColumns; window: WindowColumns }[];
  /** The float32 columns that it fills, one a number it gives; 0 where one is not wanted. */
  outputs: readonly Address[];
  /** Whether it gives a list of numbers; else one number. */
  list: boolean;
  /** For messages. */
  machines: readonly string[];
  time: TimeKind;
}

/** Of so many rows of each range the function is asked twice. */
const ROWS_ASKED_TWICE = 4;

/**
 * Fills the outputs of rows `from` (included) to `to` (excluded). Some rows are computed a second time, in another order.
 * @throws PIPELINE_CUSTOM_FAILED when the function throws, PIPELINE_CUSTOM_VALUE when it gives something else than asked for,
 * PIPELINE_CUSTOM_UNSTABLE when it gives something else the second time.
 */
export function runModuleCall(call: ModuleCall, buffer: ArrayBufferLike, from: number, to: number): void {
  const custom = storedFunction(call.bundle, call.exported, `custom("${call.name}")`);
  const memory = viewsOf(buffer);
  for (let row = from; row < to; row++) {
    const values = valuesAt(call, custom, memory, row);
    for (const [i, output] of call.outputs.entries()) if (output !== 0) memory.float32[output / 4 + row] = values[i];
  }
  const step = Math.max(1, Math.floor((to - from) / ROWS_ASKED_TWICE));
  for (let row = to - 1; row >= from && to - from > 1; row -= step) {
    const again = valuesAt(call, custom, memory, row);
    for (const [i, output] of call.outputs.entries()) {
      const before = output === 0 ? again[i] : memory.float32[output / 4 + row];
      if (!Object.is(before, again[i])) throw unstable(call, memory, row, before, again[i]);
    }
  }
}

type Views = ReturnType<typeof viewsOf>;

function viewsOf(buffer: ArrayBufferLike) {
  return {
    float64: new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8)),
    float32: new Float32Array(buffer, 0, Math.floor(buffer.byteLength / 4)),
    uint32: new Uint32Array(buffer, 0, Math.floor(buffer.byteLength / 4)),
  };
}

/** What the function gives for a row, as the columns hold it. */
function valuesAt(call: ModuleCall, custom: CustomFunction, memory: Views, row: number): number[] {
  const cutoff = memory.float64[call.rows.cutoff / 8 + row];
  const windows = Object.fromEntries(call.reads.map((read) => [read.sensor, windowAt(read, memory, row, cutoff)]));
  let given: unknown;
  try {
    given = custom(Object.freeze({ cutoff, windows: Object.freeze(windows) }));
  } catch (cause) {
    throw new ForewarnError("PIPELINE_CUSTOM_FAILED", {
      problem: "a custom feature's function threw an error",
      found: thrown(cause),
      where: placeOf(call, memory, row),
      cause,
    });
  }
  const numbers = call.list ? listOf(given, call.outputs.length) : [given];
  if (numbers?.every((value) => typeof value === "number"))
    return numbers.map((value) => (Number.isFinite(Math.fround(value)) ? emitted(value) : Number.NaN));
  throw new ForewarnError("PIPELINE_CUSTOM_VALUE", {
    problem: "a custom feature's function gives what is no feature",
    expected: call.list
      ? `a list of numbers: ${call.outputs.length}; NaN where one is unknown`
      : "a number; NaN where it is unknown",
    found: shown(given),
    where: placeOf(call, memory, row),
    hint: isPromise(given) ? "it may not be async" : undefined,
  });
}

function isPromise(given: unknown): boolean {
  try {
    return given instanceof Promise;
  } catch {
    return false;
  }
}

function listOf(given: unknown, length: number): number[] | undefined {
  try {
    return copied(given, length);
  } catch {
    // A list whose length or items cannot be read.
    return undefined;
  }
}

function copied(given: unknown, length: number): number[] | undefined {
  const isList = Array.isArray(given) || given instanceof Float64Array || given instanceof Float32Array;
  return isList && given.length === length ? Array.from(given as ArrayLike<number>) : undefined;
}

function windowAt(
  { readings, window }: ModuleCall["reads"][number],
  { float64, uint32 }: Views,
  row: number,
  cutoff: number,
): CustomWindow["windows"][string] {
  const first = uint32[window.first / 4 + row];
  const past = Math.max(first, uint32[window.past / 4 + row]);
  const times = new Float64Array(past - first);
  const values = new Float64Array(past - first);
  let known = 0;
  for (let at = first; at < past; at++) {
    const value = float64[readings.values / 8 + at];
    const isKnown = readings.knownAt === 0 || float64[readings.knownAt / 8 + at] <= cutoff;
    if (Number.isNaN(value) || !isKnown) continue;
    times[known] = float64[readings.time / 8 + at];
    values[known++] = value;
  }
  if (known === times.length) return Object.freeze({ times, values });
  return Object.freeze({ times: times.slice(0, known), values: values.slice(0, known) });
}

function placeOf({ name, rows, machines, time }: ModuleCall, { float64, uint32 }: Views, row: number): string {
  const machine = machines[uint32[rows.machine / 4 + row]];
  return `custom("${name}"), machine ${machine}, cutoff ${instantName(float64[rows.cutoff / 8 + row], time)}`;
}

function unstable(call: ModuleCall, memory: Views, row: number, before: number, again: number): ForewarnError {
  return new ForewarnError("PIPELINE_CUSTOM_UNSTABLE", {
    problem: "a custom feature's function gives another value the second time it is asked",
    expected: "a value that depends on its window alone",
    found: `${before}, then ${again}`,
    where: placeOf(call, memory, row),
    hint: "it may keep no state between calls and use no clock and no chance",
  });
}

/** What was thrown, be it something that has no text. */
function thrown(cause: unknown): string {
  try {
    return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  } catch {
    return `${typeof cause} that cannot be shown`;
  }
}

function shown(given: unknown): string {
  try {
    return named(given);
  } catch {
    return `${typeof given} that cannot be shown`;
  }
}

function named(given: unknown): string {
  if (typeof given === "string") return JSON.stringify(given.slice(0, 80));
  if (Array.isArray(given)) return `a list of ${given.length}`;
  return given === null || typeof given !== "object" ? String(given) : (given.constructor?.name ?? "an object");
}
