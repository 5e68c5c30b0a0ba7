/** Remarks of a pipeline file, in lines that fit. */
import type { Choice } from "./proposal.ts";

/** A remark in lines of at most 120 characters. */
export function remark(text: string): string[] {
  const lines: string[] = [];
  let line = "//";
  for (const word of oneLineOf(text).split(" ")) {
    if (line.length + word.length + 1 > 116 && line !== "//") {
      lines.push(line);
      line = text.startsWith("- ") ? "//  " : "//";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** What comes from names of files and columns must not end the remark. */
function oneLineOf(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
}

export function remarks(choices: readonly Choice[], about: string): string[] {
  const prefix = { sure: "Chosen because", likely: "Likely, because", guess: "A guess:" } as const;
  return choices
    .filter((choice) => choice.about === about)
    .flatMap(({ sure, why }) => remark(`${prefix[sure]} ${why}${why.endsWith("?") ? "" : "."}`));
}
