/** The rows of all machines as plain data that `pack` keeps. */
import { compareBytes } from "../../core/order.ts";
import { type CycleBuilderState, cycleBuilderStateShape } from "../cycles/cycle-builder.ts";
import type { FleetSchema } from "../schema.ts";
import { FIRST_SENSOR } from "./layout.ts";
import type { ReadingTable } from "./sources.ts";

export interface RowsSnapshot {
  /** Sorted by bytes. */
  machines: readonly string[];
  /** One a machine. */
  clock: Float64Array;
  /** One a source: time, known at, then its sensors. */
  sources: readonly ReadingsSnapshot[];
  events: readonly EventsSnapshot[];
  /** By the codes of `events`. */
  kinds: readonly string[];
  /** One a machine, or none where the featurizer knows no operating cycles. */
  cycles: readonly CycleBuilderState[];
}

export interface ReadingsSnapshot {
  /** Row offsets by machine, one more than machines. */
  offsets: Uint32Array;
  columns: readonly Float64Array[];
}

export interface EventsSnapshot {
  table: string;
  offsets: Uint32Array;
  time: Float64Array;
  seenAt: Float64Array;
  kind: Uint32Array;
}

/** What is wrong with a value that is to be a snapshot for such sources and schema; undefined where nothing is. */
export function snapshotProblem(
  value: unknown,
  sources: readonly ReadingTable[],
  schema: FleetSchema,
): string | undefined {
  if (!isObject(value)) return "no rows";
  const { machines, clock, sources: readings, events, kinds, cycles } = value;
  if (!isTexts(machines) || !ascend(machines)) return "machines that are no sorted names";
  if (!(clock instanceof Float64Array) || clock.length !== machines.length || !clock.every(Number.isSafeInteger))
    return "a clock that is no instant";
  if (!isTexts(kinds) || new Set(kinds).size < kinds.length) return "kinds that are no names";
  if (!Array.isArray(readings) || readings.length !== sources.length) return "another number of tables";
  for (const [i, { sensors }] of sources.entries()) {
    const table: unknown = readings[i];
    if (!isObject(table) || !isOffsets(table["offsets"], machines.length)) return "offsets that do not ascend";
    const { offsets, columns } = table as unknown as ReadingsSnapshot;
    const rows = offsets[machines.length];
    if (!Array.isArray(columns) || columns.length !== FIRST_SENSOR + sensors.length) return "another number of columns";
    if (!columns.every((column) => column instanceof Float64Array && column.length === rows))
      return "a column of another length";
    const [time, knownAt] = columns;
    for (let machine = 0; machine < machines.length; machine++)
      for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
        if (!Number.isSafeInteger(time[row]) || !(knownAt[row] >= time[row])) return "a time that is no instant";
        if (row > offsets[machine] && time[row] <= time[row - 1]) return "times that do not ascend";
      }
  }
  if (!Array.isArray(events)) return "no events";
  for (const table of events as unknown[]) {
    const problem = eventsProblem(table, machines.length, kinds, schema);
    if (problem !== undefined) return problem;
  }
  if (new Set(events.map(({ table }) => table)).size < events.length) return "an event table that is there twice";
  const builders = schema.cycles === undefined ? 0 : machines.length;
  if (!Array.isArray(cycles) || cycles.length !== builders) return "another number of cycles";
  return cycles.every((state) => cycleBuilderStateShape.safeParse(state).success)
    ? undefined
    : "cycles of no known form";
}

function eventsProblem(value: unknown, machines: number, kinds: readonly string[], schema: FleetSchema) {
  if (!isObject(value) || typeof value["table"] !== "string" || !Object.hasOwn(schema.events, value["table"]))
    return "an event table that the featurizer does not read";
  if (!isOffsets(value["offsets"], machines)) return "offsets that do not ascend";
  const { offsets, time, seenAt, kind } = value as unknown as EventsSnapshot;
  const rows = offsets[machines];
  const isColumn = (column: unknown) => column instanceof Float64Array && column.length === rows;
  if (!isColumn(time) || !isColumn(seenAt) || !(kind instanceof Uint32Array) || kind.length !== rows)
    return "a column of another length";
  for (let machine = 0; machine < machines; machine++)
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
      if (!Number.isSafeInteger(time[row]) || !(seenAt[row] >= time[row])) return "a time that is no instant";
      if (kind[row] >= kinds.length) return "an event of no kind";
      if (row === offsets[machine]) continue;
      const later = time[row] - time[row - 1] || compareBytes(kinds[kind[row]], kinds[kind[row - 1]]);
      if (!(later > 0)) return "events that do not ascend";
    }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function ascend(names: readonly string[]): boolean {
  return names.every((name, i) => i === 0 || compareBytes(names[i - 1], name) < 0);
}

function isOffsets(value: unknown, machines: number): value is Uint32Array {
  if (!(value instanceof Uint32Array) || value.length !== machines + 1 || value[0] !== 0) return false;
  return value.every((offset, i) => i === 0 || offset >= value[i - 1]);
}
