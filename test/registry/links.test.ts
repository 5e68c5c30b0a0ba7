import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { inRegistry, now } from "./in-registry.ts";

const move = { model: "pump", alias: "production", now, who: "anna", why: "better" };
const unix = { skip: process.platform === "win32" && "needs pipes and links" };

test("links that lead out of a registry, and pipes, are no part of it and are never opened", unix, () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    const outside = join(folder, "..", `outside-${process.pid}`);
    await cp(join(folder, "pump", "1"), outside, { recursive: true });
    try {
      const replace = async (path: string, make: (path: string) => Promise<unknown> | unknown) => {
        await rm(join(folder, path), { recursive: true });
        await make(join(folder, path));
      };
      const restore = (name: string) => cp(join(outside, name), join(folder, "pump", "1", name), { force: true });
      const kinds = {
        link: (name: string) => (path: string) => symlink(join(outside, name), path),
        pipe: () => (path: string) => execFileSync("mkfifo", [path]),
      };
      for (const [kind, made] of Object.entries(kinds)) {
        for (const name of ["model.onnx", "SHA256SUMS"]) {
          await replace(`pump/1/${name}`, made(name));
          await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_SUM_MISMATCH" }, `${kind} ${name}`);
          await assert.rejects(publish("one"), { code: "REGISTRY_SUM_MISMATCH" }, `${kind} ${name}`);
          assert.deepEqual((await registry.list())[0].damaged, ["pump@1"], `${kind} ${name}`);
          await rm(join(folder, "pump", "1", name));
          await restore(name);
        }
        await replace("pump/1/claim", made("claim"));
        assert.equal((await registry.verify("pump", 1)).passed, false, kind);
        assert.equal((await publish("one")).created, false);
        await rm(join(folder, "pump", "1", "claim"));
        await restore("claim");
        await replace("pump/1/manifest.json", made("manifest.json"));
        await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_MODEL_UNKNOWN" }, kind);
        // The number cannot be filled: it is burnt.
        const other = await publish("one");
        assert.deepEqual([other.version, other.created], [2, true], kind);
        await rm(join(folder, "pump", "2"), { recursive: true });
        await rm(join(folder, "pump", "1", "manifest.json"));
        await restore("manifest.json");
      }
      await registry.moveAlias({ ...move, to: 1 });
      await replace("pump/aliases/production/1.json", (path) => symlink(join(outside, "manifest.json"), path));
      assert.deepEqual(await registry.history("pump", "production"), []);
      await symlink(outside, join(folder, "pump", "3"));
      await symlink(join(folder, "pump"), join(folder, "twin"));
      assert.deepEqual(
        (await registry.list()).map(({ model, versions }) => [model, versions]),
        [["pump", [1]]],
      );
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  }),
);
