/** A child process that publishes versions of one model and prints each number; "stop" makes it end after the claim and one file. */
import { openRegistry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";
import type { Store } from "../../src/stores/store.ts";

const [folder, who, mode, count] = process.argv.slice(2);
const store = folderStore(folder);
let created = 0;
const stopping: Store = {
  ...store,
  async createIfAbsent(path, content) {
    if (mode === "stop" && created++ === 2) process.kill(process.pid, "SIGKILL");
    return await store.createIfAbsent(path, content);
  },
};
const registry = openRegistry(stopping);
for (let i = 0; i < Number(count); i++) {
  const text = mode === "same" ? `content ${i}` : `content of ${who}, ${i}`;
  const files = new Map(["model.onnx", "model.json", "report.html"].map((name) => [name, bytes(`${name}: ${text}`)]));
  const { version } = await registry.publish({ model: "pump", files, manifest: { text }, now: new Date(0), who });
  console.log(version);
}
process.disconnect?.();

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
