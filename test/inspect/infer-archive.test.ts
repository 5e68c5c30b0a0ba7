import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { inferArchive } from "../../src/inspect/infer-archive.ts";
import { pipelineText } from "../../src/inspect/pipeline-text.ts";
import type { Proposal } from "../../src/inspect/proposal.ts";
import { cleanPlant, csvText, folderOf, NOW, type Plant, plantArchive, plantFiles, type Row } from "./support/plant.ts";

const now = NOW.getTime();
const sample = fileURLToPath(new URL("../../data/sample", import.meta.url));

async function infer(
  test: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Proposal & { folder: string }> {
  const folder = await folderOf(test, files);
  return { folder, ...(await inferArchive({ folder, now })) };
}

/** The plant's files under other names. */
function renamed(names: Partial<Record<keyof Plant, string>>, plant = cleanPlant()): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([table, path]) => [path, csvText(plant[table as keyof Plant])]));
}

function rename(rows: readonly Row[], names: Readonly<Record<string, string>>): Row[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [names[name] ?? name, value])),
  );
}

function choiceOf({ choices }: Proposal, about: string) {
  const found = choices.find((choice) => choice.about === about);
  assert.ok(found, `${about} among ${choices.map((choice) => choice.about).join(", ")}`);
  return found;
}

test("the sample's archive is described as its own pipeline describes it", async () => {
  const { archive, learning, problems } = await inferArchive({ folder: sample, now });
  const event = { machine: "machine", time: "time" };
  const expected: ArchiveSpec = {
    time: "timestamp",
    machines: {
      format: "csv",
      path: "machines.csv",
      machine: "machine",
      attributes: { model: "category", age: "number", site: "category", power_kw: "number" },
      commissionedAt: "commissioned",
      retiredAt: "retired",
    },
    telemetry: [
      {
        format: "parquet",
        path: "telemetry",
        ...event,
        sensors: ["vibration", "temperature", "pressure", "current", "load"],
      },
    ],
    events: {
      downtime: { format: "csv", path: "downtime.csv", machine: "machine", time: "start", kind: "reason", end: "end" },
      errors: { format: "csv", path: "errors.csv", ...event, kind: "code" },
      failures: { format: "csv", path: "failures.csv", ...event, kind: "component" },
      maintenance: { format: "csv", path: "maintenance.csv", ...event, kind: "component" },
    },
    reference: {
      schedule: { format: "csv", path: "schedule.csv", component: "component", interval: "interval_hours" },
      limits: {
        format: "csv",
        path: "limits.csv",
        sensor: "sensor",
        low: "low",
        high: "high",
        match: { model: "model" },
      },
    },
  };
  assert.deepEqual(archive, expected);
  assert.deepEqual(problems, []);
  assert.deepEqual(learning?.label, { horizon: "24h" });
  assert.equal(learning?.every, "2h");
  // 116 failures: about two in three before the day, and more than a few after it.
  assert.deepEqual(learning?.split, { split: "byTime", at: "2025-04-07" });
});

test("what it proposes loads, with the rows of the files", async (context) => {
  const { archive, folder } = await infer(context, plantFiles(cleanPlant()));
  assert.deepEqual(archive, plantArchive);
  const { fleet } = await loadFleet(archive, { folder });
  assert.equal(fleet.telemetry[0].time.length, 4 * 960);
});

test("failures and maintenance are told apart by what follows what, where no name says it", async (context) => {
  const plant = cleanPlant();
  // The plan replaces more than what failed.
  const planned = plant.failures.map((row) => ({ ...row, component: "belt" }));
  plant.maintenance = [...plant.maintenance, ...planned];
  for (const table of [plant.failures, plant.maintenance]) for (const row of table) row["item"] = row["component"];
  const files = renamed({ telemetry: "a.csv" }, plant);
  const columns = (rows: readonly Row[]) => csvText(rows.map(({ machine, time, item }) => ({ machine, time, item })));
  const proposal = await infer(context, {
    ...files,
    "b.csv": columns(plant.maintenance),
    "c.csv": columns(plant.failures),
  });
  const { choice, sure, why } = choiceOf(proposal, "events.failures");
  assert.deepEqual([choice, sure], ["c.csv", "guess"]);
  assert.match(why, /100 % of its rows are followed by one of b\.csv with the same machine and kind/);
  assert.equal(choiceOf(proposal, "events.maintenance").choice, "b.csv");
});

test("one reading a row is told by its tag and value", async (context) => {
  const plant = cleanPlant();
  const readings = plant.telemetry.flatMap(({ machine, time, pressure, speed }) => [
    { machine, time, tag: "pressure", value: pressure },
    { machine, time, tag: "speed", value: speed },
  ]);
  const { archive, folder } = await infer(context, { ...plantFiles(plant), "telemetry.csv": csvText(readings) });
  assert.deepEqual(archive.telemetry, [
    {
      format: "csv",
      path: "telemetry.csv",
      machine: "machine",
      time: "time",
      sensors: { tag: "tag", value: "value", tags: { pressure: "pressure", speed: "speed" } },
    },
  ]);
  const { fleet } = await loadFleet(archive, { folder });
  assert.deepEqual(fleet.telemetry.flatMap(({ sensors }) => Object.keys(sensors)).sort(), ["pressure", "speed"]);
});

test("files of one table are one source, by folder or by a glob", async (context) => {
  const plant = cleanPlant();
  const part = (from: string, to: string) => csvText(plant.telemetry.filter(({ time }) => time >= from && time < to));
  const { telemetry: _, ...rest } = plantFiles(plant);
  delete rest["telemetry.csv"];
  const [march, april] = [part("2025-03-01", "2025-04-01"), part("2025-04-01", "2025-05-01")];
  const folder = await infer(context, { ...rest, "raw/2025-03.csv": march, "raw/2025-04.csv": april });
  assert.equal(folder.archive.telemetry[0].path, "raw");
  const glob = await infer(context, { ...rest, "readings-2025-03.csv": march, "readings-2025-04.csv": april });
  assert.equal(glob.archive.telemetry[0].path, "readings-*.csv");
  const { fleet } = await loadFleet(glob.archive, { folder: glob.folder });
  assert.equal(fleet.telemetry[0].time.length, 4 * 960);
});

test("German columns, semicolons and a column of numbers for machines are understood", async (context) => {
  const plant = cleanPlant();
  const german = (rows: readonly Row[], names: Readonly<Record<string, string>>) =>
    csvText(
      rename(
        rows.map((row) => ({ ...row, machine: row["machine"].replace("pump-", "00") })),
        names,
      ),
    ).replaceAll(",", ";");
  const { archive, folder, problems } = await infer(context, {
    "Messwerte.csv": german(plant.telemetry, {
      machine: "Anlage",
      time: "Zeitstempel",
      pressure: "Druck",
      speed: "Drehzahl",
    }),
    "Stoerungen.csv": german(plant.errors, { machine: "Anlage", time: "Zeitpunkt", code: "Meldung" }),
    "Ausfaelle.csv": german(plant.failures, { machine: "Anlage", time: "Zeitpunkt", component: "Bauteil" }),
    "Wartung.csv": german(plant.maintenance, { machine: "Anlage", time: "Datum", component: "Bauteil" }),
  });
  assert.deepEqual(Object.keys(archive.events ?? {}).sort(), ["errors", "failures", "maintenance"]);
  assert.deepEqual(archive.telemetry[0].sensors, ["Druck", "Drehzahl"]);
  assert.deepEqual(problems, []);
  await loadFleet(archive, { folder });
});

test("machines that run to failure are told by a counter, with their remaining lives in a file of one column", async (context) => {
  const rows = (machines: number, life: (m: number) => number) =>
    Array.from({ length: machines }, (_, m) =>
      Array.from(
        { length: life(m + 1) },
        (_, c) => `${m + 1} ${c + 1} ${(m + c * 0.5).toFixed(2)} 7 ${((c * c) % 13) + 0.25} `,
      ),
    ).flat();
  const { archive, learning, folder, leftOut } = await infer(context, {
    "train_A.txt": `${rows(8, (m) => 60 + m).join("\n")}\n`,
    "test_A.txt": `${rows(6, (m) => 30 + m).join("\n")}\n`,
    "RUL_A.txt": "12\n20\n31\n8\n5\n40\n",
    "train_B.txt": `${rows(4, (m) => 50 + m).join("\n")}\n`,
    "test_B.txt": `${rows(3, (m) => 20 + m).join("\n")}\n`,
    "RUL_B.txt": "1\n2\n3\n",
    "readme.txt": "Data Set: A\nTrain trajectories: 8, and much more text than that\n",
  });
  assert.equal(archive.time, "cycles");
  assert.deepEqual(
    archive.telemetry.map(({ path, machinePrefix, sensors }) => [path, machinePrefix, sensors]),
    [
      ["train_A.txt", "train-", ["column3", "column5"]],
      ["test_A.txt", "test-", ["column3", "column5"]],
    ],
  );
  assert.deepEqual(learning?.split, { split: "given", train: "train-*", evaluate: "test-*" });
  assert.ok(learning !== undefined && "cap" in learning.label);
  assert.ok(leftOut.some(({ what, why }) => what === "train_B.txt" && /another data set/.test(why)));
  const { fleet } = await loadFleet(archive, { folder });
  const test1 = fleet.machines.indexOf("test-1");
  assert.equal(fleet.events["failures"].time[test1], 31 + 12);
});

test("a table computed from the readings, and columns that tell the outcome, are left out", async (context) => {
  const plant = cleanPlant();
  const days = plant.telemetry
    .filter(({ time }) => time.endsWith("00:00:00"))
    .map(({ machine, time, pressure, speed }) => ({
      machine,
      date: time.slice(0, 10),
      pressure_mean: pressure,
      speed_mean: speed,
    }));
  const told = plant.telemetry.map((row, i) => ({ ...row, will_fail: i % 50 === 0 ? "1" : "0" }));
  const { archive, leftOut } = await infer(context, {
    ...plantFiles({ ...plant, telemetry: told }),
    "telemetry_daily.csv": csvText(days),
  });
  assert.deepEqual(
    archive.telemetry.map(({ path, sensors }) => [path, sensors]),
    [["telemetry.csv", ["pressure", "speed"]]],
  );
  const why = (what: string) => leftOut.find((one) => one.what === what)?.why ?? "";
  assert.match(why("telemetry_daily.csv"), /computed from the readings of another file/);
  assert.match(why("telemetry.csv, column will_fail"), /named for the outcome/);
});

/** The clean plant's telemetry in two files, the later one with other names, and its values changed. */
function twoFiles(names: Readonly<Record<string, string>>, change: (row: Row) => Row = (row) => row) {
  const { telemetry, ...plant } = cleanPlant();
  const { "telemetry.csv": _, ...files } = plantFiles({ telemetry, ...plant });
  const [early, late] = [true, false].map((isEarly) =>
    telemetry.filter(({ time }) => time < "2025-03-25" === isEarly).map((row) => ({ ...row, load: row["speed"] })),
  );
  return {
    ...files,
    "telemetry_a.csv": csvText(early),
    "telemetry_b.csv": csvText(rename(late.map(change), names)),
  };
}

test("a file that calls a sensor otherwise is read with its other name, and that is not called sure", async (context) => {
  for (const [name, sure] of [
    ["pressure_bar", "likely"],
    ["druck", "guess"],
  ]) {
    const { archive, folder, choices, problems } = await infer(context, twoFiles({ pressure: name }));
    assert.deepEqual(
      archive.telemetry.map(({ path, sensors, renamed }) => ({ path, sensors, renamed })),
      [
        { path: "telemetry_a.csv", sensors: ["pressure", "speed", "load"], renamed: undefined },
        { path: "telemetry_b.csv", sensors: ["pressure", "speed", "load"], renamed: { pressure: [name] } },
      ],
    );
    const { sure: found, why } = choices[1];
    assert.deepEqual([found, problems], [sure, []]);
    assert.match(why, new RegExp(`its \`${name}\` is \`pressure\` of telemetry_a\\.csv`));
    const { fleet } = await loadFleet(archive, { folder });
    assert.deepEqual(
      fleet.telemetry.map(({ time }) => time.length),
      [4 * 960],
    );
  }
});

test("where a sensor of another name may be another, its file is left out with a word on what stands in the way", async (context) => {
  const scaled = (row: Row): Row => ({ ...row, pressure: String(100 * Number(row["pressure"])) });
  const { archive, choices, problems } = await infer(context, twoFiles({ pressure: "pressure_kpa" }, scaled));
  assert.deepEqual(
    archive.telemetry.map(({ path }) => path),
    ["telemetry_a.csv"],
  );
  assert.equal(choices[0].sure, "guess");
  assert.match(
    problems.join("\n"),
    /^telemetry_b\.csv is left out: .* if `pressure_kpa` is `pressure` there, .*renamed: \{ pressure: \["pressure_kpa"\] \}$/,
  );
});

test("rules are proposed for what a run would refuse, and then it loads", async (context) => {
  const plant = cleanPlant();
  plant.telemetry.push({ ...plant.telemetry[5] });
  plant.telemetry[9]["speed"] = "n/a";
  plant.failures.push({ ...plant.failures[0] });
  const { archive, folder, problems, choices } = await infer(context, plantFiles(plant));
  const [{ rules, missing }] = archive.telemetry;
  assert.deepEqual([rules, missing], [{ duplicate: "quarantine" }, ["n/a"]]);
  assert.deepEqual(archive.events?.["failures"], {
    ...plantArchive.events?.["failures"],
    rules: { duplicate: "quarantine" },
  });
  assert.deepEqual(problems, []);
  assert.ok(choices.some(({ about, choice }) => about === "telemetry" && choice === "a rule for duplicate"));
  await loadFleet(archive, { folder });
});

test("what stands for no reading is written as missing, and a rule is left to what may be anything", async (context) => {
  const plant = cleanPlant();
  for (const [row, text] of [
    [9, "n/a"],
    [20, "-"],
    [30, "12x"],
  ] as const) {
    plant.telemetry[row]["speed"] = text;
  }
  for (let row = 40; row < 60; row++) plant.telemetry[row]["pressure"] = "-999";
  const { archive, folder, problems, choices } = await infer(context, plantFiles(plant));
  const [{ rules, missing }] = archive.telemetry;
  assert.deepEqual([rules, problems], [{ badValue: "asMissing" }, []]);
  assert.deepEqual([...(missing ?? [])].sort(), ["-", "-999", "n/a"]);
  assert.ok(choices.some(({ choice }) => choice === "`-999` as missing"));
  await loadFleet(archive, { folder });
});

test("the hour that autumn doubles is taken for local times, and no rule throws its rows away", async (context) => {
  const plant = cleanPlant();
  const autumn = (row: Row): Row => {
    const shifted = new Date(Date.parse(`${row["time"].replace(" ", "T")}Z`) + 220 * 86_400_000);
    return { ...row, time: shifted.toISOString().slice(0, 19).replace("T", " ") };
  };
  plant.telemetry = plant.telemetry.map(autumn);
  plant.failures = plant.failures.map(autumn);
  const doubled = plant.telemetry.filter(({ time }) => time === "2025-10-26 02:00:00");
  assert.equal(doubled.length, 4);
  plant.telemetry.push(...doubled.map((row) => ({ ...row, pressure: "5.5" })));
  const folder = await folderOf(context, plantFiles(plant));
  const { archive, problems } = await inferArchive({ folder, now: Date.parse("2026-01-01") });
  assert.equal(archive.telemetry[0].rules, undefined);
  assert.match(problems.join("\n"), /from 2025-10-26 02:00.*local times.*timeZone: "Europe\/Berlin"/);
});

test("every line of a source of several lines stands two spaces within its first", async (context) => {
  const plant = cleanPlant();
  plant.telemetry.push({ ...plant.telemetry[5], time: "2035-01-01 00:00:00" }, { ...plant.telemetry[5] });
  const text = pipelineText(await infer(context, plantFiles(plant)), { data: "." });
  assert.match(text, /\n {2}telemetry: csv\("telemetry\.csv", \{\n(?: {4}\S.*\n)+ {2}\}\),\n/);
});

test("a single time in the future is set aside by a rule with its limit, and then it loads", async (context) => {
  const plant = cleanPlant();
  plant.telemetry.push({ ...plant.telemetry[5], time: "2035-01-01 00:00:00" });
  const { archive, folder, problems, choices } = await infer(context, plantFiles(plant));
  const [{ rules, notAfter }] = archive.telemetry;
  assert.deepEqual([rules, notAfter], [{ futureTime: "quarantine" }, "2025-06-02T00:00:00Z"]);
  assert.deepEqual(problems, []);
  assert.ok(
    choices.some(({ choice, why }) => choice === "a rule for futureTime, with notAfter" && /move it on/.test(why)),
  );
  const { fleet } = await loadFleet(archive, { folder });
  assert.equal(fleet.telemetry[0].time.length, 4 * 960);
});

test("each source of the pipeline has its own columns, where files have no header", async (context) => {
  const lines = (machines: number, rows: number, line: (m: number, row: number) => readonly unknown[]) =>
    Array.from({ length: machines }, (_, m) => Array.from({ length: rows }, (_, row) => line(m + 1, row + 1).join(" ")))
      .flat()
      .join("\n");
  const uneven = (m: number, row: number, sensor: number) => ((m * 7 + row * sensor) % 11) + 0.25;
  const proposal = await infer(context, {
    "telemetry.txt": lines(5, 60, (m, row) => [m, row, ...[1, 2, 3, 4, 5].map((sensor) => uneven(m, row, sensor))]),
    "machines.txt": lines(5, 1, (m) => [m, ...[2, 3, 4, 5, 6, 7, 8].map((column) => m * column + 0.5)]),
  });
  const columnsOf = (text: string) => /columns: (\[[^\]]*\])/.exec(text)?.[1];
  const text = pipelineText(proposal, { data: "." });
  const [, machines, telemetry] = text.split(/^ {2}(?=machines: |telemetry: )/m);
  assert.deepEqual(JSON.parse(columnsOf(machines) ?? "[]"), proposal.archive.machines?.columns);
  assert.match(telemetry, /csv\("telemetry\.txt", \{ delimiter: " ", columns, /);
  assert.match(text, /^const columns = \["column1", .*"column7"\];$/m);
});

test("times in a writing that is not read are a problem, said with the writing that is", async (context) => {
  const plant = cleanPlant();
  for (const row of plant.telemetry) row["time"] = row["time"].replace(/(\d+)-(\d+)-(\d+)/, "$3.$2.$1");
  const { problems } = await infer(context, plantFiles(plant));
  assert.match(
    problems.join("\n"),
    /telemetry\.csv: times in column time are written like 31\.12\.2025 23:59:59; write them like 2025-12-31/,
  );
});

test("without failures it says that there is nothing to learn, and still describes the archive", async (context) => {
  const files = plantFiles(cleanPlant());
  delete files["failures.csv"];
  const { archive, learning, problems } = await infer(context, files);
  assert.equal(learning, undefined);
  assert.match(problems.join("\n"), /needs a table of failures/);
  assert.deepEqual(Object.keys(archive.events ?? {}).sort(), ["errors", "maintenance"]);
});

test("a folder without telemetry, without data files, or that is not there is refused", async (context) => {
  const code = async (folder: string) => {
    const error = await inferArchive({ folder, now }).catch((error: unknown) => error);
    assert.ok(error instanceof ForewarnError, String(error));
    return error.code;
  };
  assert.equal(await code(await folderOf(context, { "notes.csv": "a,b\n1,2\n" })), "DATA_NO_TELEMETRY");
  assert.equal(await code(await folderOf(context, { "readme.md": "x" })), "DATA_FILES_MISSING");
  assert.equal(await code(join(sample, "nowhere")), "DATA_FOLDER_MISSING");
});

test("what a run writes beside the data, and hidden files, are not taken for data", async (context) => {
  const folder = await folderOf(context, plantFiles(cleanPlant()));
  for (const path of ["runs/1", ".forewarn/cache", "registry"]) {
    await mkdir(join(folder, path), { recursive: true });
    await writeFile(join(folder, path, "telemetry.csv"), "machine,time,pressure\nx,2025-01-01,1\n");
  }
  assert.deepEqual((await inferArchive({ folder, now })).archive, plantArchive);
});
