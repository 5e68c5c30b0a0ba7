import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const node = promisify(execFile);

interface Recipe {
  file: string;
  text: string;
}

let folder: string;
let page: string;
let recipes: Recipe[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  for (const name of ["data", "node_modules"]) await symlink(join(root, name), join(folder, name));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  page = await readFile(join(root, "docs", "library.md"), "utf8");
  recipes = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file, text]) => ({ file, text }));
});

after(() => rm(folder, { recursive: true, force: true }));

test("every block of the library page names its file, so that none is left out here", () => {
  assert.equal(recipes.length, page.match(/^```ts$/gm)?.length);
});

test("the recipes of the library page are of the right types", async () => {
  const files = recipes.map(({ file }) => join(folder, file));
  for (const [i, { text }] of recipes.entries()) await writeFile(files[i], `${text}\nexport {};\n`);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noEmit: true,
    noUnusedLocals: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
    paths: { forewarn: [join(root, "src/index.ts")], "forewarn/*": [join(root, "src/*/index.ts")] },
  });
  const problems = files.flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)));
  const messages = problems.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
  assert.deepEqual(messages, []);
});

test("the recipes of the library page run as written, one after the other, and print what they say", async () => {
  for (const { file, text } of recipes) {
    await writeFile(join(folder, file), runnable(text));
    const { stdout } = await node(process.execPath, [file], { cwd: folder, env: { ...process.env, FORCE_COLOR: "0" } });
    assert.equal(stdout.trimEnd(), promised(text), file);
  }
});

/** The program with the sources of this checkout as `forewarn`. */
function runnable(text: string): string {
  return text.replaceAll(/from "forewarn(?:\/(\w+))?"/g, (_, entry = ".") => {
    return `from "${pathToFileURL(join(root, "src", entry, "index.ts")).href}"`;
  });
}

/** What the comments on the lines after a `console.log` say it prints. */
function promised(text: string): string {
  let printing = false;
  const printed = text.split("\n").filter((line) => {
    const isComment = line.startsWith("// ");
    printing = line.startsWith("console.log(") || (printing && isComment);
    return printing && isComment;
  });
  return printed.map((line) => line.slice("// ".length)).join("\n");
}
