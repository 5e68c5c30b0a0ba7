/** Which modules a process loads. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, runNode } from "./ended.ts";

export interface LoadedModules extends Ended {
  /** Packages by name, sorted, forewarn left out. */
  packages: string[];
  /** The package's own files, relative to its folder, sorted. */
  own: string[];
}

const recorder = fileURLToPath(new URL("record-modules.js", import.meta.url));

/** Runs Node with these arguments in a project that holds forewarn. */
export async function loadedModules(args: readonly string[], folder: string): Promise<LoadedModules> {
  const record = join(folder, "modules.txt");
  const ended = await runNode(["--import", recorder, ...args], folder, { RECORD_MODULES: record });
  const urls = (await readFile(record, "utf8")).split("\n").filter((url) => url.startsWith("file:"));
  await rm(record);
  const inPackages = urls.flatMap((url) => {
    const [, name, path] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(fileURLToPath(url)) ?? [];
    return name === undefined ? [] : [{ name, path }];
  });
  const own = inPackages.filter(({ name }) => name === "forewarn").map(({ path }) => path);
  const packages = inPackages.map(({ name }) => name).filter((name) => name !== "forewarn");
  return { ...ended, packages: [...new Set(packages)].sort(), own: [...new Set(own)].sort() };
}
