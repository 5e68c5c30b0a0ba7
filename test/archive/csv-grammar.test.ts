import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { test } from "node:test";
import fc from "fast-check";
import { csv, endOfLife, loadFleet, rowNumber } from "../../src/archive/index.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";
import { asideTexts } from "./aside-rows.ts";
import { archive, load, refusal, spec, telemetry } from "./fixture.ts";

const header = "m,t,v,note\n";
const broken = "a,2015\n";
const quarantining = spec({ telemetry: [telemetry({ rules: { brokenLine: "quarantine" } })] });

for (const [claim, line, isWhole] of [
  ["empty fields too many at the end", "a,2015-01-01,5,x,,", true],
  ["quoted empty fields too many at the end", 'a,2015-01-01,5,x,"", ""', true],
  ["a field too many that is not empty", "a,2015-01-01,5,x,,y", false],
  ["a space as a field too many", "a,2015-01-01,5,x, ", false],
  ["a space before a quote", 'a,2015-01-01,5, "b,c"', true],
  ["spaces before a quote at the start of the line", '  "a",2015-01-01,5,x', true],
  ["spaces after a quote", 'a,2015-01-01, "5"  ,"x" ', true],
  ["a line end inside a quote after a space", 'a,2015-01-01,5, "b\nc"', true],
  ["text after a closing quote", 'a,2015-01-01,5,"b" c', false],
  ["a second quoted text in a field", 'a,2015-01-01,5,"b" "c"', false],
  ["a quote inside a field without quotes", 'a,2015-01-01,5,3" pipe "x"', true],
  ["bytes that are not UTF-8 in a column that is not read", "a,2015-01-01,5,\xe9", false],
] as const) {
  test(`${claim}: ${isWhole ? "whole" : "broken"}, whether another line is broken or not`, async (t) => {
    for (const others of ["", broken]) {
      const content = Buffer.from(`${header}${line}\nb,2015-01-02,6,y\n${others}`, "latin1");
      const { fleet, sources } = await load(t, { "telemetry.csv": content }, quarantining);
      const torn = (isWhole ? 0 : 1) + (others === "" ? 0 : 1);
      assert.deepEqual(sources[0].quarantined, torn === 0 ? {} : { brokenLine: torn });
      assert.deepEqual(fleet.machines, isWhole ? ["a", "b"] : ["b"]);
      assert.deepEqual([...fleet.telemetry[0].sensors.v], isWhole ? [5, 6] : [6]);
    }
  });
}

test("whether a row is whole, and what stands in it, does not depend on the other lines of its file", async (t) => {
  const pieces = ["a", "5", ",", ",", ",,", '"', '"x"', '""', " ", "2015-01-01", "\r", "\u00e9", "a,2015-01-01,5,x"];
  const folder = await archive(t, {});
  const read = async (text: string) => {
    await writeFile(`${folder}/telemetry.csv`, text);
    const all = { ...quarantining.telemetry[0].rules, missingKey: "quarantine", badName: "quarantine" } as const;
    const rules = { ...all, badTime: "quarantine", badValue: "quarantine", duplicate: "quarantine" } as const;
    const loaded = await loadFleet(spec({ telemetry: [telemetry({ rules })] }), { folder });
    const {
      machines,
      telemetry: [table],
    } = loaded.fleet;
    const aside = (await asideTexts(loaded)).filter((one) => !one.includes("brokenLine"));
    return { machines, time: [...table.time], values: [...table.sensors.v], aside, read: loaded.sources[0].read };
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 3, maxLength: 9 }), async (parts) => {
      // Whatever the line is, it ends where its quotes are closed.
      const line = parts.join("");
      fc.pre((line.match(/"/g)?.length ?? 0) % 2 === 0);
      const start = `${header}z,2015-01-01,1,\n${line}\n`;
      const [alone, beside] = [await read(start), await read(`${start}torn\n`)];
      assert.deepEqual({ ...beside, read: beside.read - 1 }, alone);
    }),
    { seed: 23, numRuns: 60 },
  );
});

/** Three machines, whose remaining lives are listed one a line. */
const lives = (delimiter: string): ArchiveSpec => ({
  ...spec({ time: "cycles" }),
  events: {
    failures: endOfLife({ remaining: csv("life.csv", { machine: rowNumber(), remaining: "life", delimiter }) }),
  },
});
const rows = "m,t,v\n1,1,1\n2,1,1\n3,1,1\n";

for (const delimiter of [",", " "]) {
  for (const [name, content] of [
    ["an empty line", "life\n10\n\n30\n"],
    ["an empty line among CRLF", "life\r\n10\r\n\r\n30\r\n"],
    ["an empty line after a CRLF among LF", "life\n10\n\r\n30\n"],
    ["quotes around nothing", 'life\n10\n""\n30\n'],
  ]) {
    if (delimiter === " " && content.includes('"')) continue;
    test(`in a file of one column ${name} is a row without a value, never the next one's (delimiter "${delimiter}")`, async (t) => {
      const error = await refusal(t, { "telemetry.csv": rows, "life.csv": content }, lives(delimiter));
      assert.deepEqual([error.code, error.details.where], ["DATA_VALUE_MISSING", "life.csv, line 3, column `life`"]);
      const { remaining } = lives(delimiter).events!["failures"] as ReturnType<typeof endOfLife>;
      const rules = { missingKey: "quarantine" } as const;
      const events = { failures: endOfLife({ remaining: { ...remaining!, rules } }) };
      const loaded = await load(t, { "telemetry.csv": rows, "life.csv": content }, { ...lives(delimiter), events });
      assert.deepEqual([...loaded.fleet.events["failures"].time], [11, 1, 31]);
      assert.deepEqual(await asideTexts(loaded), ["life.csv:2 missingKey life=nothing"]);
    });
  }
}
