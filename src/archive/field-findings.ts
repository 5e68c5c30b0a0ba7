/** What can be wrong with the value of a field, each as the error that says so. */
import type { ErrorCode } from "../core/errors.ts";
import type { Violation } from "./contract.ts";

export interface Finding {
  code: ErrorCode;
  violation: Violation;
  problem: string;
  expected?: string;
}

/** A condition over the columns r<i> (as read) and f<i> (as cast) that no row may meet. */
export interface Check extends Finding {
  /** The field it is about, as an index; -1 is the line as a whole. */
  field: number;
  sql: string;
}

export const findings = {
  missingKey: {
    code: "DATA_NULL_KEY",
    violation: "missingKey",
    problem: "a value is missing that every row must have",
  },
  missingPart: {
    code: "DATA_VALUE_MISSING",
    violation: "missingKey",
    problem: "a value is missing that every row must have",
  },
  missingValue: { code: "DATA_VALUE_MISSING", violation: "missingValue", problem: "a reading is missing" },
  missingKnownAt: {
    code: "DATA_VALUE_MISSING",
    violation: "missingKnownAt",
    problem: "it is not said when a row became known",
    expected: "an instant: a row that counts as known at its own time may be one that nobody had seen by then",
  },
  badMachine: {
    code: "DATA_COLUMN_TYPE",
    violation: "badName",
    problem: "a machine's name cannot be read",
    expected: "a text (without NUL or a byte order mark) or a whole number",
  },
  badText: {
    code: "DATA_COLUMN_TYPE",
    violation: "badName",
    problem: "a name cannot be read",
    expected: "a text without NUL or a byte order mark",
  },
  unknownTag: {
    code: "DATA_TAG_UNKNOWN",
    violation: "unknownTag",
    problem: "a tag stands for no sensor",
    expected: "a tag that `tags` names",
  },
  badNumber: {
    code: "DATA_COLUMN_TYPE",
    violation: "badValue",
    problem: "a value is not a number",
    expected: "a number, or nothing for a missing one",
  },
  infinite: {
    code: "DATA_NOT_FINITE",
    violation: "infiniteValue",
    problem: "a number is infinite",
    expected: "a finite number, or nothing for a missing one",
  },
  outside: { code: "DATA_OUT_OF_RANGE", violation: "outOfRange", problem: "a value lies outside its range" },
  badTime: {
    code: "DATA_TIME_UNREADABLE",
    violation: "badTime",
    problem: "a time cannot be read",
    expected:
      'a timestamp such as "2015-03-01 06:00:00" (UTC, unless the contract gives `timeZone`) or "2015-03-01T06:00:00+01:00" between the years 1684 and 2255',
  },
  timeNotUnique: {
    code: "TIME_NOT_UNIQUE",
    violation: "timeNotUnique",
    problem: "a local time exists twice or not at all",
  },
  badCycle: {
    code: "DATA_TIME_UNREADABLE",
    violation: "badTime",
    problem: "a cycle cannot be read",
    expected: "a whole number",
  },
  cycleNotWhole: {
    code: "DATA_CYCLE_NOT_WHOLE",
    violation: "badTime",
    problem: "a cycle is not a whole number",
    expected: "a whole number",
  },
} satisfies Record<string, Finding>;
