#!/usr/bin/env node
// The command. CommonJS in the syntax of 2018, which every Node can read, so that an old one gets a sentence instead of a stack.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`forewarn needs Node 22.18 or later and this is Node ${process.versions.node}: install a newer Node.`);
  process.exit(2);
}
if (!require("node:fs").existsSync(require("node:path").join(__dirname, "../dist/cli/main.js"))) {
  console.error(
    "forewarn is not built: in its repository run `npm ci` and `npm run build`, elsewhere install it again.",
  );
  process.exit(1);
}
import("../dist/cli/main.js").then(({ main }) => main(process.argv.slice(2)));
