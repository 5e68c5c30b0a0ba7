/** The door for the other CSV tables of an archive: events, machines, schedule and limits; every row read is used or set aside. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csv } from "../../../src/archive/csv.ts";
import { loadFleet } from "../../../src/archive/load-fleet.ts";
import type { ArchiveSpec } from "../../../src/archive/spec.ts";
import { type Door, WrongResult } from "../door.ts";
import { mutateBytes, mutateCells, pick } from "../mutate.ts";

const files = {
  "telemetry.csv": "m,t,v\na,2015-01-01,1\na,2015-01-02,2\nb,2015-01-01,3\n",
  "events.csv":
    "m,t,k,e,n\na,2015-01-01,x,2015-01-02,2015-01-01\nb,2015-01-01 06:00:00,y,,\nc,2015-01-03,x,9999-12-31,2015-01-04\n",
  "machines.csv": "m,model,age,left\na,A,1.5,\nb,B,,2016-01-01\nd,,3,9999-12-31\n",
  "schedule.csv": "c,i,model\nx,100,\ny,200,A\ny,150,B\n",
  "limits.csv": "s,low,high\nv,1,5\nw,,inf\n",
};

const archive: ArchiveSpec = {
  time: "timestamp",
  telemetry: [csv("telemetry.csv", { machine: "m", time: "t", sensors: ["v"] })],
  events: {
    repairs: csv("events.csv", {
      machine: "m",
      time: "t",
      kind: "k",
      end: "e",
      knownAt: "n",
      rules: { missingKnownAt: "keep" },
    }),
  },
  machines: csv("machines.csv", { machine: "m", attributes: { model: "category", age: "number" }, retiredAt: "left" }),
  reference: {
    schedule: csv("schedule.csv", { component: "c", interval: "i", match: { model: "model" } }),
    limits: csv("limits.csv", { sensor: "s", low: "low", high: "high" }),
  },
};

export const tablesDoor: Door = {
  name: "csv tables",
  share: 60,
  async open(folder) {
    const home = join(folder, "tables");
    await mkdir(home);
    for (const [path, text] of Object.entries(files)) await writeFile(join(home, path), text);
    return {
      make(random) {
        const path = pick(random, Object.keys(files).slice(1)) as keyof typeof files;
        const others = Object.values(files).map((text) => Buffer.from(text));
        const content =
          random.integer(3) === 0
            ? mutateBytes(random, Buffer.from(files[path]), others)
            : Buffer.from(mutateCells(random, files[path], ","));
        return {
          content,
          async send() {
            await writeFile(join(home, path), content);
            try {
              const { fleet, sources } = await loadFleet(archive, { folder: home });
              for (const { source, read, used, quarantined } of sources) {
                const aside = Object.values(quarantined).reduce((sum, count) => sum + count, 0);
                if (read !== used + aside)
                  throw new WrongResult(`${source}: ${read} rows read, ${used} used, ${aside} set aside`);
              }
              const events = fleet.events["repairs"];
              if (events.time.some((time, i) => !(events.knownAt[i] >= time) || !(events.end![i] >= time)))
                throw new WrongResult("an event is known or over before it begins");
              if (fleet.limits?.some(({ low, high }) => !(low <= high))) throw new WrongResult("limits are crossed");
              if (fleet.schedule?.some(({ interval }) => !(interval > 0 && interval < Number.POSITIVE_INFINITY)))
                throw new WrongResult("an interval is no length");
              return "taken, every row accounted for";
            } finally {
              await writeFile(join(home, path), files[path]);
            }
          },
        };
      },
    };
  },
};
