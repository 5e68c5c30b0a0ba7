import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import { long } from "../../src/archive/long.ts";
import type { SourceSpec } from "../../src/archive/spec.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { checkArchive } from "../../src/inspect/check-archive.ts";
import { healthText } from "../../src/inspect/health-text.ts";
import {
  cleanPlant,
  findingOf,
  folderOf,
  healthWith,
  hour,
  machines,
  NOW,
  type Plant,
  type Planted,
  plantArchive,
  plantFiles,
  plantWith,
  withTelemetry,
} from "./support/plant.ts";

test("a clean archive is taken, without a warning, and its figures are those of its files", async (context) => {
  const health = await healthWith(context, {});
  assert.equal(health.accepted, true);
  assert.deepEqual(
    health.findings.filter(({ severity }) => severity !== "note"),
    [],
  );
  const [telemetry] = health.telemetry;
  assert.deepEqual([telemetry.rows, telemetry.every, telemetry.regular, telemetry.gaps], [4 * 960, "1h", 1, 0]);
  assert.deepEqual(telemetry.span, { first: "2025-03-01T00:00:00Z", last: "2025-04-09T23:00:00Z" });
  assert.deepEqual(
    health.machines.map(({ machine, readings, events }) => [machine, readings, events]),
    machines.map((machine) => [machine, 960, { errors: 40, maintenance: 8, failures: 8 }]),
  );
  assert.deepEqual(health.events[2].kinds, [{ kind: "seal", rows: 32 }]);
  assert.deepEqual([health.labels?.failures, health.labels?.withinTelemetry, health.labels?.repaired], [32, 32, 32]);
  const day = health.labels?.horizons.find(({ horizon }) => horizon === "1d");
  // Each failure has the 24 whole hours before it, but for what lies before the first reading or in the two hours of a repair.
  assert.ok(day !== undefined && day.failing >= 32 * 22 && day.failing <= 32 * 24, `${day?.failing}`);
});

/** A defect, and the finding it has to be reported by. */
interface Defect extends Planted {
  defect: string;
  code: string;
  severity: "refused" | "warning" | "note";
  /** What the finding's words have to say. */
  says: RegExp;
  /** Of the file, row and machine. */
  where?: RegExp;
  todo?: RegExp;
}

const defects: readonly Defect[] = [
  {
    defect: "a copied row",
    change: ({ telemetry }) => telemetry.push({ ...telemetry[10] }),
    code: "duplicate",
    severity: "refused",
    says: /^1 row repeats another's machine and time, all of them copies with the same readings/,
    where: /`pump-1`: 1/,
    todo: /rules: \{ duplicate: "quarantine" \}/,
  },
  {
    defect: "two readings at one time that differ",
    change: ({ telemetry }) => telemetry.push({ ...telemetry[970], pressure: "5.5" }),
    code: "duplicate",
    severity: "refused",
    says: /0 of them with the same readings/,
    where: /`pump-2`/,
  },
  {
    defect: "duplicates that the contract sets aside",
    change: ({ telemetry }) => telemetry.push({ ...telemetry[10] }),
    archive: withTelemetry({ rules: { duplicate: "quarantine" } }),
    code: "duplicate",
    severity: "note",
    says: /rule `duplicate: "quarantine"` deals with them/,
  },
  {
    defect: "a silence of two days",
    change: (plant) => {
      plant.telemetry = plant.telemetry.filter(
        ({ machine, time }) => machine !== "pump-3" || time < hour(100) || time >= hour(148),
      );
    },
    code: "gap",
    severity: "warning",
    says: /^1 gap longer than three times the usual 1 h/,
    where: /`pump-3` 2\.04 d from 2025-03-05 03:00/,
    todo: /`downtime`/,
  },
  {
    defect: "a sensor that stands still for three days",
    change: ({ telemetry }) => {
      for (const row of telemetry)
        if (row["machine"] === "pump-2" && row["time"] >= hour(200) && row["time"] < hour(272))
          row["pressure"] = "5.25";
    },
    code: "stuckSensor",
    severity: "warning",
    says: /^`pressure` stands still once in 1 machine, for up to 2\.96 d/,
    where: /`pump-2` at 5\.25 .*72 readings/,
  },
  {
    defect: "a sensor that one machine's box has never updated",
    change: ({ telemetry }) => {
      for (const row of telemetry) if (row["machine"] === "pump-4") row["speed"] = "1500";
    },
    code: "stuckSensor",
    severity: "warning",
    says: /^`speed` stands still/,
    where: /`pump-4` at 1,?500 .*960 readings/,
  },
  {
    defect: "a sensor missing in half of the rows",
    change: ({ telemetry }) => {
      for (const [i, row] of telemetry.entries()) if (i % 5 < 2) row["speed"] = "";
    },
    code: "missingReadings",
    severity: "warning",
    says: /^`speed` is missing in 40 % of the rows/,
  },
  {
    defect: "a sensor without any reading",
    change: ({ telemetry }) => {
      for (const row of telemetry) row["speed"] = "";
    },
    code: "noReadings",
    severity: "warning",
    says: /^`speed` has no reading at all/,
  },
  {
    defect: "-999 for a missing reading",
    change: ({ telemetry }) => {
      for (const [i, row] of telemetry.entries()) if (i % 100 === 0) row["pressure"] = "-999";
    },
    code: "standIn",
    severity: "warning",
    says: /^`pressure` is -999 in many of 39 readings/,
    todo: /missing: \["-999"\]/,
  },
  {
    defect: "a spike",
    change: ({ telemetry }) => {
      telemetry[500]["pressure"] = "4000";
    },
    code: "outliers",
    severity: "note",
    says: /^1 reading of `pressure` lies far outside: 4,?000/,
    todo: /ranges: \{ "pressure": \[/,
  },
  {
    defect: "readings beyond the contract's range",
    change: ({ telemetry }) => {
      telemetry[500]["pressure"] = "4000";
    },
    archive: withTelemetry({ ranges: { pressure: [0, 100] } }),
    code: "outOfRange",
    severity: "refused",
    says: /^1 reading of `pressure` lies outside the contract's range \(from 0 up to 100\), such as 4,?000/,
  },
  {
    defect: "limits in another unit",
    change: ({ limits }) => {
      limits[0] = { sensor: "pressure", low: "100000", high: "900000" };
    },
    code: "beyondLimits",
    severity: "warning",
    says: /`pressure` 3,840 \(100 %/,
    todo: /units: \{ "pressure"/,
  },
  {
    defect: "a clock that was set back",
    change: ({ telemetry }) => {
      for (let i = 300; i < 303; i++) [telemetry[i], telemetry[i + 3]] = [telemetry[i + 3], telemetry[i]];
    },
    code: "clockBack",
    severity: "warning",
    says: /^1 time steps back/,
    where: /telemetry\.csv, row 304: machine `pump-1`/,
  },
  {
    defect: "local times, where the clocks went forward",
    change: (plant) => {
      plant.telemetry = plant.telemetry.filter(({ time }) => time !== "2025-03-30 02:00:00");
    },
    code: "localTime",
    severity: "warning",
    says: /^4 of 4 machines miss the hour after 2025-03-30 01:00/,
    todo: /timeZone/,
  },
  {
    defect: "a time in the future",
    change: ({ telemetry }) => {
      telemetry[959]["time"] = "2031-01-01 00:00:00";
    },
    code: "futureTime",
    severity: "refused",
    says: /^1 row lies in the future, such as `2031-01-01 00:00:00`/,
    where: /telemetry\.csv, line 961/,
    todo: /notAfter: "2025-06-02T00:00:00Z", rules: \{ futureTime: "quarantine" \}/,
  },
  {
    defect: "an event in the future",
    change: ({ errors }) => {
      errors[0]["time"] = "2031-01-01 00:00:00";
    },
    code: "futureTime",
    severity: "refused",
    says: /^1 row lies in the future, such as `2031-01-01 00:00:00`/,
    where: /errors\.csv, line 2/,
  },
  {
    defect: "a row that does not say when it became known",
    change: ({ errors }) => {
      for (const [i, row] of errors.entries()) row["entered"] = i === 4 ? "" : row["time"];
    },
    archive: {
      ...plantArchive,
      events: {
        ...plantArchive.events,
        errors: csv("errors.csv", { machine: "machine", time: "time", kind: "code", knownAt: "entered" }),
      },
    },
    code: "missingKnownAt",
    severity: "refused",
    says: /^1 row without `entered`/,
    where: /errors\.csv, line 6/,
  },
  {
    defect: "a time after the contract's own limit, though it is past",
    change: ({ telemetry }) => telemetry.push({ ...telemetry[0], time: "2025-05-01 00:00:00" }),
    archive: withTelemetry({ notAfter: "2025-04-30" }),
    code: "futureTime",
    severity: "refused",
    says: /^1 row lies after the contract's `notAfter`, such as `2025-05-01 00:00:00`/,
  },
  {
    defect: "a local time that clocks skip",
    archive: withTelemetry({ timeZone: "Europe/Berlin" }),
    code: "timeNotUnique",
    severity: "refused",
    says: /^4 local times in Europe\/Berlin exist twice or not at all, such as `2025-03-30 02:00:00`/,
  },
  {
    defect: "rows in another order than is promised",
    change: ({ telemetry }) => telemetry.unshift(...telemetry.splice(10, 1)),
    archive: withTelemetry({ order: "sorted" }),
    code: "outOfOrder",
    severity: "refused",
    says: /^10 rows are older than one of their machine before them/,
    where: /telemetry\.csv, line 3/,
  },
  {
    defect: "lines that were cut off and are set aside",
    files: (files) => {
      files["telemetry.csv"] = files["telemetry.csv"].replace(/^(pump-\d,2025-03-02 .{8}).*$/gm, "$1");
    },
    archive: withTelemetry({ rules: { brokenLine: "quarantine" } }),
    code: "brokenLine",
    severity: "note",
    says: /^96 lines cannot be split into columns .*rule `brokenLine: "quarantine"` deals with them/,
    where: /line 26/,
  },
  {
    defect: "a clock that was never set",
    change: ({ telemetry }) => {
      telemetry[0]["time"] = "1970-01-01 00:00:07";
    },
    code: "clockUnset",
    severity: "warning",
    says: /before 1990/,
  },
  {
    defect: "a time that is none",
    change: ({ telemetry }) => {
      telemetry[3]["time"] = "yesterday";
    },
    code: "badTime",
    severity: "refused",
    says: /^1 value of `time` is no time, such as `yesterday`/,
    where: /telemetry\.csv, line 5/,
  },
  {
    defect: "a word for a missing reading",
    change: ({ telemetry }) => {
      telemetry[3]["pressure"] = "n/a";
    },
    code: "badValue",
    severity: "refused",
    says: /^1 value of `pressure` is no number, such as `n\/a`/,
    todo: /missing: \["n\/a"\]/,
  },
  {
    defect: "a row without a machine",
    change: ({ telemetry }) => {
      telemetry[7]["machine"] = "";
    },
    code: "missingKey",
    severity: "refused",
    says: /^1 row without `machine`$/,
    where: /line 9/,
  },
  {
    defect: "a line that was cut off",
    files: (files) => {
      const lines = files["telemetry.csv"].split("\n");
      lines[50] = lines[50].slice(0, 12);
      files["telemetry.csv"] = lines.join("\n");
    },
    code: "brokenLine",
    severity: "refused",
    says: /^1 line cannot be split into columns/,
    where: /line 51/,
  },
  {
    defect: "a column that was renamed",
    files: (files) => {
      files["telemetry.csv"] = files["telemetry.csv"].replace("pressure", "presure");
    },
    code: "columnMissing",
    severity: "refused",
    says: /no column `pressure`/,
    todo: /did you mean `presure`\?.*renamed/,
  },
  {
    defect: "a column that is there twice, which only the load itself refuses",
    files: (files) => {
      files["telemetry.csv"] = files["telemetry.csv"].replace("pressure,speed", "pressure,pressure");
    },
    archive: withTelemetry({ sensors: ["pressure"] }),
    code: "DATA_COLUMN_TWICE",
    severity: "refused",
    says: /there twice/,
  },
  {
    defect: "a column that one of several files lacks",
    files: (files) => {
      const [head, ...rows] = files["telemetry.csv"].trim().split("\n");
      delete files["telemetry.csv"];
      files["telemetry/1.csv"] = [head, ...rows.slice(0, 2000), ""].join("\n");
      const narrow = [head, ...rows.slice(2000)].map((line) => line.split(",").slice(0, 3).join(","));
      files["telemetry/2.csv"] = [...narrow, ""].join("\n");
    },
    archive: withTelemetry({ path: "telemetry" }),
    code: "columnDropped",
    severity: "refused",
    says: /^1 of 2 files have no column `speed`/,
    where: /telemetry\/2\.csv/,
    todo: /columnDropped: "asMissing"/,
  },
  {
    defect: "copies among events of a machine without telemetry, which a run sets aside before it minds them",
    change: ({ errors }) => {
      errors.push({ machine: "crane", time: hour(5), code: "E1" }, { machine: "crane", time: hour(5), code: "E1" });
    },
    code: "duplicate",
    severity: "warning",
    says: /^1 row repeats another's machine, time and kind/,
  },
  {
    defect: "a sensor whose scale ends at a bar",
    change: ({ telemetry }) => {
      for (const row of telemetry) {
        const high = row["machine"] === "pump-1" && row["time"] >= hour(300) && row["time"] < hour(318);
        row["pressure"] = high ? "5.9" : String(Math.min(5.9, Number(row["pressure"])));
      }
    },
    code: "saturated",
    severity: "note",
    says: /^`pressure` stays at 5\.9/,
  },
  {
    defect: "a machine that is read at another rate",
    change: (plant) => {
      plant.telemetry = plant.telemetry.filter(
        ({ machine, time }) => machine !== "pump-4" || Number(time.slice(11, 13)) % 6 === 0,
      );
    },
    code: "otherRate",
    severity: "note",
    says: /^1 machine is read at another rate than the usual 1 h/,
    where: /`pump-4` 6 h/,
  },
  {
    defect: "a file that is not there",
    files: (files) => {
      delete files["errors.csv"];
    },
    code: "filesMissing",
    severity: "refused",
    says: /^there is no file at `errors\.csv`/,
  },
  {
    defect: "an empty file",
    files: (files) => {
      files["errors.csv"] = "";
    },
    code: "fileUnreadable",
    severity: "refused",
    says: /^1 file cannot be read/,
    where: /errors\.csv/,
  },
  {
    defect: "machines written in another way among the failures",
    change: ({ failures }) => {
      for (const row of failures) row["machine"] = row["machine"].replace("pump-", "PUMP 0");
    },
    code: "unknownMachine",
    severity: "warning",
    says: /^32 rows of 32 are of 4 machines without telemetry/,
    todo: /are these the same machines: `PUMP 01` and `pump-1`/,
  },
  {
    defect: "components written in another way in maintenance",
    change: ({ maintenance }) => {
      for (const row of maintenance) row["component"] = "Seal-kit";
    },
    code: "componentNeverReplaced",
    severity: "warning",
    says: /`seal`/,
  },
  {
    defect: "a failure without a record of its repair",
    change: (plant) => {
      plant.maintenance = plant.maintenance.filter((_, i) => i % 4 !== 0);
    },
    code: "noRepair",
    severity: "warning",
    says: /^8 of 32 failures of events\.failures have no maintenance record/,
  },
  {
    defect: "two work orders of one breakdown",
    change: ({ failures }) => failures.push({ ...failures[0], time: `${failures[0]["time"].slice(0, 14)}30:00` }),
    code: "burst",
    severity: "warning",
    says: /^1 failure comes within two days/,
    todo: /mergeWithin: "48h"/,
  },
  {
    defect: "failures from before the telemetry",
    change: ({ failures }) => {
      for (const row of failures) row["time"] = row["time"].replace("2025", "2023");
    },
    code: "outsideTelemetry",
    severity: "warning",
    says: /^32 of 32 failures lie outside the telemetry/,
  },
  {
    defect: "errors recorded in the last week only",
    change: (plant) => {
      plant.errors = plant.errors.filter(({ time }) => time > hour(24 * 30));
    },
    code: "partlyCovered",
    severity: "warning",
    says: /records go from 2025-03-31/,
  },
  {
    defect: "failures stamped when the shift begins",
    change: ({ failures }) => {
      for (const row of failures) row["time"] = `${row["time"].slice(0, 11)}06:00:00`;
    },
    code: "oneTimeOfDay",
    severity: "note",
    says: /^100 % of the records are stamped at 06:00/,
  },
  {
    defect: "a kind written in two ways",
    change: ({ errors }) => {
      for (const [i, row] of errors.entries()) if (i % 3 === 0) row["code"] = row["code"].toLowerCase();
    },
    code: "alikeKinds",
    severity: "warning",
    says: /written in several ways/,
    where: /`E1` and `e1`/,
  },
  {
    defect: "a machine that nobody described",
    change: ({ machines }) => machines.pop(),
    code: "unlistedMachine",
    severity: "warning",
    says: /^1 machine of 4 with telemetry is not in the machine table/,
    where: /`pump-4`/,
  },
  {
    defect: "crossed limits",
    change: ({ limits }) => {
      limits[0] = { sensor: "pressure", low: "9", high: "1" };
    },
    code: "impossibleValue",
    severity: "refused",
    says: /^1 row with a lower limit above the upper one/,
  },
  {
    defect: "a machine that stopped sending",
    change: (plant) => {
      plant.telemetry = plant.telemetry.filter(({ machine, time }) => machine !== "pump-2" || time < hour(400));
    },
    code: "silent",
    severity: "note",
    says: /^1 machine stopped sending long before the others/,
    where: /`pump-2` 2025-03-17 15:00/,
  },
];

for (const { defect, code, severity, says, where, todo, ...planted } of defects) {
  test(`${defect} is found: ${code}`, async (context) => {
    const folder = await plantWith(context, planted);
    const archive = planted.archive ?? plantArchive;
    const health = await checkArchive(archive, { folder, now: NOW.getTime() });
    const finding = findingOf(health, code);
    assert.equal(finding.severity, severity, JSON.stringify(health.findings, null, 1));
    assert.match(finding.finding, says);
    if (where !== undefined) assert.match(finding.where ?? "", where);
    if (todo !== undefined) assert.match(finding.todo ?? "", todo);
    // It is accepted exactly where a run loads it.
    const loads = await loadFleet(archive, { folder, now: NOW }).then(
      () => true,
      (error: unknown) => !(error instanceof ForewarnError),
    );
    assert.equal(health.accepted, loads);
    if (severity === "refused") assert.equal(health.accepted, false);
  });
}

test("the contract's words for what was refused make the archive acceptable", async (context) => {
  const plant = cleanPlant();
  plant.telemetry.push({ ...plant.telemetry[10] });
  plant.telemetry[20]["pressure"] = "broken";
  plant.telemetry[30]["machine"] = "";
  const folder = await folderOf(context, plantFiles(plant));
  const now = Date.parse("2025-06-01");
  const refused = await checkArchive(plantArchive, { folder, now });
  const words = refused.findings
    .filter(({ severity }) => severity === "refused")
    .map(({ contract }) => contract?.rules);
  assert.deepEqual(words, [{ missingKey: "quarantine" }, { badValue: "asMissing" }, { duplicate: "quarantine" }]);
  const mended = await checkArchive(withTelemetry({ rules: Object.assign({}, ...words) }), { folder, now });
  assert.equal(mended.accepted, true);
});

test("a time in the future is set aside by the words for it, on any later day alike", async (context) => {
  const folder = await plantWith(context, {
    change: ({ telemetry }) => telemetry.push({ ...telemetry[0], time: "2031-01-01 00:00:00" }),
  });
  const { contract } = findingOf(await checkArchive(plantArchive, { folder, now: NOW.getTime() }), "futureTime");
  assert.deepEqual(contract, { rules: { futureTime: "quarantine" }, notAfter: "2025-06-02T00:00:00Z" });
  for (const now of [NOW.getTime(), Date.parse("2040-01-01")]) {
    const mended = await checkArchive(withTelemetry({ ...contract }), { folder, now });
    assert.equal(mended.accepted, true);
    assert.equal(mended.telemetry[0].rows, 4 * 960);
  }
});

test("an error about a time in the future advises a rule that the contract takes", async (context) => {
  const folder = await plantWith(context, {
    change: ({ telemetry }) => telemetry.push({ ...telemetry[0], time: "2031-01-01 00:00:00" }),
  });
  await assert.rejects(loadFleet(plantArchive, { folder, now: NOW }), (error: ForewarnError) => {
    assert.match(error.details.hint ?? "", /futureTime: "quarantine" or "keep" \}; "quarantine" needs `notAfter`/);
    return true;
  });
});

/** The words of a contract that change the readings of the plant's telemetry, as rows or as one reading a row. */
const repairs: readonly { words: string; wide: Partial<SourceSpec> }[] = [
  { words: "a range as missing", wide: { ranges: { pressure: [5.2, 5.8] }, rules: { outOfRange: "asMissing" } } },
  { words: "a range that clips", wide: { ranges: { pressure: [5.2, 5.8] }, rules: { outOfRange: "clip" } } },
  { words: "a range set aside", wide: { ranges: { pressure: [5.2, null] }, rules: { outOfRange: "quarantine" } } },
  { words: "units", wide: { units: { speed: "rpm -> 1/s", pressure: "bar -> kPa" } } },
  { words: "stand-ins", wide: { missing: ["5.5", "1500.0"] } },
  { words: "infinite readings", wide: { rules: { infiniteValue: "asMissing", badValue: "asMissing" } } },
  { words: "a zone", wide: { timeZone: "Europe/Berlin", rules: { timeNotUnique: "quarantine" } } },
  { words: "a limit", wide: { notAfter: "2025-03-20", rules: { futureTime: "quarantine" } } },
];

for (const { words, wide } of repairs) {
  for (const form of ["rows", "readings"] as const) {
    test(`the figures are those of the load: ${words}, telemetry as ${form}`, async (context) => {
      const plant = cleanPlant();
      plant.telemetry[7]["pressure"] = "1e999";
      plant.telemetry[8]["speed"] = "n/a";
      plant.telemetry[9]["pressure"] = "";
      const rules = { infiniteValue: "quarantine", badValue: "quarantine", unknownTag: "quarantine" } as const;
      const { unknownTag, ...wideRules } = rules;
      const readings = plant.telemetry.flatMap(({ machine, time, pressure, speed }, i) => [
        { machine, time, tag: "P", value: pressure },
        { machine, time, tag: "S", value: speed },
        ...(i < 5 ? [{ machine, time, tag: "X", value: "none" }] : []),
      ]);
      const sensors = long({ tag: "tag", value: "value", tags: { P: "pressure", S: "speed" } });
      const archive =
        form === "rows"
          ? withTelemetry({ ...wide, rules: { ...wideRules, ...wide.rules } })
          : withTelemetry({ ...wide, sensors, rules: { unknownTag, ...wideRules, ...wide.rules } });
      const texts = plantFiles(form === "rows" ? plant : { ...plant, telemetry: readings });
      const folder = await folderOf(context, texts);
      const { fleet, sources } = await loadFleet(archive, { folder, now: NOW });
      const health = await checkArchive(archive, { folder, now: NOW.getTime() });
      assert.equal(health.accepted, true);
      const loaded = fleet.telemetry.flatMap(({ time, sensors }) =>
        Object.entries(sensors).map(([sensor, values]) => {
          const there = values.filter((value) => !Number.isNaN(value)).sort();
          const at = (share: number) => there[Math.ceil(share * there.length) - 1];
          return { sensor, rows: time.length, readings: there.length, low: at(0.01), middle: at(0.5), high: at(0.99) };
        }),
      );
      const checked = health.telemetry.flatMap(({ rows, sensors }) =>
        sensors.map(({ sensor, readings, low, middle, high }) => ({ sensor, rows, readings, low, middle, high })),
      );
      const byName = (a: { sensor: string }, b: { sensor: string }) => (a.sensor < b.sensor ? -1 : 1);
      assert.deepEqual(checked.sort(byName), loaded.sort(byName));
      // What was repaired or set aside is among the findings, as often as the load counts it.
      const { quarantined, repaired } = totals(sources);
      for (const violation of new Set([...Object.keys(quarantined), ...Object.keys(repaired)])) {
        const found = health.findings.filter(({ code, source }) => code === violation && source === "telemetry");
        const rows = found.map(({ finding }) => Number(/^[\d,]+/.exec(finding)?.[0].replaceAll(",", "")));
        const counted = (quarantined[violation] ?? 0) + (repaired[violation] ?? 0);
        assert.equal(
          rows.reduce((sum, one) => sum + one, 0),
          counted,
          violation,
        );
      }
    });
  }
}

function totals(sources: Awaited<ReturnType<typeof loadFleet>>["sources"]) {
  const telemetry = sources.find(({ source }) => source === "telemetry");
  assert.ok(telemetry);
  return { quarantined: telemetry.quarantined, repaired: telemetry.repaired ?? {} };
}

test("rows of machines without telemetry are told apart from those of machines with it", async (context) => {
  const health = await healthWith(context, {
    change: ({ errors }) => {
      errors.push({ machine: "crane", time: hour(5), code: "E1" }, { machine: "crane", time: hour(6), code: "E1" });
    },
  });
  const { rows, machines, unknown, unknownMachines } = health.events[0];
  assert.deepEqual(
    { rows, machines, unknown, unknownMachines },
    { rows: 162, machines: 4, unknown: 2, unknownMachines: 1 },
  );
  assert.match(
    healthText(health, 160),
    /^events\.errors +162 rows of 5 machines, 2 of them of 1 machine without telemetry: E1 82, E2 80$/m,
  );
});

test("machines of which the archive holds no telemetry are not taken for others whose names are near", async (context) => {
  const health = await healthWith(context, {
    change: ({ errors }) => errors.push({ machine: "pump-10", time: hour(5), code: "E1" }),
  });
  const { severity, todo } = findingOf(health, "unknownMachine");
  assert.equal(severity, "note");
  assert.match(todo ?? "", /expected where the archive holds telemetry of a part/);
});

test("a gap during a downtime of its machine is a note, one beside it a warning", async (context) => {
  const archive = {
    ...plantArchive,
    events: {
      ...plantArchive.events,
      downtime: csv("downtime.csv", { machine: "machine", time: "start", end: "end" }),
    },
  };
  const silence = (plant: Plant) => {
    plant.telemetry = plant.telemetry.filter(
      ({ machine, time }) => machine !== "pump-3" || time < hour(100) || time >= hour(148),
    );
  };
  const down = (machine: string) => (files: Record<string, string>) => {
    files["downtime.csv"] = `machine,start,end\n${machine},${hour(100)},${hour(147)}\n`;
  };
  const explained = await healthWith(context, { change: silence, files: down("pump-3"), archive });
  assert.equal(findingOf(explained, "gap").severity, "note");
  assert.deepEqual([explained.telemetry[0].gaps, explained.telemetry[0].gapsDuringDowntime], [1, 1]);
  const other = await healthWith(context, { change: silence, files: down("pump-2"), archive });
  assert.equal(findingOf(other, "gap").severity, "warning");
  assert.deepEqual(other.telemetry[0].longestGaps, [
    { machine: "pump-3", from: "2025-03-05T03:00:00Z", to: "2025-03-07T04:00:00Z" },
  ]);
});

test("late rows are told with the delay that would cover nearly all of them", async (context) => {
  const health = await healthWith(context, {
    change: ({ errors }) => {
      for (const [i, row] of errors.entries()) {
        const late = i % 20 === 0 ? 300 : 10;
        row["entered"] = new Date(Date.parse(`${row["time"].replace(" ", "T")}Z`) + late * 60_000).toISOString();
      }
    },
    archive: {
      ...plantArchive,
      events: {
        ...plantArchive.events,
        errors: csv("errors.csv", { machine: "machine", time: "time", kind: "code", knownAt: "entered" }),
      },
    },
  });
  const finding = findingOf(health, "late");
  assert.match(finding.finding, /10 min after their time in the median, 99 % within 5 h, the latest 5 h/);
  assert.match(finding.todo ?? "", /delay: "5h"/);
});

test("nothing is repeated of a file that a terminal would obey", async (context) => {
  const health = await healthWith(context, {
    change: ({ telemetry }) => {
      telemetry[3]["pressure"] = "\u001b[31mred";
    },
  });
  const { finding, todo } = findingOf(health, "badValue");
  assert.match(finding, /\\u001b\[31mred/);
  assert.ok(!`${finding}${todo}`.includes("\u001b"));
});
