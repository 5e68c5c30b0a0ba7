import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { loadPipeline } from "../../src/pipeline/load-pipeline.ts";

const broken: [name: string, text: string, where: string][] = [
  ["typo.mts", "const a: number = 1;\n\nexport default { a: rollng(a) };\n", "typo.mts:3"],
  ["syntax.mts", "const a: number = 1;\nexport default {\n  a: 1\n  b: 2\n};\n", "syntax.mts:4"],
  ["syntax.mjs", "export default {\n  a: 1\n  b: 2\n};\n", "syntax.mjs:3"],
  ["export.mts", 'import { nothing } from "node:fs";\nexport default nothing;\n', "export.mts:1"],
  ["inner.mts", 'import "./typo.mts";\n', "typo.mts:3"],
  ["build.mts", 'export default { forewarn: "pipeline", build: () =>\n  features() };\n', "build.mts:2"],
];

test("a pipeline file that cannot be imported or built says on which line", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of broken) await writeFile(join(folder, name), text);
  for (const [name, , where] of broken) {
    await assert.rejects(loadPipeline(name, { workingFolder: folder }), (error) => {
      assert.ok(error instanceof ForewarnError, String(error));
      assert.equal(error.code, "PIPELINE_FILE_BROKEN");
      assert.equal(error.details.where, where);
      return true;
    });
  }
});
