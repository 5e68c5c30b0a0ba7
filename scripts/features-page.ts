/** `npm run docs`: writes docs/features.md and the pictures it shows. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { featuresPage } from "./features-page/page.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
for (const [path, text] of await featuresPage(root)) {
  const file = join(root, "docs", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
