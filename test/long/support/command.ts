/** The built command as a process of its own, which a test can watch line by line and kill. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const fleetPipeline = fileURLToPath(new URL("./fleet-pipeline.ts", import.meta.url));

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Command {
  kill(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

export interface CommandOptions {
  nodeOptions?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Run by this command instead of directly, such as `setpriv --reuid 65534`. */
  through?: readonly string[];
  /** Told of each whole line on stderr. */
  onLine?: (line: string) => void;
}

/** Starts `node <nodeOptions> bin/forewarn.js <args>` in the project's folder. */
export function startCommand(args: readonly string[], options: CommandOptions = {}): Command {
  const { nodeOptions = [], env = {}, through = [], onLine } = options;
  const [program, ...rest] = [...through, process.execPath, ...nodeOptions, "bin/forewarn.js", ...args];
  const child = spawn(program, rest, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const told = { stdout: "", stderr: "" };
  let line = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    told.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    told.stderr += text;
    const lines = (line + text).split("\n");
    line = lines.pop()!;
    if (onLine !== undefined) for (const whole of lines) onLine(whole);
  });
  return {
    kill: (signal) => void child.kill(signal),
    ended: new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, ...told }));
    }),
  };
}

/** Runs the command to its end. */
export function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return startCommand(args, options).ended;
}
