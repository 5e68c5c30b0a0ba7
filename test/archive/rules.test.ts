import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, type Rules, type Violation } from "../../src/archive/index.ts";
import type { ArchiveSpec, SourceSpec } from "../../src/archive/spec.ts";
import { asideTexts } from "./aside-rows.ts";
import { type Files, load, refusal, spec, telemetry } from "./fixture.ts";

interface Case {
  violation: Violation;
  claim: string;
  files: Files;
  /** What the source at fault says beside its rule. */
  says?: Partial<SourceSpec>;
  /** The archive around the source at fault. Default: it is the telemetry. */
  around?: (source: SourceSpec) => ArchiveSpec;
  source?: SourceSpec;
  code: string;
  where: string;
  found: string | undefined;
  quarantined: string[];
  /** The readings that each repair gives. */
  repairs?: Record<string, number[]>;
}

const good = "m,t,v\na,2015-01-01,1\n";
const failures = csv("failures.csv", { machine: "m", time: "t", kind: "k" });
const asFailures = (source: SourceSpec) => spec({ events: { failures: source } });

const cases: Case[] = [
  {
    violation: "brokenLine",
    claim: "a torn line",
    files: { "telemetry.csv": `${good}a,2015-01-02\na,2015-01-03,3\n` },
    code: "DATA_FILE_UNREADABLE",
    where: "telemetry.csv, line 3",
    found: "2 columns",
    quarantined: ["telemetry.csv:2 brokenLine"],
  },
  {
    violation: "brokenLine",
    claim: "bytes that are not UTF-8",
    files: { "telemetry.csv": Buffer.from(`${good}\xe9,2015-01-02,1\na,2015-01-03,3\n`, "latin1") },
    code: "DATA_FILE_UNREADABLE",
    where: "telemetry.csv, line 3",
    found: "bytes that are not UTF-8",
    quarantined: ["telemetry.csv:2 brokenLine"],
  },
  {
    violation: "brokenLine",
    claim: "a quote that nothing closes",
    files: { "telemetry.csv": `${good}"a,2015-01-02,2\na,2015-01-03,3\n` },
    code: "DATA_FILE_UNREADABLE",
    where: "telemetry.csv, line 3",
    found: "a quote that is not closed",
    quarantined: ["telemetry.csv:2 brokenLine"],
  },
  {
    violation: "missingKey",
    claim: "a missing machine",
    files: { "telemetry.csv": `${good},2015-01-02,2\n` },
    code: "DATA_NULL_KEY",
    where: "telemetry.csv, line 3, column `m`",
    found: "nothing",
    quarantined: ["telemetry.csv:2 missingKey m=nothing"],
  },
  {
    violation: "missingKnownAt",
    claim: "a row of which it is not said when it became known",
    files: { "telemetry.csv": "m,t,k,v\na,2015-01-01,2015-01-02,1\na,2015-01-02,,2\n" },
    says: { knownAt: "k" },
    code: "DATA_VALUE_MISSING",
    where: "telemetry.csv, line 3, column `k`",
    found: "nothing",
    quarantined: ["telemetry.csv:2 missingKnownAt k=nothing"],
    repairs: { keep: [1, 2] },
  },
  {
    violation: "badName",
    claim: "a machine's name with NUL in it",
    files: { "telemetry.csv": `${good}a\0b,2015-01-02,2\n` },
    code: "DATA_COLUMN_TYPE",
    where: "telemetry.csv, line 3, column `m`",
    found: '"a\\u0000b"',
    quarantined: ['telemetry.csv:2 badName m="a\\u0000b"'],
  },
  {
    violation: "badTime",
    claim: "a time that is none",
    files: { "telemetry.csv": `${good}a,02/01/2015,2\n` },
    code: "DATA_TIME_UNREADABLE",
    where: "telemetry.csv, line 3, column `t`",
    found: '"02/01/2015"',
    quarantined: ['telemetry.csv:2 badTime t="02/01/2015"'],
  },
  {
    violation: "timeNotUnique",
    claim: "a local time that clocks show twice",
    files: { "telemetry.csv": "m,t,v\na,2015-10-25 01:30,1\na,2015-10-25 02:30,2\na,2015-10-25 03:30,3\n" },
    says: { timeZone: "Europe/Berlin" },
    code: "TIME_NOT_UNIQUE",
    where: "telemetry.csv, line 3, column `t`",
    found: '"2015-10-25 02:30"',
    quarantined: ['telemetry.csv:2 timeNotUnique t="2015-10-25 02:30"'],
    repairs: { earlier: [1, 2, 3], later: [1, 2, 3] },
  },
  {
    violation: "badValue",
    claim: "a reading that is no number",
    files: { "telemetry.csv": `${good}a,2015-01-02,x\na,2015-01-03,1_000\n` },
    code: "DATA_COLUMN_TYPE",
    where: "telemetry.csv, line 3, column `v`",
    found: '"x"',
    quarantined: ['telemetry.csv:2 badValue v="x"', 'telemetry.csv:3 badValue v="1_000"'],
    repairs: { asMissing: [1, Number.NaN, Number.NaN] },
  },
  {
    violation: "infiniteValue",
    claim: "an infinite reading",
    files: { "telemetry.csv": `${good}a,2015-01-02,inf\na,2015-01-03,1e400\n` },
    code: "DATA_NOT_FINITE",
    where: "telemetry.csv, line 3, column `v`",
    found: '"inf"',
    quarantined: ['telemetry.csv:2 infiniteValue v="inf"', 'telemetry.csv:3 infiniteValue v="1e400"'],
    repairs: { asMissing: [1, Number.NaN, Number.NaN] },
  },
  {
    violation: "outOfRange",
    claim: "a reading out of range",
    files: { "telemetry.csv": `${good}a,2015-01-02,-1\na,2015-01-03,9\na,2015-01-04,\na,2015-01-05,NaN\n` },
    says: { ranges: { v: [0, 5] } },
    code: "DATA_OUT_OF_RANGE",
    where: "telemetry.csv, line 3, column `v`",
    found: '"-1"',
    quarantined: ['telemetry.csv:2 outOfRange v="-1"', 'telemetry.csv:3 outOfRange v="9"'],
    repairs: {
      asMissing: [1, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
      clip: [1, 0, 5, Number.NaN, Number.NaN],
    },
  },
  {
    violation: "missingValue",
    claim: "a missing reading",
    files: { "telemetry.csv": `${good}a,2015-01-02,\na,2015-01-03,nan\n` },
    code: "DATA_VALUE_MISSING",
    where: "telemetry.csv, line 3, column `v`",
    found: "nothing",
    quarantined: ["telemetry.csv:2 missingValue v=nothing", 'telemetry.csv:3 missingValue v="nan"'],
    repairs: { keep: [1, Number.NaN, Number.NaN] },
  },
  {
    violation: "impossibleValue",
    claim: "an event that ends before it begins",
    files: { "telemetry.csv": good, "failures.csv": "m,t,k,e\na,2015-01-02,x,2015-01-03\na,2015-01-04,x,2015-01-03\n" },
    source: { ...failures, end: "e" },
    around: asFailures,
    code: "DATA_END_BEFORE_TIME",
    where: "failures.csv, line 3, column `e`",
    found: '"2015-01-03"',
    quarantined: ['failures.csv:2 impossibleValue e="2015-01-03"'],
  },
  {
    violation: "futureTime",
    claim: "a time after `notAfter`",
    files: { "telemetry.csv": `${good}a,2015-01-02,2\na,2015-01-02 00:00:01,3\n` },
    says: { notAfter: "2015-01-02" },
    code: "TIME_IN_FUTURE",
    where: "telemetry.csv, line 4, column `t`",
    found: '"2015-01-02 00:00:01"',
    quarantined: ['telemetry.csv:3 futureTime t="2015-01-02 00:00:01"'],
    repairs: { keep: [1, 2, 3] },
  },
  {
    violation: "outOfOrder",
    claim: "a row older than one of its machine before it",
    files: {
      "telemetry.csv":
        "m,t,v\na,2015-01-01,1\na,2015-01-05,5\nb,2015-01-02,2\na,2015-01-03,3\na,2015-01-04,4\na,2015-01-06,6\n",
    },
    says: { order: "sorted" },
    code: "TIME_OUT_OF_ORDER",
    where: "telemetry.csv, line 5, column `t`",
    found: '"2015-01-03"',
    quarantined: ['telemetry.csv:4 outOfOrder t="2015-01-03"', 'telemetry.csv:5 outOfOrder t="2015-01-04"'],
  },
  {
    violation: "unlistedMachine",
    claim: "telemetry of a machine that the machine table does not list",
    files: { "telemetry.csv": `${good}b,2015-01-01,2\n`, "machines.csv": "m\na\n" },
    around: (source) => spec({ telemetry: [source], machines: csv("machines.csv", { machine: "m" }) }),
    code: "DATA_MACHINE_UNKNOWN",
    where: "telemetry.csv, line 3, column `m`",
    found: '"b"',
    quarantined: ['telemetry.csv:2 unlistedMachine m="b"'],
    repairs: { keep: [1, 2] },
  },
  {
    violation: "unknownMachine",
    claim: "an event of a machine without telemetry",
    files: { "telemetry.csv": good, "failures.csv": "m,t,k\na,2015-01-02,x\nb,2015-01-02,x\n" },
    source: failures,
    around: asFailures,
    code: "DATA_MACHINE_UNKNOWN",
    where: "failures.csv, line 3, column `m`",
    found: '"b"',
    quarantined: ['failures.csv:2 unknownMachine m="b"'],
  },
  {
    violation: "unknownSensor",
    claim: "a limit of a sensor that no telemetry source names",
    files: { "telemetry.csv": good, "limits.csv": "s,h\nv,2\nw,3\n" },
    source: csv("limits.csv", { sensor: "s", high: "h" }),
    around: (limits) => spec({ reference: { limits } }),
    code: "DATA_SENSOR_UNKNOWN",
    where: "limits.csv, line 3, column `s`",
    found: '"w"',
    quarantined: ['limits.csv:2 unknownSensor s="w"'],
  },
  {
    violation: "duplicate",
    claim: "rows of one machine and time",
    files: { "telemetry.csv": `${good}a,2015-01-02,2\na,2015-01-02 00:00,2\na,2015-01-03,3\na,2015-01-03,4\n` },
    code: "DATA_DUPLICATE",
    where: "telemetry.csv, line 3; telemetry.csv, line 4",
    found: "machine `a` twice at 2015-01-02T00:00:00Z, and 1 more row repeats another's key",
    quarantined: ["telemetry.csv:3 duplicate", "telemetry.csv:4 duplicate", "telemetry.csv:5 duplicate"],
  },
];

for (const { violation, claim, files, says, code, where, found, quarantined, repairs = {}, ...rest } of cases) {
  const source = { ...(rest.source ?? telemetry()), ...says };
  const around = rest.around ?? ((one) => spec({ telemetry: [one] }));
  const ruled = (rule: string) => around({ ...source, rules: { [violation]: rule } as Rules });

  test(`${claim} is refused with its place, and the hint names the rule`, async (t) => {
    const error = await refusal(t, files, ruled("refuse"));
    assert.equal(error.code, code, error.message);
    assert.equal(error.details.where, where);
    assert.equal(error.details.found, found);
    assert.match(error.details.hint ?? "", new RegExp(`rules: \\{ ${violation}: "`));
  });

  test(`${claim} is quarantined, and nothing else is`, async (t) => {
    const loaded = await load(t, files, ruled("quarantine"));
    assert.deepEqual(await asideTexts(loaded), quarantined);
    const report = loaded.sources.find((one) => one.read !== one.used)!;
    assert.deepEqual(report.quarantined, { [violation]: quarantined.length });
    assert.equal(report.read, report.used + quarantined.length);
    assert.equal(loaded.quarantine?.rows, quarantined.length);
  });

  for (const [rule, readings] of Object.entries(repairs)) {
    test(`${claim} is repaired by the rule ${rule}, and the repairs are counted`, async (t) => {
      const { fleet, sources, quarantine } = await load(t, files, ruled(rule));
      assert.deepEqual([...fleet.telemetry[0].sensors.v], readings);
      assert.equal(quarantine, undefined);
      const [report] = sources.filter(({ source: name }) => name === "telemetry");
      assert.equal(report.used, report.read);
      const repaired = rule === "keep" ? undefined : { [violation]: quarantined.length };
      assert.deepEqual(report.repaired, repaired);
    });
  }
}
