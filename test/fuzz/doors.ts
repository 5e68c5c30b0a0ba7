/** All doors of the fuzzer. */
import type { Door } from "./door.ts";
import { commandDoor } from "./doors/command.ts";
import { csvDoor, quarantineDoor } from "./doors/csv.ts";
import { onnxDoor } from "./doors/onnx.ts";
import { optionsDoor } from "./doors/options.ts";
import { parquetDoor } from "./doors/parquet.ts";
import { pathsDoor } from "./doors/paths.ts";
import { plantedDoor } from "./doors/planted.ts";
import { registryDoor } from "./doors/registry.ts";
import { cacheDoor, packDoor } from "./doors/stage-results.ts";
import { featurizerDoor, manifestDoor, modelDoor } from "./doors/stored.ts";
import { tablesDoor } from "./doors/tables.ts";
import { wordsDoor } from "./doors/words.ts";

export const doors: readonly Door[] = [
  csvDoor,
  quarantineDoor,
  tablesDoor,
  parquetDoor,
  modelDoor,
  featurizerDoor,
  manifestDoor,
  registryDoor,
  onnxDoor,
  packDoor,
  cacheDoor,
  optionsDoor,
  commandDoor,
  pathsDoor,
  wordsDoor,
  plantedDoor,
];
