/** Keeps what became of each stage: in the result, in the run's log, and for whoever watches. */
import type { RunFolder } from "./run-folder.ts";
import type { StageResult } from "./run-result.ts";
import type { StageWatcher } from "./stage.ts";

/** A watcher that adds each finished stage to `stages`; `now` is the run's clock. */
export function recordStages(
  folder: RunFolder,
  stages: StageResult[],
  now: () => Date,
  watcher: StageWatcher | undefined,
): StageWatcher {
  let startedAt = now().getTime();
  return {
    started(stage) {
      startedAt = now().getTime();
      folder.log({ event: "stage started", stage });
      watcher?.started(stage);
    },
    progressed: (stage, share) => watcher?.progressed(stage, share),
    ended(stage, status) {
      const seconds = status === "reused" ? 0 : (now().getTime() - startedAt) / 1000;
      stages.push({ name: stage, status, seconds });
      folder.log({ event: "stage ended", stage, status, seconds });
      watcher?.ended(stage, status);
    },
  };
}
