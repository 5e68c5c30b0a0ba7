/**
 * A process that reads the registries and caches of the homes it is told of, over and over, while others write to them, and says whether
 * it ever saw anything but whole files. Its argument is a file with the fingerprint of an undisturbed run.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stageCache } from "../../../src/pipeline/stage-cache.ts";
import { openRegistry } from "../../../src/registry/registry.ts";
import { folderStore } from "../../../src/stores/folder.ts";
import { filesIn, type Home, stableHash } from "./home.ts";
import type { Seen, WatchMessage } from "./reader.ts";

const whole = JSON.parse(readFileSync(process.argv[2], "utf8")) as Record<string, string>;
const homes = new Map<string, Home>();
const seen: Seen = { rounds: 0, files: 0, versions: 0, wrong: [] };

const leaving = new Set<string>();

process.on("message", (message: WatchMessage) => {
  if ("watch" in message) homes.set(message.watch.folder, message.watch);
  else if ("leave" in message) leaving.add(message.leave);
  else {
    process.send?.({ seen });
    process.disconnect();
  }
});

while (process.connected) {
  for (const home of [...homes.values()]) {
    const last = leaving.has(home.folder);
    await look(home);
    if (!last) continue;
    homes.delete(home.folder);
    process.send?.({ left: home.folder });
  }
  seen.rounds++;
  await wait(8);
}

async function look(home: Home): Promise<void> {
  const check = async (what: string, action: () => unknown) => {
    try {
      if ((await action()) === false) seen.wrong.push(`${what}: not as in an undisturbed run`);
    } catch (error) {
      seen.wrong.push(`${what}: ${error}`);
    }
  };
  for (const place of ["registry", "cache"] as const) {
    for (const path of filesIn(home[place])) {
      seen.files++;
      await check(`${place}/${path}`, () => {
        const bytes = readFileSync(join(home[place], path));
        if (path.endsWith(".json")) JSON.parse(bytes.toString("utf8"));
        return stableHash(path, bytes) === whole[`${place}/${path}`];
      });
    }
  }
  for (const path of filesIn(home.runs)) {
    if (path.endsWith(".json")) await check(path, () => JSON.parse(readFileSync(join(home.runs, path), "utf8")));
    if (path.endsWith("report.html")) {
      await check(path, () => stableHash(path, readFileSync(join(home.runs, path))) === whole["report.html"]);
    }
  }
  const cache = stageCache(home.cache);
  for (const path of filesIn(home.cache).filter((name) => name.endsWith(".sha256"))) {
    await check(path, async () => (await cache.read(path.slice(0, -".sha256".length))) !== undefined);
  }
  await check("registry", async () => {
    const registry = openRegistry(folderStore(home.registry));
    for (const { model, versions, aliases, damaged } of await registry.list()) {
      for (const version of versions) {
        seen.versions++;
        if (!(await registry.verify(model, version)).passed) return false;
        await registry.readVersion(model, version);
      }
      if (damaged.length > 0 || !Object.values(aliases).every((version) => versions.includes(version))) return false;
    }
    return true;
  });
}
