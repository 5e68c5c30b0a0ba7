/** DuckDB in memory: it reads, casts and sorts, computes no feature and reaches no network. */
import { type DuckDBConnection, DuckDBInstance, type DuckDBVector } from "@duckdb/node-api";
import { ForewarnError } from "../core/errors.ts";
import { withSpillFolder } from "./spill-folder.ts";

type Value = string | number | bigint | boolean | null;

export interface Database {
  /** Runs a statement; gives the number of rows it changed. */
  run(sql: string): Promise<number>;
  /** All rows of a small result. */
  rows(sql: string): Promise<Value[][]>;
  /** The columns, all DOUBLE and without NULL, of a result with that many rows. */
  numbers(sql: string, rows: number): Promise<Float64Array[]>;
  /** @throws INTERRUPTED_LOAD once the signal is aborted. */
  check(): void;
}

/** Opens a database for as long as `use` runs. What does not fit into memory spills into a temporary folder that goes with it. @throws SERVICE_STORE */
export async function withDatabase<T>(
  signal: AbortSignal | undefined,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  return await withSpillFolder(async (spill) => {
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      temp_directory: spill,
    });
    const connection = await instance.connect();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener("abort", interrupt);
    try {
      await connection.run("SET TimeZone = 'UTC'");
      return await use(database(connection, signal));
    } catch (error) {
      throw signal?.aborted ? interrupted(error) : error;
    } finally {
      signal?.removeEventListener("abort", interrupt);
      connection.closeSync();
      instance.closeSync();
    }
  });
}

function database(connection: DuckDBConnection, signal: AbortSignal | undefined): Database {
  return {
    check() {
      if (signal?.aborted) throw interrupted(signal.reason);
    },
    async run(sql) {
      this.check();
      return (await connection.run(sql)).rowsChanged;
    },
    async rows(sql) {
      this.check();
      return (await (await connection.run(sql)).getRowsJS()) as Value[][];
    },
    async numbers(sql, rows) {
      this.check();
      const result = await connection.stream(sql);
      const columns = Array.from({ length: result.columnCount }, () => new Float64Array(rows));
      let row = 0;
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) break;
        this.check();
        for (let i = 0; i < columns.length; i++) columns[i].set(doubles(chunk.getColumnVector(i)), row);
        row += chunk.rowCount;
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
  };
}

/** The values of a DOUBLE vector as the typed array that the library keeps them in: a call a value is ten times slower. */
function doubles(vector: DuckDBVector): Float64Array {
  const { items } = vector as unknown as { items: unknown };
  if (!(items instanceof Float64Array)) {
    throw new ForewarnError("BUG_VECTOR_LAYOUT", {
      problem: "DuckDB gave a column in another form",
      expected: "DOUBLE",
      found: String(vector.type),
    });
  }
  return items;
}

function interrupted(cause: unknown): ForewarnError {
  return new ForewarnError("INTERRUPTED_LOAD", { problem: "loading the archive was interrupted", cause });
}
