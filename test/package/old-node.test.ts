import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { runNode } from "./support/ended.ts";
import { root } from "./support/packed-project.ts";

function withVersion(version: string) {
  const stub = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  return runNode(
    ["--import", `data:text/javascript,${encodeURIComponent(stub)}`, "bin/forewarn.js", "--version"],
    root,
  );
}

test("an old Node gets one sentence and code 2", async () => {
  for (const version of ["12.22.12", "16.20.2", "20.20.2", "22.17.1"]) {
    const { code, stdout, stderr } = await withVersion(version);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.equal(stderr, `forewarn needs Node 22.18 or later and this is Node ${version}: install a newer Node.\n`);
  }
});

test("Node 22.18 and later run the command", async () => {
  for (const version of ["22.18.0", "23.0.0", "24.21.0"]) assert.equal((await withVersion(version)).code, 0, version);
});

test("the command's own file is CommonJS without any syntax younger than 2018, so that an old Node can read it", async () => {
  const text = await readFile(join(root, "bin/forewarn.js"), "utf8");
  const compiled = (target: ts.ScriptTarget) =>
    ts.transpileModule(text, { compilerOptions: { target, module: ts.ModuleKind.ESNext } }).outputText;
  assert.equal(compiled(ts.ScriptTarget.ES2018), compiled(ts.ScriptTarget.ESNext));
  assert.doesNotMatch(text, /^(import|export) |\bawait\b/m);
  assert.deepEqual(JSON.parse(await readFile(join(root, "bin/package.json"), "utf8")), { type: "commonjs" });
});
