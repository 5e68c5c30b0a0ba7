import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { matrixFromArrow } from "../../../src/features/arrow/matrix-from-arrow.ts";
import { matrixToArrow } from "../../../src/features/arrow/matrix-to-arrow.ts";

const cutoffs = { machines: ["a", "b"], machine: Uint32Array.of(0, 0, 1), cutoff: Float64Array.of(1, 2, 1_500_000) };
const matrix = { rows: 3, names: ["x", "y"], columns: [Float32Array.of(1, 2, 3), Float32Array.of(Number.NaN, 0, 1)] };

test("a matrix and its Arrow table share their memory, both ways", async () => {
  const table = await matrixToArrow(cutoffs, matrix);
  assert.equal(table.getChild("x")?.data[0].values.buffer, matrix.columns[0].buffer);
  const back = matrixFromArrow(table);
  assert.deepEqual(back, { cutoffs, matrix });
  assert.equal(back.matrix.columns[0].buffer, matrix.columns[0].buffer);
});

test("a table that was written and read back gives the same matrix, its bits included", async () => {
  for (const time of ["timestamp", "cycles"] as const) {
    const bytes = tableToIPC(await matrixToArrow(cutoffs, matrix, { time }), "file");
    const back = matrixFromArrow(tableFromIPC(bytes), { time });
    assert.deepEqual(back, { cutoffs, matrix });
    assert.deepEqual(new Uint32Array(back.matrix.columns[1].slice().buffer)[0], 0x7fc00000);
  }
});

test("a matrix without rows is a table without rows", async () => {
  const none = { machines: [], machine: new Uint32Array(0), cutoff: new Float64Array(0) };
  const empty = { rows: 0, names: ["x"], columns: [new Float32Array(0)] };
  const table = tableFromIPC(tableToIPC(await matrixToArrow(none, empty)));
  assert.deepEqual(matrixFromArrow(table), { cutoffs: none, matrix: empty });
});

test("Arrow is loaded only by who makes a table", () => {
  const loaded = (code: string) =>
    execFileSync(process.execPath, [
      "--input-type=module",
      "-e",
      `import { registerHooks } from "node:module";
       let arrow = false;
       registerHooks({ resolve(name, context, next) { if (name === "apache-arrow") arrow = true; return next(name, context); } });
       const features = await import(${JSON.stringify(new URL("../../../src/features/index.ts", import.meta.url).href)});
       ${code}
       console.log(arrow);`,
    ])
      .toString()
      .trim();
  assert.equal(loaded(""), "false");
  const call =
    "matrixToArrow({ machines: [], machine: new Uint32Array(0), cutoff: new Float64Array(0) }, { rows: 0, names: [], columns: [] })";
  assert.equal(loaded(`await features.${call};`), "true");
});
