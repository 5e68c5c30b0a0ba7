/** The places a run writes to, below a folder of their own, and what of their bytes has to be the same after every run. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { sha256 } from "../../../src/core/json.ts";

export interface Home {
  folder: string;
  registry: string;
  runs: string;
  cache: string;
}

export function homeIn(folder: string): Home {
  return {
    folder,
    registry: join(folder, "registry"),
    runs: join(folder, "runs"),
    cache: join(folder, "cache"),
  };
}

/** The arguments of `forewarn run` that name the places. */
export function placeArguments(home: Home): string[] {
  return (["registry", "runs", "cache"] as const).flatMap((place) => [`--${place}`, home[place]]);
}

/** All files below a folder, relative, with "/" between parts, sorted; without those that killed processes left half-written. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !leftBehind(path))
    .sort();
}

/** The half-written files below a folder. */
export function leftoversIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(leftBehind).sort();
}

function leftBehind(path: string): boolean {
  return path.split(/[/\\]/).at(-1)?.startsWith(".tmp-") ?? false;
}

/**
 * The hash of every file of registry and cache by its path, and of the report of a run. Of a claim and of an alias's entry only what does
 * not say who did it when.
 */
export function fingerprint(home: Home, run: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const place of ["registry", "cache"] as const) {
    for (const path of filesIn(home[place]))
      found[`${place}/${path}`] = stableHash(path, readFileSync(join(home[place], path)));
  }
  found["report.html"] = sha256(readFileSync(join(home.runs, run, "report.html")));
  return found;
}

/** @throws SyntaxError where a claim or an entry is not whole */
export function stableHash(path: string, bytes: Uint8Array): string {
  if (!path.endsWith("/claim") && !path.includes("/aliases/")) return sha256(bytes);
  const { when: _, who: __, why: ___, run: ____, ...stable } = JSON.parse(new TextDecoder().decode(bytes));
  return JSON.stringify(stable);
}
