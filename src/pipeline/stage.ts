/** A stage of a run: a named computation whose result is kept under the hash of everything it depends on. */
import { ForewarnError } from "../core/errors.ts";
import { hashJson } from "../core/json.ts";
import { pack, unpack } from "../core/pack.ts";
import type { StageCache } from "./stage-cache.ts";

/** How a stage's result becomes bytes and comes back. */
export interface Codec<T> {
  extension: string;
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** Plain values with typed arrays. */
export function packCodec<T>(): Codec<T> {
  return { extension: "pack", encode: pack, decode: (bytes) => unpack(bytes) as T };
}

/** What a run tells whoever watches it. */
export interface StageWatcher {
  started(stage: string): void;
  /** The share of the stage that is done, 0..1. */
  progressed(stage: string, share: number): void;
  ended(stage: string, status: "done" | "reused"): void;
}

export interface StageOptions<T> {
  name: string;
  /** Everything the result depends on, beside the code; hashed into the key. */
  dependsOn: unknown;
  codec?: Codec<T>;
  compute(report: (share: number) => void): Promise<T>;
}

export interface Stage<T> {
  name: string;
  key: string;
  /** The name of the result's file in the cache. */
  file: string;
  /** Makes the result exist, without reading it where it exists already. @throws INTERRUPTED_RUN, as `get` does, once the signal is aborted */
  ensure(): Promise<void>;
  /** The result, read or computed once. */
  get(): Promise<T>;
}

export interface StageContext {
  cache: StageCache;
  watcher: StageWatcher;
  /** Hash of the code that runs: another code never reads this one's results. */
  code: string;
  /** The clock that times in an archive are held against. Default: none, and no time is in the future. */
  now?: () => Date;
  signal?: AbortSignal;
}

export function defineStage<T>(context: StageContext, options: StageOptions<T>): Stage<T> {
  const { name, codec = packCodec<T>() } = options;
  const key = hashJson({ stage: name, code: context.code, dependsOn: options.dependsOn });
  const file = `${name.replace(/[^A-Za-z0-9-]+/g, "_")}-${key}.${codec.extension}`;
  let result: Promise<T> | undefined;
  const compute = async (): Promise<T> => {
    context.watcher.started(name);
    const value = await options.compute((share) => context.watcher.progressed(name, share));
    await context.cache.write(file, codec.encode(value));
    context.watcher.ended(name, "done");
    return value;
  };
  /** Whatever an abort makes of what is going on, the run ends as interrupted. */
  const unlessInterrupted = async <R>(action: () => Promise<R>): Promise<R> => {
    const { signal } = context;
    try {
      endIfInterrupted(context, name);
      return await action();
    } catch (error) {
      throw signal?.aborted ? interrupted(name, error) : error;
    }
  };
  const readOrCompute = async (): Promise<T> => {
    const bytes = await context.cache.read(file);
    return bytes === undefined ? await compute() : codec.decode(bytes);
  };
  const get = () => {
    result ??= unlessInterrupted(readOrCompute);
    return result;
  };
  return {
    name,
    key,
    file,
    get,
    async ensure() {
      // Read, not only looked for: a damaged result is none.
      const kept = result === undefined && (await unlessInterrupted(() => context.cache.read(file))) !== undefined;
      if (kept) context.watcher.ended(name, "reused");
      else await get();
    },
  };
}

/** Ends a run whose signal is aborted; for what a run does between its stages. @throws INTERRUPTED_RUN */
export function endIfInterrupted({ signal }: Pick<StageContext, "signal">, where: string): void {
  if (signal?.aborted) throw interrupted(where, signal.reason);
}

function interrupted(stage: string, cause: unknown): ForewarnError {
  if (cause instanceof ForewarnError && cause.code === "INTERRUPTED_RUN") return cause;
  return new ForewarnError("INTERRUPTED_RUN", {
    problem: "the run was interrupted",
    where: stage,
    hint: "run it again: finished stages are kept",
    cause,
  });
}
