/** Runs the built command as a user does. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** `node <nodeOptions> bin/forewarn.js <args>` in the project's folder. */
export function forewarn(args: readonly string[], nodeOptions: readonly string[] = []): Promise<Ended> {
  return new Promise((resolve) => {
    const command = [...nodeOptions, "bin/forewarn.js", ...args];
    execFile(process.execPath, command, { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
