/** The progress of a run on stderr: one bar a stage on a terminal, one line a finished stage elsewhere. */
import type { StageWatcher } from "../pipeline/stage.ts";

const WIDTH = 24;
const LABEL = 22;

export interface ProgressOutput {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Draws to the output; time comes from `now` (milliseconds). With `quiet`, nothing is written. */
export function progressBar(output: ProgressOutput, now: () => number, quiet: boolean): StageWatcher {
  let startedAt = now();
  let drawnAt = 0;
  const seconds = () => `${((now() - startedAt) / 1000).toFixed(1)} s`;
  const line = (stage: string, share: number, note: string) => {
    const full = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
    return `${stage.padEnd(LABEL)} ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${note}`;
  };
  const draw = (stage: string, share: number, note: string, end: boolean) => {
    if (quiet) return;
    if (output.isTTY) output.write(`\r\u001b[2K${line(stage, share, note)}${end ? "\n" : ""}`);
    else if (end) output.write(`${stage}: ${note}\n`);
  };
  return {
    started(stage) {
      startedAt = now();
      drawnAt = 0;
      draw(stage, 0, "", false);
    },
    progressed(stage, share) {
      if (now() - drawnAt < 80) return;
      drawnAt = now();
      draw(stage, share, `${Math.round(share * 100)} %`, false);
    },
    ended(stage, status) {
      draw(stage, 1, status === "reused" ? "unchanged, kept from an earlier run" : seconds(), true);
    },
  };
}
