/** When a request to a service is tried again: bounded tries, growing waits with jitter, what the service asks for, one deadline. */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { random } from "../core/random.ts";

export interface RetrySettings {
  /** The most tries. Default: 8. */
  tries: number;
  /** The wait after the first try, doubled after each further one, in ms. Default: 500. */
  firstWaitMillis: number;
  /** The longest wait that is not the service's own wish, in ms. Default: 20,000. */
  longestWaitMillis: number;
  /** A try in which nothing moves for so long is given up, in ms. Default: 60,000. */
  idleMillis: number;
  /** All tries and waits together, in ms. Default: 300,000. */
  deadlineMillis: number;
  /** Spreads the waits of several processes, in [0, 1). Default: seeded anew in each process. */
  jitter(): number;
  /** A clock that only goes on, in ms. Default: the process's. */
  now(): number;
  /** Waits so many ms. Default: a timer. */
  wait(millis: number, signal?: AbortSignal): Promise<unknown>;
}

/** The settings with their defaults. */
export function retrySettings(given: Partial<RetrySettings> = {}): RetrySettings {
  return {
    tries: 8,
    firstWaitMillis: 500,
    longestWaitMillis: 20_000,
    idleMillis: 60_000,
    deadlineMillis: 300_000,
    jitter: random(randomInt(2 ** 31), "retry").uniform,
    now: () => performance.now(),
    wait: (millis, signal) => sleep(millis, undefined, { signal }),
    ...given,
  };
}

/** A try under way. */
export interface Try {
  /** Aborted when nothing moves for too long, at the deadline, or from outside. */
  signal: AbortSignal;
  /** To be called whenever something moves. */
  moved(): void;
}

/** What is thought of a failed try. */
export interface Verdict {
  /** Whether another try can help. */
  again: boolean;
  /** The least wait that the service asks for, in ms. */
  waitMillis?: number;
}

/** All tries failed. */
export interface Failure {
  error: unknown;
  /** How many tries there were. */
  tries: number;
  /** From the first try to the end of the last, in ms. */
  millis: number;
  /** Whether the last try was ended because nothing moved in it, or by the deadline. */
  stalled: boolean;
  /** The wait the service asked for, where that is longer than there is time, in ms. */
  askedMillis?: number;
}

/** Gives what a try gives, or what became of all of them. @throws the signal's reason once it is aborted */
export async function retry<T>(
  settings: RetrySettings,
  attempt: (attempt: Try) => Promise<T>,
  judge: (error: unknown) => Verdict,
  signal?: AbortSignal,
): Promise<{ value: T } | Failure> {
  const start = settings.now();
  const left = () => settings.deadlineMillis - (settings.now() - start);
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    const watch = watchdog(settings.idleMillis, left(), signal);
    let error: unknown;
    try {
      return { value: await attempt(watch) };
    } catch (thrown) {
      error = thrown;
    } finally {
      watch.stop();
    }
    signal?.throwIfAborted();
    const stalled = watch.signal.aborted;
    const { again, waitMillis = 0 } = stalled ? { again: true } : judge(error);
    const backoff = Math.min(settings.longestWaitMillis, settings.firstWaitMillis * 2 ** (tries - 1));
    const wait = waitMillis + backoff * (0.5 + settings.jitter() / 2);
    if (!again || tries >= settings.tries || wait >= left()) {
      const asked = again && tries < settings.tries && waitMillis > 0 ? { askedMillis: waitMillis } : {};
      return { error, tries, millis: settings.now() - start, stalled, ...asked };
    }
    await settings.wait(wait, signal).catch((thrown: unknown) => {
      throw signal?.aborted ? signal.reason : thrown;
    });
  }
}

function watchdog(idleMillis: number, leftMillis: number, outside: AbortSignal | undefined) {
  const control = new AbortController();
  const abort = () => control.abort();
  outside?.addEventListener("abort", abort, { once: true });
  let idle = setTimeout(abort, idleMillis);
  const deadline = setTimeout(abort, Math.max(0, leftMillis));
  return {
    signal: control.signal,
    moved() {
      clearTimeout(idle);
      if (!control.signal.aborted) idle = setTimeout(abort, idleMillis);
    },
    stop() {
      clearTimeout(idle);
      clearTimeout(deadline);
      outside?.removeEventListener("abort", abort);
    },
  };
}
