/** What a process did to a registry, as it wrote it down: one operation, with when it began and, unless the process was killed, ended. */
import type { AliasEntry } from "../../../src/registry/aliases.ts";

export const model = "pump";
export const aliases = ["candidate", "production"] as const;

interface Times {
  /** Unique; an entry of an alias carries it as its `why`. */
  id: string;
  /** Microseconds of the machine's monotonic clock, which all processes share. */
  startedAt: number;
  /** Absent: the process was killed before it knew the outcome. */
  endedAt?: number;
  /** The code of the error it ended in. */
  failed?: string;
}

/** What is seen of a version: the hash of all its files and its content's name. */
export interface SeenVersion {
  version: number;
  digest: string;
  content: string;
}

export type Operation = Times &
  (
    | { kind: "publish"; content: string; gave?: { version: number; created: boolean } }
    | { kind: "move"; alias: string; to: number; gave?: AliasEntry }
    | { kind: "rollback"; alias: string; gave?: AliasEntry }
    | { kind: "read"; alias?: string; gave?: SeenVersion }
    | { kind: "list"; gave?: { versions: readonly number[]; aliases: Readonly<Record<string, number>> } }
    | { kind: "history"; alias: string; gave?: readonly AliasEntry[] }
  );

/** What a registry holds when all is quiet. */
export interface FinalState {
  versions: readonly SeenVersion[];
  /** The versions whose files do not agree with their sums. */
  damaged: readonly number[];
  histories: Readonly<Record<string, readonly AliasEntry[]>>;
}
