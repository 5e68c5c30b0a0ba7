import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(new URL("check-small-model.ts", import.meta.url));

test("checking parity tells nobody: onnxruntime leaves nothing in the home and temporary folders", async () => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-telemetry-"));
  try {
    // Without the switch its files are there within a second.
    const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...inherited } = process.env;
    const env = { ...inherited, HOME: folder, TMPDIR: folder };
    const { stdout } = await promisify(execFile)(process.execPath, [script, "1500"], { env });
    assert.equal(stdout, "agreed");
    assert.deepEqual(await readdir(folder, { recursive: true }), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});
