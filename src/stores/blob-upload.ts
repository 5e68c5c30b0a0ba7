/** Writing a blob in one step: it appears whole or not at all, and a try whose answer was lost is not taken for somebody else's. */
import { createHash, randomBytes } from "node:crypto";
import type { BlobRequestConditions, BlockBlobClient } from "@azure/storage-blob";
import { type BlobFault, blobFault } from "./blob-fault.ts";
import { type BlobContext, blobRequest } from "./blob-request.ts";
import { inParallel } from "./in-parallel.ts";
import type { Try } from "./retry.ts";

/** Content up to this many bytes goes up in one request; more goes up in blocks, which become the blob when their list is committed. */
const ONE_REQUEST = 8 * 1024 * 1024;
const BLOCK = 4 * 1024 * 1024;
const BLOCKS_AT_ONCE = 4;
const ROUNDS = 3;

/** The metadata that tells which write made a blob. */
const WRITE = "forewarn_write";

/** Which content a write may take the place of: that of one ETag, or none at all. Default: any. */
export type UploadConditions = Pick<BlobRequestConditions, "ifMatch"> | { ifNoneMatch: "*" };

/**
 * What became of a write with a condition. Of "unmet" and "unsure" the condition does not hold at the end, and the blob is not marked as
 * ours: "unmet" wrote nothing; of "unsure" an earlier try failed, so that it may have been written all the same, and written over.
 */
export type UploadOutcome = "written" | "unmet" | "unsure";

/**
 * Ends once the blob has the content; a write without a condition is "written" or throws.
 * @throws SERVICE_BLOB_*
 */
export async function uploadBlob(
  context: BlobContext,
  blob: BlockBlobClient,
  where: string,
  content: Uint8Array,
  conditions: UploadConditions = {},
): Promise<UploadOutcome> {
  const task = { problem: "a blob cannot be written", where, right: "write" } as const;
  const write = randomBytes(16).toString("hex");
  const md5 = createHash("md5").update(content).digest();
  const options = {
    conditions,
    metadata: { [WRITE]: write },
    blobHTTPHeaders: { blobContentMD5: md5, blobContentType: contentType(where) },
  };
  const blocks = content.length <= ONE_REQUEST ? [] : blockIds(content.length);
  const stage = async () => {
    await inParallel(blocks, BLOCKS_AT_ONCE, (id, i) => {
      const block = content.subarray(i * BLOCK, (i + 1) * BLOCK);
      const transactionalContentMD5 = createHash("md5").update(block).digest();
      return blobRequest(context, task, ({ signal, moved }) =>
        blob.stageBlock(id, block, block.length, { transactionalContentMD5, abortSignal: signal, onProgress: moved }),
      );
    });
  };
  const commit = ({ signal, moved }: Try) =>
    blocks.length === 0
      ? blob.upload(content, content.length, {
          ...options,
          transactionalContentMD5: md5,
          abortSignal: signal,
          onProgress: moved,
        })
      : blob.commitBlockList(blocks, { ...options, abortSignal: signal });
  let commits = 0;
  for (let round = 1; ; round++) {
    await stage();
    const outcome = await blobRequest(context, task, async (attempt) => {
      try {
        commits++;
        await commit(attempt);
        return "written";
      } catch (error) {
        const fault = blobFault(error);
        const refused = isUnmet(fault, conditions);
        // Another writer's commit drops blocks that are not committed yet.
        const dropped = blocks.length > 0 && /^InvalidBlo(ckList|bOrBlock)$/.test(fault.code ?? "");
        const perhapsOurs = commits > 1 && isThere(fault);
        if (!refused && !dropped && !perhapsOurs) throw error;
        if (await isOurs(blob, write, attempt.signal)) return "written";
        if (refused) return commits > 1 ? "unsure" : "unmet";
        if (dropped && round < ROUNDS) return "dropped";
        throw error;
      }
    });
    if (outcome !== "dropped") return outcome;
  }
}

/** Whether the service says that the condition does not hold; without a condition the same answers are refusals. */
function isUnmet(fault: BlobFault, conditions: UploadConditions): boolean {
  if ("ifNoneMatch" in conditions) return fault.code === "ConditionNotMet" || isThere(fault);
  return conditions.ifMatch !== undefined && fault.code === "ConditionNotMet";
}

/** Whether an answer says that a blob is there: one that must not be written over, or that somebody holds a lease on. */
function isThere({ status, code = "" }: BlobFault): boolean {
  return /^(BlobAlreadyExists|UnauthorizedBlobOverwrite)$/.test(code) || (status === 412 && code === "LeaseIdMissing");
}

/** An earlier try of the same write may have come through though its answer was lost: the blob itself tells. */
async function isOurs(blob: BlockBlobClient, write: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { metadata } = await blob.getProperties({ abortSignal: signal });
    return metadata?.[WRITE] === write;
  } catch (error) {
    if (blobFault(error).status === 404) return false;
    throw error;
  }
}

/** Of one length, and no other write's: blobs take no others together. */
function blockIds(bytes: number): string[] {
  const write = randomBytes(12);
  return Array.from({ length: Math.ceil(bytes / BLOCK) }, (_, i) => {
    const id = Buffer.alloc(16, write);
    id.writeUInt32BE(i, 12);
    return id.toString("base64");
  });
}

function contentType(where: string): string {
  const extension = where.slice(where.lastIndexOf(".") + 1);
  return contentTypes[extension] ?? "application/octet-stream";
}

const contentTypes: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  json: "application/json",
  jsonl: "application/x-ndjson",
  csv: "text/csv; charset=utf-8",
};
