/** A registry in a folder of its own, removed after the test, with short ways to publish. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Published } from "../../src/registry/publish.ts";
import { openRegistry, type Registry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";

export const now = new Date("2026-01-02T03:04:05Z");

export interface TestRegistry {
  registry: Registry;
  folder: string;
  /** Publishes a version of "pump" whose content is the text. */
  publish(text: string): Promise<Published>;
}

export async function inRegistry(action: (made: TestRegistry) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-registry-"));
  const registry = openRegistry(folderStore(folder));
  try {
    await action({
      registry,
      folder,
      publish: (text) =>
        registry.publish({
          model: "pump",
          files: filesOf(text),
          manifest: { text },
          now,
          who: "anna",
          run: "run-1",
        }),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function filesOf(text: string): Map<string, Uint8Array> {
  return new Map(["model.onnx", "featurizer.json"].map((name) => [name, bytesOf(`${name}: ${text}`)]));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
