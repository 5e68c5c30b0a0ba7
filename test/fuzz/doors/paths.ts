/** The door for paths and globs of sources. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csv } from "../../../src/archive/csv.ts";
import { loadFleet } from "../../../src/archive/load-fleet.ts";
import type { Door } from "../door.ts";
import { mutateText } from "../mutate.ts";

const pathParts = [
  "telemetry",
  ".csv",
  "*",
  "?",
  "**",
  "/",
  "..",
  "[a-z]",
  "[!a]",
  "{a,telemetry}",
  "sub",
  "az://",
  "account",
  "s3://",
  "\\",
  "~",
  ".",
];

export const pathsDoor: Door = {
  name: "paths and globs",
  share: 60,
  async open(folder) {
    const home = join(folder, "paths");
    await mkdir(join(home, "sub"), { recursive: true });
    for (const path of ["telemetry.csv", "sub/telemetry.csv", "sub/a[1].csv"])
      await writeFile(join(home, path), "m,t,v\na,2015-01-01,1\n");
    return {
      make(random) {
        // What a wildcard finds above the folder is the machine's, and may be without end; a place in blob storage would be asked.
        const path = mutateText(random, pathParts)
          .replaceAll("..", "")
          .replace(/^\/+|^az:/i, "");
        return {
          content: path,
          async send() {
            const { sources } = await loadFleet(
              { time: "timestamp", telemetry: [csv(path, { machine: "m", time: "t", sensors: ["v"] })] },
              { folder: home },
            );
            return `found ${sources[0].files.length}`;
          },
        };
      },
    };
  },
};
