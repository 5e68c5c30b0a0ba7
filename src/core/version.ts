/** Which forewarn this is: the package's version, and a hash of the code that runs, so that no stored result outlives its maker. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { hashJson, sha256 } from "./json.ts";
import { compareBytes } from "./order.ts";
import { packageVersion } from "./package-version.ts";

interface CodeVersion {
  /** The version in package.json. */
  version: string;
  /** A hash over every file of the code that runs. */
  code: string;
}

export function codeVersion(): CodeVersion {
  return { version: packageVersion(), code: hashFolder(fileURLToPath(new URL("../", import.meta.url))) };
}

function hashFolder(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|ts|wasm)$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort(compareBytes);
  return hashJson(paths.map((path) => [path, sha256(readFileSync(join(folder, path)))]));
}
