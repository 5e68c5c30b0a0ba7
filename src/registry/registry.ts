/** A model registry over a store: immutable numbered versions, and aliases that point at them. */
import type { Store } from "../stores/store.ts";
import {
  type AliasEntry,
  type AliasMove,
  aliasHistory,
  listAliases,
  moveAlias,
  requireAlias,
  rollbackAlias,
} from "./aliases.ts";
import { damagedVersions } from "./damaged-versions.ts";
import { parseReference } from "./names.ts";
import { type Published, type PublishRequest, publishVersion } from "./publish.ts";
import {
  listModels,
  listNumbers,
  type RegisteredVersion,
  readVersion,
  requireVersion,
  type VersionCheck,
  verifyVersion,
} from "./versions.ts";

export interface RegistryEntry {
  model: string;
  /** Ascending. */
  versions: readonly number[];
  /** The version each alias points to. */
  aliases: Readonly<Record<string, number>>;
  /** The versions ("pump@2") and aliases ("pump@production") that are seen to be damaged; `verify` also reads every file of a version. */
  damaged: readonly string[];
}

export interface ResolvedVersion {
  model: string;
  version: number;
  /** The alias it was asked for by, if it was. */
  alias?: string;
}

export interface Registry {
  /** Where it is, for messages. */
  readonly location: string;
  /** @see publishVersion */
  publish(request: PublishRequest): Promise<Published>;
  /** @see moveAlias */
  moveAlias(move: AliasMove & { to: number }): Promise<AliasEntry>;
  /** @see rollbackAlias */
  rollback(move: AliasMove): Promise<AliasEntry>;
  /** All moves of an alias, first to last; none where there is no such alias. */
  history(model: string, alias: string): Promise<readonly AliasEntry[]>;
  /**
   * The version that "name@3", "name@alias" or "name" (the latest version) stands for.
   * @throws REGISTRY_NAME, REGISTRY_MODEL_UNKNOWN, REGISTRY_VERSION_UNKNOWN, REGISTRY_ALIAS_UNKNOWN
   */
  resolve(reference: string): Promise<ResolvedVersion>;
  /** Every model that has a version, sorted by name. */
  list(): Promise<readonly RegistryEntry[]>;
  /** @see verifyVersion */
  verify(model: string, version: number): Promise<VersionCheck>;
  /** @see readVersion */
  readVersion(model: string, version: number): Promise<RegisteredVersion>;
}

/** Opens a registry; an empty store is an empty registry. */
export function openRegistry(store: Store): Registry {
  return {
    location: store.location,
    publish: (request) => publishVersion(store, request),
    moveAlias: (move) => moveAlias(store, move),
    rollback: (move) => rollbackAlias(store, move),
    history: (model, alias) => aliasHistory(store, model, alias),
    async resolve(reference) {
      const { model, version, alias } = parseReference(reference);
      if (alias === undefined) return { model, version: await requireVersion(store, model, version) };
      const held = await requireAlias(store, model, alias);
      return { model, version: await requireVersion(store, model, held), alias };
    },
    async list() {
      const entries: RegistryEntry[] = [];
      for (const model of await listModels(store)) {
        const { versions } = await listNumbers(store, model);
        const { held, damaged } = await listAliases(store, model);
        const parts = [...(await damagedVersions(store, model, versions)), ...damaged];
        entries.push({ model, versions, aliases: held, damaged: parts.map((part) => `${model}@${part}`) });
      }
      return entries;
    },
    verify: (model, version) => verifyVersion(store, model, version),
    readVersion: (model, version) => readVersion(store, model, version),
  };
}
