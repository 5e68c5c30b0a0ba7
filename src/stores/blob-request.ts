/** One request to blob storage, tried until it works or one clear error is due. */
import { ForewarnError } from "../core/errors.ts";
import type { BlobAccess } from "./blob-access.ts";
import { type BlobTask, blobError } from "./blob-error.ts";
import { judgeBlobError } from "./blob-fault.ts";
import { type RetrySettings, retry, type Try } from "./retry.ts";

export interface BlobContext {
  access: BlobAccess;
  settings: RetrySettings;
}

/** @throws SERVICE_BLOB_*; whatever error of ours a try throws; the signal's reason once it is aborted */
export async function blobRequest<T>(
  { access, settings }: BlobContext,
  task: BlobTask,
  attempt: (attempt: Try) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const outcome = await retry(settings, attempt, judgeBlobError, signal);
  if ("value" in outcome) return outcome.value;
  if (outcome.error instanceof ForewarnError) throw outcome.error;
  throw blobError(task, outcome, access);
}
