/** Preloaded into a command: writes the argument list of every process it starts to the file that RECORD_CHILDREN names. */
import childProcess from "node:child_process";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const file = process.env.RECORD_CHILDREN;
const started = (args: readonly unknown[]) => file && appendFileSync(file, `${JSON.stringify(args)}\n`);
started(process.argv);
const functions = childProcess as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]) {
  const original = functions[name];
  functions[name] = (...args: unknown[]) => {
    started([name, ...args.slice(0, 2)]);
    return original(...args);
  };
}
syncBuiltinESMExports();
