/** DuckDB in memory: it reads, casts and sorts, computes no feature and reaches no network. */
import type { DuckDBConnection, DuckDBResult, DuckDBVector } from "@duckdb/node-api";
import { ForewarnError } from "../core/errors.ts";
import { type DatabaseLimits, limitError } from "./sorted-limits.ts";
import { withSpillFolder } from "./spill-folder.ts";

type Value = string | number | bigint | boolean | null;

export interface Database {
  /** Runs a statement; gives the number of rows it changed. */
  run(sql: string): Promise<number>;
  /** All rows of a small result. */
  rows(sql: string): Promise<Value[][]>;
  /** The columns, all DOUBLE and without NULL, of a result with that many rows. */
  numbers(sql: string, rows: number): Promise<Float64Array[]>;
  /** A large result in parts, whose columns, all UINTEGER or DOUBLE and without NULL, are the caller's until the next part. */
  parts(sql: string): AsyncGenerator<ResultPart, void, undefined>;
  /** @throws INTERRUPTED_LOAD once the signal is aborted. */
  check(): void;
}

/** Some rows of a result, by column. */
export interface ResultPart {
  rows: number;
  columns: readonly (Float64Array | Uint32Array)[];
}

export interface DatabaseOptions {
  /** The bytes that it may hold in memory. Default: DuckDB's own, most of the machine's memory. */
  memory?: number;
  /** Where it makes the folder that it spills into. Default: the system's folder for temporary files. */
  spillParent?: string;
}

/** Opens a database for as long as `use` runs. What does not fit into memory spills into a temporary folder that goes with it. @throws SERVICE_STORE */
export async function withDatabase<T>(
  signal: AbortSignal | undefined,
  use: (database: Database) => Promise<T>,
  { memory, spillParent }: DatabaseOptions = {},
): Promise<T> {
  return await withSpillFolder(async (spill) => {
    // A pipeline file imports the words of the whole package; only a load pays for the database.
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      temp_directory: spill,
      // Files that are scanned again are in the system's own cache; a second one would only take memory.
      enable_external_file_cache: "false",
      ...(memory !== undefined && { memory_limit: `${Math.floor(memory / 1000)}KB` }),
    });
    const connection = await instance.connect();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener("abort", interrupt);
    try {
      await connection.run("SET TimeZone = 'UTC'");
      return await use(database(connection, signal, { spill, memory }));
    } catch (error) {
      throw signal?.aborted ? interrupted(error) : error;
    } finally {
      signal?.removeEventListener("abort", interrupt);
      connection.closeSync();
      instance.closeSync();
    }
  }, spillParent);
}

function database(connection: DuckDBConnection, signal: AbortSignal | undefined, limits: DatabaseLimits): Database {
  const told = async <T>(promise: Promise<T>) => {
    try {
      return await promise;
    } catch (error) {
      throw limitError(error, limits);
    }
  };
  return {
    check() {
      if (signal?.aborted) throw interrupted(signal.reason);
    },
    async run(sql) {
      this.check();
      return (await told(connection.run(sql))).rowsChanged;
    },
    async rows(sql) {
      this.check();
      return (await (await told(connection.run(sql))).getRowsJS()) as Value[][];
    },
    async numbers(sql, rows) {
      this.check();
      const result = await told(connection.stream(sql));
      const columns = Array.from({ length: result.columnCount }, () => new Float64Array(rows));
      let row = 0;
      for await (const part of partsOf(result, signal, told)) {
        for (const [i, column] of columns.entries()) column.set(part.columns[i], row);
        row += part.rows;
      }
      if (row !== rows) {
        throw new ForewarnError("BUG_ROW_COUNT", {
          problem: "a sorted table changed its length",
          expected: `${rows} rows`,
          found: `${row}`,
        });
      }
      return columns;
    },
    async *parts(sql) {
      this.check();
      yield* partsOf(await told(connection.stream(sql)), signal, told);
    },
  };
}

async function* partsOf(
  result: DuckDBResult,
  signal: AbortSignal | undefined,
  told: <T>(promise: Promise<T>) => Promise<T>,
): AsyncGenerator<ResultPart> {
  const { columnCount } = result;
  const fetch = () => {
    const chunk = told(result.fetchChunk());
    // It may fail while nobody waits for it; whoever does then sees the error.
    chunk.catch(() => undefined);
    return chunk;
  };
  let next = fetch();
  try {
    for (;;) {
      const chunk = await next;
      if (chunk === null || chunk.rowCount === 0) return;
      // The next part is made while this one is used.
      next = fetch();
      if (signal?.aborted) throw interrupted(signal.reason);
      const columns = Array.from({ length: columnCount }, (_, i) => typedArray(chunk.getColumnVector(i)));
      yield { rows: chunk.rowCount, columns };
    }
  } finally {
    await next.catch(() => undefined);
  }
}

/** The values of a vector as the typed array that the library keeps them in: a call a value is ten times slower. */
function typedArray(vector: DuckDBVector): Float64Array | Uint32Array {
  const { items } = vector as unknown as { items: unknown };
  if (!(items instanceof Float64Array || items instanceof Uint32Array)) {
    throw new ForewarnError("BUG_VECTOR_LAYOUT", {
      problem: "DuckDB gave a column in another form",
      expected: "DOUBLE or UINTEGER",
      found: String(vector.type),
    });
  }
  return items;
}

function interrupted(cause: unknown): ForewarnError {
  return new ForewarnError("INTERRUPTED_LOAD", { problem: "loading the archive was interrupted", cause });
}
