/** A store in a container of Azure blob storage. */
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { blobAccess, type Environment } from "./blob-access.ts";
import { blobAddress, blobPlace } from "./blob-address.ts";
import { appendBlob } from "./blob-append.ts";
import { downloadBlob } from "./blob-download.ts";
import { blobFault } from "./blob-fault.ts";
import { hexadecimal, isFolderMarker, type ListedBlob, listBlobs, quotedEtag } from "./blob-list.ts";
import { type BlobContext, blobRequest } from "./blob-request.ts";
import { uploadBlob } from "./blob-upload.ts";
import { type RetrySettings, retrySettings } from "./retry.ts";
import { checkStorePath, isStorePath, isTemporary, type Store, type StoredFile } from "./store.ts";

export interface BlobStoreOptions {
  /** Where credentials and endpoint come from. Default: the process's environment. */
  environment?: Environment;
  /** How often and how long requests are tried. Default: @see RetrySettings. */
  retry?: Partial<RetrySettings>;
  /** Names a page of a listing. Default: the service's, 5,000. */
  pageSize?: number;
}

/**
 * Opens a place in a container as a store; the container must exist. Its functions throw SERVICE_BLOB_*, after tries that are bounded.
 * @throws USAGE_STORE_PLACE, USAGE_STORE_SECRET, USAGE_BLOB_ENVIRONMENT
 */
export async function blobStore(place: string, options: BlobStoreOptions = {}): Promise<Store> {
  const address = blobAddress(place);
  const access = await blobAccess(address, options.environment ?? process.env);
  const context: BlobContext = { access, settings: retrySettings(options.retry) };
  const location = blobPlace(address);
  const root = address.path === "" ? "" : `${address.path}/`;
  const blobOf = (path: string) => access.container.getBlockBlobClient(root + path);
  const where = (path: string) => (path === "" ? location : `${location}/${path}`);
  const listBelow = async (folder: string): Promise<StoredFile[]> => {
    const prefix = root + (folder === "" ? "" : `${folder}/`);
    const blobs = await listBlobs(context, prefix, where(folder), options.pageSize);
    return blobs.map((blob) => storedFile(blob, root)).sort((a, b) => compareBytes(a.path, b.path));
  };
  const named = async (path: string): Promise<StoredFile | undefined> => {
    const task = { problem: "a blob cannot be looked at", where: where(path), right: "read" } as const;
    return await blobRequest(context, task, async ({ signal }) => {
      try {
        const { contentLength, etag, contentMD5, metadata } = await blobOf(path).getProperties({ abortSignal: signal });
        if (isFolderMarker(metadata)) return undefined;
        if (contentLength === undefined || etag === undefined) throw new TypeError("properties without size or ETag");
        return { path, bytes: contentLength, etag: quotedEtag(etag), md5: hexadecimal(contentMD5) };
      } catch (error) {
        const { status, code } = blobFault(error);
        if (status === 404 && !/^Container/.test(code ?? "")) return undefined;
        throw error;
      }
    });
  };
  return {
    location,
    async list(folder) {
      if (folder !== "") checkStorePath(folder);
      return (await listBelow(folder)).map(({ path }) => path).filter((path) => isStorePath(path));
    },
    async files(path) {
      if (path !== "") checkStorePath(path);
      const file = path === "" ? undefined : await named(path);
      return file === undefined ? (await listBelow(path)).filter((each) => !isTemporary(each.path)) : [file];
    },
    async leftovers(folder) {
      if (folder !== "") checkStorePath(folder);
      return (await listBelow(folder)).map(({ path }) => path).filter(isTemporary);
    },
    async read(path) {
      checkStorePath(path);
      const read = await downloadBlob(context, blobOf(path), where(path));
      return typeof read === "string" ? undefined : read.content;
    },
    async readRange(path, { etag, offset, bytes, signal }) {
      checkReadable(path, where(path));
      const read = await downloadBlob(context, blobOf(path), where(path), { etag, offset, bytes }, signal);
      if (typeof read !== "string") return read.content;
      throw new ForewarnError("DATA_CHANGED", {
        problem: read === "absent" ? "a blob was removed while it was read" : "a blob changed while it was read",
        where: where(path),
        hint: "run it again once nothing writes there",
      });
    },
    async createIfAbsent(path, content) {
      checkStorePath(path);
      return (await uploadBlob(context, blobOf(path), where(path), content, { ifNoneMatch: "*" })) === "written";
    },
    async replace(path, content) {
      checkStorePath(path);
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await uploadBlob(context, blobOf(path), where(path), bytes);
    },
    async append(path, text) {
      checkStorePath(path);
      await appendBlob(context, blobOf(path), where(path), text);
    },
  };
}

function storedFile({ name, bytes, etag, md5 }: ListedBlob, root: string): StoredFile {
  return { path: name.slice(root.length), bytes, etag, md5 };
}

/** Others may have put blobs there under names that this store would not give them; those that no URL can carry are refused. */
function checkReadable(path: string, where: string): void {
  if (!path.split("/").some((part) => part === "" || part === "." || part === "..") && !path.includes("\\")) return;
  throw new ForewarnError("USAGE_STORE_PATH", {
    problem: "a blob has a name that cannot be read",
    expected: 'a name without empty parts, ".", ".." or a backslash',
    found: JSON.stringify(path),
    where,
    hint: "give it another name, or leave it out of the source's path",
  });
}
