/** A child process that tries to create forty files and prints the paths of those it created. */
import { folderStore } from "../../src/stores/folder.ts";

const [folder, who] = process.argv.slice(2);
const store = folderStore(folder);
for (let i = 0; i < 40; i++) {
  if (await store.createIfAbsent(`files/${i}`, new TextEncoder().encode(who.repeat(1000)))) console.log(`files/${i}`);
}
process.disconnect?.();
