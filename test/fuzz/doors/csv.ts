/** The doors for CSV telemetry, refusing or setting rows aside: what is taken is, value for value, what the reference reader reads. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csv } from "../../../src/archive/csv.ts";
import { loadFleet } from "../../../src/archive/load-fleet.ts";
import type { SourceReport } from "../../../src/archive/source-report.ts";
import type { SourceSpec } from "../../../src/archive/spec.ts";
import type { Fleet } from "../../../src/core/fleet.ts";
import { compareBytes } from "../../../src/core/order.ts";
import type { Random } from "../../../src/core/random.ts";
import { type ReferenceRow, referenceRecords, referenceRows } from "../csv-reference.ts";
import { type Door, type OpenDoor, WrongResult } from "../door.ts";
import { mutateBytes, mutateCells, pick } from "../mutate.ts";

export const csvDoor: Door = {
  name: "csv telemetry",
  share: 100,
  open: (folder) => openCsv(folder, {}, (fleet, _report, content) => compare(rowsOf(fleet), referenceRows(content))),
};

const rules = {
  brokenLine: "quarantine",
  missingKey: "quarantine",
  badName: "quarantine",
  badTime: "quarantine",
  badValue: "quarantine",
  infiniteValue: "quarantine",
} as const;

/** Rows at fault are set aside: all others have to be there as they are, and the two together are all that the file has. */
export const quarantineDoor: Door = {
  name: "csv quarantine",
  share: 100,
  open: (folder) =>
    openCsv(folder, { rules }, (fleet, report, content) => {
      const problem = difference(fleet, report, referenceRecords(content));
      if (problem !== undefined) throw new WrongResult(problem);
    }),
};

/** What a load with rows set aside has otherwise than the reference; undefined where they agree. */
function difference(
  fleet: Fleet,
  { read, used }: SourceReport,
  records: ReturnType<typeof referenceRecords>,
): string | undefined {
  if (typeof records === "string") return `taken, but the reference says: ${records}`;
  const whole = records.filter((record) => typeof record !== "string");
  if (read !== records.length || used !== whole.length)
    return `${used} of ${read} rows used, by the reference ${whole.length} of ${records.length}`;
  const [found, expected] = [textOf(rowsOf(fleet)), textOf(whole)];
  return found === expected ? undefined : `loaded\n${found}\nthe reference reads\n${expected}`;
}

async function openCsv(
  folder: string,
  options: Pick<SourceSpec, "rules">,
  check: (fleet: Fleet, report: SourceReport, content: Uint8Array) => void,
): Promise<OpenDoor> {
  const telemetry = [csv("telemetry.csv", { machine: "m", time: "t", sensors: ["v"], ...options })];
  return {
    make(random) {
      const { text, delimiter } = table(random);
      const harm = random.integer(6);
      const content =
        harm === 0
          ? Buffer.from(text)
          : harm < 4
            ? Buffer.from(mutateCells(random, text, delimiter))
            : mutateBytes(random, Buffer.from(text));
      return {
        content,
        async send() {
          await writeFile(join(folder, "telemetry.csv"), content);
          const { fleet, sources } = await loadFleet({ time: "timestamp", telemetry }, { folder });
          const [report] = sources;
          const aside = Object.values(report.quarantined).reduce((sum, count) => sum + count, 0);
          if (report.read !== report.used + aside || report.used !== fleet.telemetry[0].time.length)
            throw new WrongResult("rows are not accounted for");
          check(fleet, report, content);
          return aside === 0 ? "equal to the reference" : "equal to the reference, rows set aside";
        },
      };
    },
  };
}

function rowsOf({ machines, telemetry: [{ offsets, time, sensors }] }: Fleet): ReferenceRow[] {
  return machines.flatMap((machine, i) =>
    Array.from(time.subarray(offsets[i], offsets[i + 1]), (instant, k): ReferenceRow => {
      return { machine, time: instant, value: sensors["v"][offsets[i] + k] };
    }),
  );
}

function compare(loaded: readonly ReferenceRow[], reference: ReferenceRow[] | string): void {
  if (typeof reference === "string") throw new WrongResult(`taken, but the reference says: ${reference}`);
  const [found, expected] = [textOf(loaded), textOf(reference)];
  if (found !== expected) throw new WrongResult(`loaded\n${found}\nthe reference reads\n${expected}`);
}

function textOf(rows: readonly ReferenceRow[]): string {
  return rows
    .toSorted((a, b) => compareBytes(a.machine, b.machine) || a.time - b.time)
    .map(({ machine, time, value }) => `${JSON.stringify(machine)} ${time} ${value + 0}`)
    .join("\n");
}

/** One to five rows of valid telemetry in one of the many spellings there are. */
function table(random: Random): { text: string; delimiter: string } {
  const delimiter = pick(random, [",", ",", ",", ";", "\t", "|"]);
  const end = pick(random, ["\n", "\n", "\r\n", "\r"]);
  const order = pick(random, [
    ["m", "t", "v"],
    ["t", "m", "v"],
    ["v", "x", "t", "m"],
  ]);
  const quoted = (text: string) =>
    random.integer(4) === 0 || /["\r\n,;|\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const rows = Array.from({ length: 1 + random.integer(5) }, (_, i) => {
    return order.map((name) => quoted(cells[name](random, i))).join(delimiter);
  });
  const mark = random.integer(20) === 0 ? "\ufeff" : "";
  return { text: mark + [order.join(delimiter), ...rows, ""].join(end), delimiter };
}

const cells: Record<string, (random: Random, row: number) => string> = {
  m: (random) => pick(random, ["a", "b", "007", "pump 1", "ä", "__proto__"]),
  t(random, row) {
    const day = `2015-0${1 + random.integer(9)}-0${1 + row}`;
    return pick(random, [day, `${day} 06:00:00`, `${day}T06:00:00.25Z`, `${day} 06:30:00+05:30`, `${day} 23:59`]);
  },
  v: (random) => pick(random, ["1", "-2.5", "0.1", "1e-3", "", "NaN", "12345678901234567890", " 7", "-0"]),
  x: (random) => pick(random, ["", "text", "5"]),
};
