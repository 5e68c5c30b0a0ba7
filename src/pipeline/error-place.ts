/** The file and line of a pipeline at which importing or building it failed. */
import { execFile } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * "pipelines/fleet.ts:12" relative to the working folder, or undefined where nothing says so. A syntax error in JavaScript keeps its line to
 * itself, so there Node is asked to check the file.
 */
export async function errorPlace(error: unknown, path: string, workingFolder: string): Promise<string | undefined> {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const text = error instanceof SyntaxError && !head.test(stack) ? await complaint(path) : stack;
  const place = head.exec(text) ?? [...text.matchAll(frames)].find(([, file]) => isUsers(file));
  if (place === undefined) return undefined;
  const [, file, line] = place;
  const location = file.startsWith("file:") ? fileURLToPath(file) : file;
  return `${relative(workingFolder, location) || location}:${line}`;
}

/** How the text of a syntax error begins: the file and the line, alone on a line. */
const head = /^((?:file:\/\/)?\/[^\n]*|[A-Za-z]:\\[^\n]*):(\d+)\n/;
const frames = /\n {4}at (?:[^\n]*\()?(file:\/\/[^\n]*?):(\d+):\d+\)?(?=\n|$)/g;
const ours = new URL("../", import.meta.url).href;

function isUsers(file: string): boolean {
  return !file.startsWith(ours) && !file.includes("/node_modules/");
}

function complaint(path: string): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, ["--check", path], (_error, _stdout, stderr) => done(stderr));
  });
}
