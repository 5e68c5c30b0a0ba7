/** Removes fetched blobs that nobody has used for long. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sweepTemporaries } from "../stores/temporary.ts";
import { NOTE } from "./fetch-blob.ts";

const DAY_MILLIS = 86_400_000;
/** Content that a newer one has replaced. */
const REPLACED_DAYS = 1;
const UNUSED_DAYS = 30;

/**
 * Of each blob the content that was used last stays for 30 days, older content for one. What cannot be read or removed stays: it harms nobody.
 * @param folder the folder that `fetchBlob` fills
 * @param now in ms
 */
export async function sweepBlobs(folder: string, now: number): Promise<void> {
  for (const own of await namesIn(folder)) {
    const path = join(folder, own);
    await sweepTemporaries(path, now);
    const notes: { note: string; used: number }[] = [];
    for (const name of await namesIn(path)) {
      const used = name.endsWith(NOTE) ? (await stat(join(path, name)).catch(() => undefined))?.mtimeMs : undefined;
      if (used !== undefined) notes.push({ note: name, used });
    }
    const latest = Math.max(...notes.map(({ used }) => used));
    for (const { note, used } of notes) {
      const days = used === latest ? UNUSED_DAYS : REPLACED_DAYS;
      if (now - used <= days * DAY_MILLIS) continue;
      // The note first: without it the file is none.
      for (const name of [note, note.slice(0, -NOTE.length)])
        await rm(join(path, name), { force: true }).catch(() => undefined);
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}
