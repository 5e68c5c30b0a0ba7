/** A new container for a test, and stores in it whose tries follow quickly. */
import type { BlobStoreOptions } from "../../../src/stores/blob.ts";
import { openStore } from "../../../src/stores/open-store.ts";
import type { RetrySettings } from "../../../src/stores/retry.ts";
import type { Store } from "../../../src/stores/store.ts";
import type { Azurite } from "./azurite.ts";

/** As many tries as usual, with waits that are only noted. */
export function quickRetry(waits: number[] = []): Partial<RetrySettings> {
  return {
    jitter: () => 0.5,
    wait: async (millis) => {
      waits.push(millis);
    },
  };
}

export async function newStore(azurite: Azurite, options: BlobStoreOptions = {}): Promise<Store> {
  const { place } = await azurite.container();
  return await openStore(`${place}/some/folder`, {
    environment: azurite.environment(),
    retry: quickRetry(),
    ...options,
  });
}

export const bytes = (text: string) => new TextEncoder().encode(text);
export const text = (content: Uint8Array | undefined) =>
  content === undefined ? undefined : new TextDecoder().decode(content);
