/** A proposal for a terminal: what was chosen, how sure that is and why; then what was left out and what stands in the way. */
import { plainText } from "../core/plain-text.ts";
import type { Proposal } from "./proposal.ts";
import { wrap } from "./wrap.ts";

const marks = { sure: "✓", likely: "~", guess: "?" } as const;

/** @param width of the terminal, in characters */
export function choicesText(
  { choices, leftOut, problems }: Pick<Proposal, "choices" | "leftOut" | "problems">,
  width: number,
): string {
  const lines = [
    "✓ sure   ~ likely   ? a guess",
    "",
    ...choices.flatMap(({ about, choice, sure, why }) =>
      wrap(plain(`${about}: ${choice}; ${why}`), width, `${marks[sure]} `),
    ),
    ...(leftOut.length === 0
      ? []
      : ["", "Left out", ...leftOut.flatMap(({ what, why }) => wrap(plain(`${what}: ${why}`), width, "· "))]),
    ...(problems.length === 0
      ? []
      : ["", "Before this can run", ...problems.flatMap((problem) => wrap(plain(problem), width, "✗ "))]),
  ];
  return `${lines.join("\n")}\n`;
}

function plain(text: string): string {
  return plainText(text, 2_000);
}
