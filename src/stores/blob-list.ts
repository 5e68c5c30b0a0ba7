/** The blobs below a prefix, page by page. */
import type { BlobItem } from "@azure/storage-blob";
import { ForewarnError } from "../core/errors.ts";
import { type BlobContext, blobRequest } from "./blob-request.ts";

/** What a listing, or the properties of one blob, say of it. */
export interface ListedBlob {
  /** From the container on. */
  name: string;
  bytes: number;
  etag: string;
  /** The MD5 of the content in lower-case hexadecimal, where the service keeps one. */
  md5?: string;
}

/**
 * All blobs whose names begin with the prefix, in the service's order. The folders of accounts with a hierarchical namespace and of
 * upload tools, which listings show as empty blobs, are left out.
 * @param pageSize names a page. Default: the service's, 5,000.
 * @throws SERVICE_BLOB_*
 */
export async function listBlobs(
  context: BlobContext,
  prefix: string,
  where: string,
  pageSize?: number,
): Promise<ListedBlob[]> {
  const found: ListedBlob[] = [];
  const seen = new Set<string>();
  const task = { problem: "blobs cannot be listed", where, right: "list" } as const;
  for (let token: string | undefined; ; ) {
    const page = await blobRequest(context, task, async ({ signal }) => {
      const pages = context.access.container
        .listBlobsFlat({ prefix: prefix === "" ? undefined : prefix, includeMetadata: true, abortSignal: signal })
        .byPage({ continuationToken: token, maxPageSize: pageSize });
      const { value } = await pages.next();
      return {
        blobs: (value.segment.blobItems as BlobItem[]).flatMap(listed),
        next: value.continuationToken as unknown,
      };
    });
    found.push(...page.blobs.filter(({ name }) => name.startsWith(prefix)));
    if (typeof page.next !== "string" || page.next === "") return found;
    token = page.next;
    if (seen.has(token)) throw endless(where);
    seen.add(token);
  }
}

/** Nothing for a folder. @throws TypeError for what is no blob, as an answer that cannot be read */
function listed({ name, metadata, properties }: BlobItem): ListedBlob[] {
  const { contentLength, etag, contentMD5 } = properties;
  if (typeof name !== "string" || name === "" || !Number.isSafeInteger(contentLength) || typeof etag !== "string")
    throw new TypeError("a listing without names, sizes or ETags");
  const folder = isFolderMarker(metadata) || (properties as { resourceType?: string }).resourceType === "directory";
  if (folder || (contentLength === 0 && name.endsWith("/"))) return [];
  return [{ name, bytes: contentLength as number, etag: quotedEtag(etag), md5: hexadecimal(contentMD5) }];
}

export function isFolderMarker(metadata: Readonly<Record<string, string>> | undefined): boolean {
  return Object.entries(metadata ?? {}).some(
    ([key, value]) => key.toLowerCase() === "hdi_isfolder" && value === "true",
  );
}

/** Listings give ETags without the quotes that headers have. */
export function quotedEtag(etag: string): string {
  return `"${etag.replace(/^"|"$/g, "")}"`;
}

export function hexadecimal(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined || bytes.length === 0 ? undefined : Buffer.from(bytes).toString("hex");
}

function endless(where: string): ForewarnError {
  return new ForewarnError("SERVICE_BLOB_ANSWER", {
    problem: "blobs cannot be listed",
    found: "a listing that comes back to a page it was at",
    where,
    hint: "something other than blob storage answers there, or it is in trouble: look at the endpoint",
  });
}
