/** forewarn/registry: immutable versions of models, aliases that point at them, gates before them. */

export { folderStore } from "../stores/folder.ts";
export { openStore } from "../stores/open-store.ts";
export type { Store } from "../stores/store.ts";
export type { AliasEntry, AliasMove } from "./aliases.ts";
export {
  type AtLeastGate,
  type AtMostGate,
  atLeast,
  atMost,
  type GateSpec,
  type MetricName,
  type NotWorseOptions,
  type NotWorseThanGate,
  notWorseThan,
} from "./gates.ts";
export { type AliasComparison, type GateVerdict, type JudgeInput, judgeGates } from "./judge-gates.ts";
export type { Published, PublishRequest } from "./publish.ts";
export { openRegistry, type Registry, type RegistryEntry, type ResolvedVersion } from "./registry.ts";
export type { FileCheck, RegisteredVersion, VersionCheck } from "./versions.ts";
