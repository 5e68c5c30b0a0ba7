/** The package as `npm pack` makes it, laid out in a project of its own as `npm install` would. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Manifest {
  version: string;
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
}

export interface PackedProject {
  /** The project's folder; its package.json says nothing yet. */
  folder: string;
  /** The package's file as it would be published. */
  tarball: string;
  /** The paths of the files in it, sorted. */
  files: string[];
  /** Its package.json. */
  manifest: Manifest;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Packs what is built and unpacks it beside the packages it declares, and no others: what it imports without saying so is not found.
 * Nothing is downloaded.
 */
export async function packedProject(): Promise<PackedProject> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-package-"));
  const installed = join(folder, "node_modules", "forewarn");
  const packed = await npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  const tarball = join(folder, filename);
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", installed, "--strip-components", "1"]);
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as Manifest;
  // A project that checks types has these; the package itself does not ask for them.
  for (const name of [...Object.keys(manifest.dependencies), "@types/node"]) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, "node_modules", name), link);
  }
  return {
    folder,
    tarball,
    files: files.map(({ path }) => path).sort(),
    manifest,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What `npm <args>` prints, run in that folder as a user's shell would. */
export async function npm(args: readonly string[], folder: string): Promise<string> {
  // Under `npm test` these would tell the inner npm that it works for the outer one's project.
  const outer = /^npm_(config_local_prefix|package|lifecycle|command)/;
  const inherited = Object.entries(process.env).filter(([name]) => !outer.test(name));
  const { stdout } = await run("npm", args, { cwd: folder, env: Object.fromEntries(inherited), maxBuffer: 1 << 26 });
  return stdout;
}

/** Writes the project's package.json and its sources. */
export async function writeProject(folder: string, type: "module" | "commonjs", files: Record<string, string>) {
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "my-fleet", version: "1.0.0", type }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
