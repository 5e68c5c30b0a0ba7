/** Predictions as a Parquet file: one row a machine and cutoff, the lineage beside every prediction. */
import { parquetWriteBuffer } from "hyparquet-writer";
import { writePlace } from "../stores/write-place.ts";
import type { ScoredRows } from "./score.ts";

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]["schema"]>[number];

interface Column {
  name: string;
  schema: Pick<SchemaElement, "type" | "converted_type" | "logical_type">;
  /** The value of a row; null where there is none. */
  value: (row: number) => string | number | bigint | boolean | null;
  nullable: boolean;
}

/**
 * Writes the rows in one step to a path or an address in blob storage: the file appears whole or not at all. Columns: machine, cutoff, scored_at, model, model_version,
 * scorer_version, featurizer_version, run_id, cluster_id, node_id, status, then `probability` (binary), `probability_<class>`
 * (multiclass) or `remaining_life`, `score` and `alarm`; these last are null where the status is not "scored".
 * @throws SERVICE_STORE, SERVICE_BLOB_*
 */
export async function writePredictions(place: string, scored: ScoredRows): Promise<void> {
  const columns = columnsOf(scored);
  const rows = Array.from(scored.rows.cutoff.keys());
  const schema: SchemaElement[] = [
    { name: "root", num_children: columns.length },
    ...columns.map(({ name, schema: element, nullable }) => ({
      name,
      ...element,
      repetition_type: nullable ? ("OPTIONAL" as const) : ("REQUIRED" as const),
    })),
  ];
  const columnData = columns.map(({ name, value }) => ({ name, data: rows.map(value) }));
  await writePlace(place, new Uint8Array(parquetWriteBuffer({ columnData, schema, createdBy: "forewarn" })));
}

function columnsOf(scored: ScoredRows): Column[] {
  const { lineage, rows, status, task, time } = scored;
  const predicted = (row: number) => status[row] === "scored";
  const text = (name: string, value: (row: number) => string) => required(name, textType, value);
  return [
    text("machine", (row) => rows.machines[rows.machine[row]]),
    required("cutoff", time === "timestamp" ? instantType : { type: "INT64" }, (row) => BigInt(rows.cutoff[row])),
    required("scored_at", instantType, () => BigInt(lineage.scoredAt.getTime()) * 1000n),
    text("model", () => lineage.model),
    required("model_version", { type: "INT32" }, () => lineage.modelVersion),
    text("scorer_version", () => lineage.scorerVersion),
    text("featurizer_version", () => lineage.featurizerVersion),
    text("run_id", () => lineage.runId),
    text("cluster_id", () => lineage.clusterId),
    text("node_id", () => lineage.nodeId),
    text("status", (row) => status[row]),
    ...outputNames(task).map((name, output, names) =>
      optional(name, { type: "FLOAT" }, (row) =>
        predicted(row) ? scored.predicted[row * names.length + output] : null,
      ),
    ),
    optional("score", { type: "DOUBLE" }, (row) => (predicted(row) ? scored.score[row] : null)),
    optional("alarm", { type: "BOOLEAN" }, (row) =>
      predicted(row) && task.kind !== "regression" ? scored.alarm[row] === 1 : null,
    ),
  ];
}

const textType: Column["schema"] = { type: "BYTE_ARRAY", converted_type: "UTF8" };
const instantType: Column["schema"] = {
  type: "INT64",
  logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
};

function required(name: string, schema: Column["schema"], value: Column["value"]): Column {
  return { name, schema, value, nullable: false };
}

function optional(name: string, schema: Column["schema"], value: Column["value"]): Column {
  return { name, schema, value, nullable: true };
}

function outputNames(task: ScoredRows["task"]): string[] {
  if (task.kind === "regression") return ["remaining_life"];
  return task.kind === "binary" ? ["probability"] : task.classes.map((name) => `probability_${name}`);
}
