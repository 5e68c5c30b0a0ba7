/** Adds lines to the end of a blob, once, also where other writers add theirs and answers are lost. */
import type { BlockBlobClient } from "@azure/storage-blob";
import { ForewarnError } from "../core/errors.ts";
import { downloadBlob } from "./blob-download.ts";
import type { BlobContext } from "./blob-request.ts";
import { uploadBlob } from "./blob-upload.ts";

/** How often lines are put after an end that another writer has moved. */
const ROUNDS = 10;

/**
 * Puts text after the blob's end, wherever that is by then; a blob that is not there is made.
 * @throws SERVICE_BLOB_BUSY when other writers always come first, SERVICE_BLOB_*
 */
export async function appendBlob(
  context: BlobContext,
  blob: BlockBlobClient,
  where: string,
  text: string,
): Promise<void> {
  const added = new TextEncoder().encode(text);
  let perhaps: Uint8Array | undefined;
  for (let round = 1; round <= ROUNDS; round++) {
    const read = await downloadBlob(context, blob, where);
    const present = typeof read === "string" ? undefined : read;
    // A write whose answer was lost came through if what others added stands behind it.
    if (perhaps !== undefined && present !== undefined && begins(present.content, perhaps)) return;
    const content = Buffer.concat([present?.content ?? new Uint8Array(), added]);
    const unmoved = present === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: present.etag };
    const outcome = await uploadBlob(context, blob, where, content, unmoved);
    if (outcome === "written") return;
    perhaps = outcome === "unsure" ? content : undefined;
  }
  throw new ForewarnError("SERVICE_BLOB_BUSY", {
    problem: "lines cannot be added to a blob",
    found: `another writer, each of ${ROUNDS} times`,
    where,
    hint: "let one process alone write there",
  });
}

function begins(content: Uint8Array, beginning: Uint8Array): boolean {
  return Buffer.compare(content.subarray(0, beginning.length), beginning) === 0;
}
