/** Reads a custom feature's module and all it imports from disk. */
import { readFileSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ForewarnError } from "../../core/errors.ts";
import { compareBytes } from "../../core/order.ts";
import { bundleOf, type CustomBundle } from "./bundle.ts";
import { importModules } from "./import-modules.ts";

const MOST_FILES = 100;
const MOST_CHARACTERS = 1_000_000;

let bundled = 0;

/**
 * The module with what it imports by relative paths, found by importing it.
 * @param path absolute
 * @param where the feature, for messages
 * @throws PIPELINE_CUSTOM_MODULE when a file cannot be read or run or has no such function, PIPELINE_CUSTOM_IMPORT,
 * PIPELINE_CUSTOM_SIZE
 */
export function bundleModule(path: string, exported: string, where: string): CustomBundle {
  // Under addresses of its own: a module that the pipeline itself imports is loaded already, and its text would not be asked for.
  const folder = new URL(`./stored/bundled-${++bundled}`, import.meta.url).href;
  const texts = new Map<string, string>();
  const pathOf = (url: string) => fileURLToPath(`file://${url.slice(folder.length)}`);
  let value: unknown;
  try {
    value = importModules({
      url: `${folder}${pathToFileURL(path).pathname}`,
      owns: (url) => url.startsWith(`${folder}/`),
      text(url) {
        const text = readFileSync(pathOf(url), "utf8");
        texts.set(pathOf(url), text);
        return text;
      },
    })[exported];
  } catch (cause) {
    if (cause instanceof ForewarnError)
      throw new ForewarnError(cause.code, { ...cause.details, where: `${where}, ${cause.details.where}`, cause });
    throw broken(cause, where);
  }
  checkFunction(value, exported, where);
  checkSize(texts, where);
  const home = commonFolder([...texts.keys()]);
  const key = (file: string) => relative(home, file).split(sep).join("/");
  const files = [...texts].map(([file, text]) => [key(file), text] as const).sort(([a], [b]) => compareBytes(a, b));
  return bundleOf(key(path), Object.fromEntries(files));
}

/** @throws PIPELINE_CUSTOM_MODULE */
export function checkFunction(value: unknown, exported: string, where: string): void {
  if (typeof value === "function") return;
  throw new ForewarnError("PIPELINE_CUSTOM_MODULE", {
    problem: "the module of a custom feature exports no such function",
    expected: `a function named \`${exported}\``,
    found: value === undefined ? "no export of this name" : typeof value,
    where,
  });
}

function checkSize(texts: ReadonlyMap<string, string>, where: string): void {
  const characters = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
  if (texts.size <= MOST_FILES && characters <= MOST_CHARACTERS) return;
  throw new ForewarnError("PIPELINE_CUSTOM_SIZE", {
    problem: "the module of a custom feature is too large to travel with a model",
    expected: `at most ${MOST_FILES} files and ${MOST_CHARACTERS} characters`,
    found: `${texts.size} files, ${characters} characters`,
    where,
  });
}

function broken(cause: unknown, where: string): ForewarnError {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return new ForewarnError("PIPELINE_CUSTOM_MODULE", {
    problem: "the module of a custom feature cannot be imported",
    found: cause instanceof Error ? cause.message : String(cause),
    where,
    hint:
      code === "ERR_REQUIRE_ASYNC_MODULE"
        ? "it may not wait at its top level"
        : "its path is relative to the pipeline file, and it may use TypeScript as far as types can be stripped from it",
    cause,
  });
}

function commonFolder(files: readonly string[]): string {
  const parts = files.map((file) => dirname(file).split(sep));
  const [first] = parts;
  const shared = first.findIndex((part, i) => parts.some((other) => other[i] !== part));
  return (shared === -1 ? first : first.slice(0, shared)).join(sep) || sep;
}
