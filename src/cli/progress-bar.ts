/** The progress of a run on stderr: one bar a stage on a terminal, one line a finished stage elsewhere. */
import type { StageWatcher } from "../pipeline/stage.ts";

/** The widths on a terminal of 80 columns and more. */
const BAR = 24;
const LABEL = 22;
/** Room for a share or a time after the bar. */
const NOTE = 9;
const SHORTEST_BAR = 4;

export interface ProgressOutput {
  isTTY?: boolean;
  /** The terminal's width. Default: 80. */
  columns?: number;
  write(text: string): unknown;
}

export interface ProgressBar extends StageWatcher {
  /** Ends the line of a bar that is open, so that what is written next has a line of its own. */
  stop(): void;
}

/** Draws to the output; time comes from `now` (milliseconds). With `quiet`, nothing is written. No line is wider than the terminal. */
export function progressBar(output: ProgressOutput, now: () => number, quiet: boolean): ProgressBar {
  let startedAt = now();
  let drawnAt = 0;
  let open = false;
  const seconds = () => `${((now() - startedAt) / 1000).toFixed(1)} s`;
  const draw = (stage: string, share: number, notes: readonly string[], end: boolean) => {
    if (quiet) return;
    if (output.isTTY) output.write(`\r\u001b[2K${line(stage, share, notes, output.columns ?? 80)}${end ? "\n" : ""}`);
    else if (end) output.write(`${stage}: ${notes[0]}\n`);
    open = output.isTTY === true && !end;
  };
  return {
    started(stage) {
      startedAt = now();
      drawnAt = 0;
      draw(stage, 0, [""], false);
    },
    progressed(stage, share) {
      if (now() - drawnAt < 80) return;
      drawnAt = now();
      draw(stage, share, [`${Math.round(share * 100)} %`], false);
    },
    ended(stage, status) {
      draw(stage, 1, status === "reused" ? ["unchanged, kept from an earlier run", "unchanged"] : [seconds()], true);
    },
    stop() {
      if (open) output.write("\n");
      open = false;
    },
  };
}

/** Label, bar and the longest note that fits; the last column stays free, since some terminals wrap after it. */
function line(stage: string, share: number, notes: readonly string[], columns: number): string {
  const room = columns - 1;
  const label = Math.min(LABEL, Math.max(8, Math.floor(room / 3)));
  const bar = Math.min(BAR, room - label - NOTE - 2);
  const name = stage.length > label ? `${stage.slice(0, label - 1)}…` : stage.padEnd(label);
  const full = Math.round(Math.min(1, Math.max(0, share)) * bar);
  const start = bar < SHORTEST_BAR ? name : `${name} ${"█".repeat(full)}${"░".repeat(bar - full)}`;
  const note = notes.find((text) => start.length + 1 + text.length <= room) ?? notes[notes.length - 1];
  return `${start} ${note}`.slice(0, room);
}
