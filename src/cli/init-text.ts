/** What `forewarn init` wrote, and what to do next. */
import { join, relative } from "node:path";
import type { Project } from "./init-project.ts";

export function initText({ folder, pipeline, files, problems, installFrom }: Project, workingFolder: string): string {
  const place = relative(workingFolder, folder) || ".";
  const next = [
    ...(place === "." ? [] : [`cd ${quotedPath(place)}`]),
    ...(installFrom === null ? [] : [`npm install ${quotedPath(installFrom)}`]),
    `npx forewarn run ${pipeline}`,
  ];
  const lines = [
    ...files.map((file) => join(place, file)),
    "",
    ...(installFrom === null
      ? []
      : ["forewarn is not installed where this project could import it, so install it there first."]),
    ...(problems.length === 0 ? [] : ["Before the pipeline can run:", ...problems.map((problem) => `✗ ${problem}`)]),
    "Next:",
    ...next.map((command) => `  ${command}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** As a shell takes it. */
function quotedPath(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
