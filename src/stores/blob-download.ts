/** The content of a blob, or a range of it: a broken answer is gone on with where it broke, and what arrives is checked. */
import { createHash } from "node:crypto";
import type { BlobClient } from "@azure/storage-blob";
import { BrokenBody, blobFault, DamagedBody } from "./blob-fault.ts";
import { hexadecimal, quotedEtag } from "./blob-list.ts";
import { type BlobContext, blobRequest } from "./blob-request.ts";
import type { Try } from "./retry.ts";
import { CHECKED_RANGE } from "./store.ts";

export interface BlobRange {
  /** The first byte. Default: 0. */
  offset?: number;
  /** How many bytes. Default: all to the end. */
  bytes?: number;
  /** The content that is wanted. Default: the present one, from the first byte to the last. */
  etag?: string;
}

export interface Downloaded {
  content: Uint8Array;
  etag: string;
}

/**
 * The bytes; "absent" where there is no such blob, "changed" where it has another ETag than the one wanted, or ends before the range.
 * @throws SERVICE_BLOB_*; the signal's reason once it is aborted
 */
export async function downloadBlob(
  context: BlobContext,
  blob: BlobClient,
  where: string,
  range: BlobRange = {},
  signal?: AbortSignal,
): Promise<Downloaded | "absent" | "changed"> {
  const task = { problem: "a blob cannot be read", where, right: "read" } as const;
  let part = nothingYet(range);
  return await blobRequest(
    context,
    task,
    async (attempt) => {
      try {
        await goOn(blob, range, part, attempt);
      } catch (error) {
        const { status, code } = blobFault(error);
        if (status === 404 && !/^Container/.test(code ?? "")) return "absent";
        const changed = status === 412 || status === 416 || error instanceof RangeNotThere;
        if (changed && range.etag !== undefined) return "changed";
        // The blob was replaced after the first bytes had come: begin anew with the content that it has now.
        if (changed) part = nothingYet(range);
        throw changed ? new BrokenBody() : error;
      }
      const content = Buffer.concat(part.pieces, part.got);
      if (part.md5 !== undefined && createHash("md5").update(content).digest("hex") !== part.md5) {
        part = nothingYet(range);
        throw new DamagedBody();
      }
      return { content: new Uint8Array(content.buffer, content.byteOffset, content.length), etag: part.etag ?? "" };
    },
    signal,
  );
}

interface Part {
  pieces: Uint8Array[];
  got: number;
  /** How many bytes there will be, once the first answer says so. */
  total?: number;
  etag?: string;
  /** Of all bytes, where the first answer gave it. */
  md5?: string;
}

function nothingYet({ etag }: BlobRange): Part {
  return { pieces: [], got: 0, etag };
}

/** Adds to the part what is still missing. */
async function goOn(blob: BlobClient, range: BlobRange, part: Part, { signal, moved }: Try): Promise<void> {
  if (part.got === part.total) return;
  const offset = (range.offset ?? 0) + part.got;
  const wanted = range.bytes === undefined ? undefined : range.bytes - part.got;
  const response = await blob.download(offset, wanted, {
    abortSignal: signal,
    conditions: { ifMatch: part.etag },
    rangeGetContentMD5: wanted !== undefined && wanted <= CHECKED_RANGE ? true : undefined,
    maxRetryRequests: 0,
  });
  moved();
  const { contentLength, contentMD5, readableStreamBody } = response;
  const etag = response.etag && quotedEtag(response.etag);
  if (contentLength === undefined || etag === undefined || readableStreamBody === undefined)
    throw new TypeError("an answer without a length, an ETag or a body");
  if (part.etag !== undefined && part.etag !== etag) throw new TypeError("an answer of another ETag");
  // A whole answer to a range comes from a proxy that drops the header; a shorter one from a blob that ends before the range.
  if (wanted !== undefined && contentLength !== wanted)
    throw response._response.status === 206 ? new RangeNotThere() : new TypeError("no range");
  if (part.got === 0) Object.assign(part, { total: contentLength, etag, md5: hexadecimal(contentMD5) });
  else if (part.got + contentLength !== part.total) throw new TypeError("an answer of another length");
  for await (const piece of readableStreamBody as AsyncIterable<Uint8Array>) {
    moved();
    part.pieces.push(piece);
    part.got += piece.length;
  }
  if (part.got > (part.total as number)) throw new TypeError("more bytes than announced");
  if (part.got < (part.total as number)) throw new BrokenBody();
}

/** The blob ends before the range does. */
class RangeNotThere extends Error {
  override readonly name = "RangeNotThere";
}
