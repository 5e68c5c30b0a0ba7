/** What a failed request to blob storage says, and whether to try again. */
import { ForewarnError } from "../core/errors.ts";
import type { Verdict } from "./retry.ts";

/** What an answer or a failure said, without URL and headers. */
export interface BlobFault {
  /** The HTTP status; undefined where there was no answer. */
  status?: number;
  /** Azure's error code ("ContainerNotFound"), or a system's ("ECONNRESET"). */
  code?: string;
  /** The wait that the service asked for, in ms. */
  retryAfterMillis?: number;
  /** The service's clock at its answer, in ms since the epoch. */
  answeredAt?: number;
  /** The credential itself could not be had. */
  noCredential: boolean;
  /** The answer came, but it cannot be read. */
  unreadable: boolean;
  /** The bytes came, but they do not have the MD5 that came with them. */
  damaged: boolean;
}

export function blobFault(error: unknown): BlobFault {
  const { name, code, statusCode, response } = Object(error) as ErrorLike;
  const header = (key: string) => response?.headers?.get?.(key);
  const known = [header("x-ms-error-code"), code].find(
    (text) => typeof text === "string" && /^[A-Za-z_]{3,60}$/.test(text),
  );
  return {
    status: typeof statusCode === "number" ? statusCode : undefined,
    code: known as string | undefined,
    retryAfterMillis: retryAfter(header),
    answeredAt: Date.parse(header("date") ?? "") || undefined,
    noCredential: typeof name === "string" && /Credential|^Auth|AggregateAuth/.test(name),
    damaged: error instanceof DamagedBody || code === "Md5Mismatch",
    unreadable: code === "PARSE_ERROR" || (error instanceof Error && /^(Type|Range|Syntax)Error$/.test(error.name)),
  };
}

/** An answer that ended before its end. */
export class BrokenBody extends Error {
  override readonly name = "BrokenBody";
}

/** Bytes that do not have the MD5 which came with them. */
export class DamagedBody extends Error {
  override readonly name = "DamagedBody";
}

interface ErrorLike {
  name?: unknown;
  code?: unknown;
  statusCode?: unknown;
  response?: { headers?: { get?(key: string): string | undefined } };
}

function retryAfter(header: (key: string) => string | undefined): number | undefined {
  const millis = header("x-ms-retry-after-ms") ?? header("retry-after-ms");
  if (millis !== undefined && /^\d+$/.test(millis)) return Number(millis);
  const text = header("retry-after");
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - Date.parse(header("date") ?? "");
  return wait > 0 ? wait : undefined;
}

/** Too many requests, a service in trouble, a connection or an answer that broke: another try can help. */
export function judgeBlobError(error: unknown): Verdict {
  if (error instanceof ForewarnError) return { again: false };
  const { status, code, noCredential, unreadable, damaged, retryAfterMillis } = blobFault(error);
  // A name that nobody has is a wrong name; a name server in trouble says EAI_AGAIN.
  if (noCredential || code === "ENOTFOUND") return { again: false };
  const passing = status === undefined || unreadable || damaged || status === 408 || status === 429 || status >= 500;
  return { again: passing, waitMillis: retryAfterMillis };
}
