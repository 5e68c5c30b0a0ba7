/** Makes a new project folder, whole or not at all. */
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { inferArchive } from "../inspect/infer-archive.ts";
import { PIPELINE_FILE, projectFiles } from "../inspect/project-files.ts";
import { simulateFleet } from "../simulate/simulate-fleet.ts";
import { writeFleet } from "../simulate/write-fleet.ts";
import { storeError } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";
import { placeFrom } from "./place-from.ts";

export interface InitOptions {
  /** The folder to make. */
  folder: string;
  /** A folder of files to infer the pipeline from. Default: a simulated fleet. */
  data?: string;
  /** The seed of the simulated fleet. */
  seed: number;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface Project {
  /** Absolute. */
  folder: string;
  pipeline: string;
  /** What was written, relative to the folder. */
  files: readonly string[];
  /** What keeps the pipeline from running, one sentence each. */
  problems: readonly string[];
  /** Where this forewarn lies, if the project cannot import it from where it is; else null. */
  installFrom: string | null;
}

const MACHINES = 16;
const DAYS = 120;

/** @throws USAGE_FOLDER_NOT_EMPTY, SERVICE_STORE and, with `data`, what `inferArchive` throws */
export async function initProject({ folder, data, seed, now }: InitOptions): Promise<Project> {
  const target = resolve(folder);
  await refuseFiles(target, folder);
  await mkdir(dirname(target), { recursive: true }).catch(asStoreError(target));
  // Beside the target, so that it can be renamed into place.
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  try {
    await mkdir(draft).catch(asStoreError(draft));
    const files = new Map<string, string>();
    let problems: readonly string[] = [];
    if (data === undefined) {
      const fleet = simulateFleet({ seed, machines: MACHINES, days: DAYS });
      await writeFleet(join(draft, "data"), fleet);
    }
    const source = data ?? join(draft, "data");
    const proposal = await inferArchive({ folder: source, now, name: basename(target) });
    problems = proposal.problems;
    const place = data === undefined ? "data" : placeFrom(target, data);
    const origin = data === undefined ? "simulated" : "given";
    for (const [path, text] of projectFiles(proposal, { data: place, origin })) {
      files.set(path, text);
      await writeFile(join(draft, path), text).catch(asStoreError(draft));
    }
    await putInPlace(draft, target, folder);
    const written = [...files.keys(), ...(data === undefined ? ["data/"] : [])].sort(compareBytes);
    return { folder: target, pipeline: PIPELINE_FILE, files: written, problems, installFrom: missingPackage(target) };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function asStoreError(place: string) {
  return (error: unknown): never => {
    throw storeError(error, place);
  };
}

async function refuseFiles(target: string, folder: string): Promise<void> {
  const present = await readdir(target).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return [];
    if (systemCode(error) === "ENOTDIR") return ["a file of that name"];
    throw storeError(error, target);
  });
  if (present.length > 0) throw notEmpty(folder, present);
}

function notEmpty(folder: string, present: readonly string[]): ForewarnError {
  return new ForewarnError("USAGE_FOLDER_NOT_EMPTY", {
    problem: "the folder of a new project holds files already",
    expected: "a new or an empty folder: init never overwrites",
    found: `${[...present].sort(compareBytes).slice(0, 3).join(", ")}${present.length > 3 ? ", …" : ""}`,
    where: folder,
    hint: "name another folder; for a pipeline alone: forewarn data infer <folder> --out fleet.mts",
  });
}

async function putInPlace(draft: string, target: string, folder: string): Promise<void> {
  try {
    await rmdir(target).catch((error: unknown) => {
      if (systemCode(error) !== "ENOENT") throw error;
    });
    await rename(draft, target);
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST"].includes(systemCode(error) ?? "")) throw notEmpty(folder, await readdir(target));
    throw storeError(error, target);
  }
}

/** The folder of this package where a pipeline in the project could not import it; null where it could. */
function missingPackage(target: string): string | null {
  try {
    createRequire(join(target, PIPELINE_FILE)).resolve("forewarn");
    return null;
  } catch {
    return fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
  }
}
