/**
 * Loaded before the command (`--import`): the process kills itself at the n-th step it takes on files below a folder, and of a write
 * only half is done then. DIE_BELOW names the folder, DIE_AT the step (from 1); without DIE_AT the number of steps is printed at the end.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve, sep } from "node:path";
import { isMainThread } from "node:worker_threads";

const below = resolve(process.env["DIE_BELOW"] ?? "");
const at = Number(process.env["DIE_AT"] ?? 0);
let steps = 0;

/** True at the step to die at. */
function isLast(path: unknown): boolean {
  if (typeof path !== "string" || !resolve(path).startsWith(below + sep)) return false;
  steps++;
  return steps === at;
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
  // The signal comes when it comes; nothing may happen until then.
  for (;;);
}

type Call = (...args: unknown[]) => Promise<unknown>;
const promises = fs.promises as unknown as Record<string, Call>;
for (const name of ["mkdir", "link", "rename", "rm", "appendFile"]) {
  const call = promises[name];
  promises[name] = async (...args) => {
    if (isLast(args[0])) die();
    const result = await call(...args);
    if (isLast(args[0])) die();
    return result;
  };
}
const open = promises["open"];
promises["open"] = async (...args) => {
  const handle = (await open(...args)) as Record<string, Call>;
  if (args[1] !== "wx") return handle;
  if (isLast(args[0])) die();
  const [write, sync] = [handle["writeFile"].bind(handle), handle["sync"].bind(handle)];
  handle["writeFile"] = async (content) => {
    if (!isLast(args[0])) return await write(content);
    const bytes = Buffer.from(content as Uint8Array);
    await write(bytes.subarray(0, bytes.length >> 1));
    return die();
  };
  handle["sync"] = async () => {
    if (isLast(args[0])) die();
    await sync();
  };
  return handle;
};
syncBuiltinESMExports();
if (at === 0 && isMainThread) process.on("exit", () => process.stderr.write(`steps: ${steps}\n`));
