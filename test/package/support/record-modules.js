// Preloaded with --import: writes the URL of every module that a process and its workers load.
import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(process.env.RECORD_MODULES, `${url}\n`);
    return nextLoad(url, context);
  },
});
