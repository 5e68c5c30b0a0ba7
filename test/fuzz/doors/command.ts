/** The door for lists of arguments: the command ends with an exit code that says what was wrong, in lines that can be shown. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../../src/cli/main.ts";
import { type Door, WrongResult } from "../door.ts";
import { nastyTexts, pick } from "../mutate.ts";

const words = [
  ...["run", "plan", "score", "registry", "list", "show", "verify", "promote", "rollback", "help", "rn"],
  ...[
    "--help",
    "--version",
    "--debug",
    "--json",
    "--data",
    "--registry",
    "--runs",
    "--cache",
    "--set",
    "--env",
    "--threads",
    "--model",
  ],
  ...[
    "--at",
    "--out",
    "--seed",
    "--days",
    "-h",
    "--",
    "-",
    "--no-json",
    "--keep-matrix",
    "--why",
    "--unknown",
    "--data=.",
    "--threads=2",
  ],
  ...[
    "pumps",
    "pumps@1",
    "pumps@production",
    "nowhere.mts",
    "broken.mts",
    "empty",
    ".",
    "production",
    "latest",
    "0",
    "-1",
    "3",
    "x=1",
    "=",
    "1e9",
  ],
];

/** What reads a device without end would be no bad argument. */
const strangeWords = nastyTexts.filter((text) => !text.startsWith("/dev"));

export const commandDoor: Door = {
  name: "arguments",
  share: 20,
  async open(folder) {
    const home = join(folder, "command");
    await mkdir(join(home, "empty"), { recursive: true });
    await writeFile(join(home, "broken.mts"), "export default {");
    await cp(
      fileURLToPath(new URL("../../bad-inputs/_good/telemetry.csv", import.meta.url)),
      join(home, "telemetry.csv"),
    );
    return {
      make(random) {
        const args = Array.from({ length: random.integer(7) }, () =>
          pick(random, random.integer(5) === 0 ? strangeWords : words),
        );
        return {
          content: JSON.stringify(args),
          async send() {
            const { exit, stderr } = await run(args, home);
            if (exit === 1) throw new Error(`exit code 1: ${stderr.slice(0, 2_000)}`);
            if (![0, 2, 3, 4, 5].includes(exit)) throw new WrongResult(`exit code ${exit}`);
            const hidden = stderr.replace(/\n/g, "");
            if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(hidden))
              throw new WrongResult(`control characters on stderr: ${JSON.stringify(stderr)}`);
            return `exit ${exit}`;
          },
        };
      },
    };
  },
};

/** Runs the command in this process, in a folder of its own, and takes what it writes. */
async function run(args: readonly string[], home: string): Promise<{ exit: number; stderr: string }> {
  const taken = { out: "", err: "" };
  const { stdout, stderr } = process;
  const writes = [stdout.write, stderr.write] as const;
  const errors = console.error;
  const before = process.cwd();
  const take = (stream: keyof typeof taken) => (text: string | Uint8Array) => {
    taken[stream] += String(text);
    return true;
  };
  process.chdir(home);
  process.exitCode = 0;
  stdout.write = take("out") as typeof stdout.write;
  stderr.write = take("err") as typeof stderr.write;
  console.error = (...parts: unknown[]) => {
    taken.err += `${parts.join(" ")}\n`;
  };
  try {
    await main(args);
    return { exit: Number(process.exitCode ?? 0), stderr: taken.err };
  } finally {
    [stdout.write, stderr.write] = writes;
    console.error = errors;
    process.exitCode = 0;
    process.chdir(before);
  }
}
