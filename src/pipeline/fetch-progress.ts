/** The fetching of blobs, shown like a stage. */
import type { StageWatcher } from "./stage.ts";

const FETCH = "fetch";

/** What to call with the bytes that are there and all bytes: first with none, last with all. */
export function fetchProgress(watcher: StageWatcher): (done: number, total: number) => void {
  let started = false;
  let ended = false;
  return (done, total) => {
    if (!started) watcher.started(FETCH);
    started = true;
    if (ended) return;
    watcher.progressed(FETCH, total === 0 ? 1 : done / total);
    ended = done >= total;
    if (ended) watcher.ended(FETCH, "done");
  };
}
