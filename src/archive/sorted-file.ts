/** Columns of numbers in files, as their little-endian bytes. */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { ForewarnError } from "../core/errors.ts";

type Column = Float64Array | Uint32Array;

export interface ColumnWriter {
  append(column: Float64Array): Promise<void>;
  /** Makes the file last; gives the SHA-256 of its bytes in lower-case hexadecimal. */
  finish(): Promise<string>;
  close(): Promise<void>;
}

/** Opens a new file that columns are appended to. */
export async function columnWriter(path: string): Promise<ColumnWriter> {
  const file = await open(path, "wx");
  const hash = createHash("sha256");
  let position = 0;
  return {
    async append(column) {
      const written = writeColumn(file, column, position);
      position += column.byteLength;
      await inPieces(column, async (piece) => {
        hash.update(piece);
        return piece.length;
      });
      await written;
    },
    async finish() {
      await file.sync();
      return hash.digest("hex");
    },
    close: () => file.close(),
  };
}

/** Writes a column from a place in the file on. */
export async function writeColumn(file: FileHandle, column: Column, position: number): Promise<void> {
  await inPieces(column, async (piece, at) => (await file.write(piece, 0, piece.length, position + at)).bytesWritten);
}

/** Fills a column from a place in the file on. @throws DATA_SORTED_DAMAGED when the file ends before */
export async function readColumn(file: FileHandle, column: Column, position: number): Promise<void> {
  await inPieces(column, async (piece, at) => {
    const { bytesRead } = await file.read(piece, 0, piece.length, position + at);
    if (bytesRead > 0) return bytesRead;
    throw new ForewarnError("DATA_SORTED_DAMAGED", {
      problem: "a file of sorted columns is shorter than it must be",
      expected: `${position + column.byteLength} bytes`,
      found: `${position + at} bytes`,
      hint: "sort the archive again",
    });
  });
}

/** Node reads and writes less than 2 GiB at a time. */
const PIECE = 1 << 28;

async function inPieces(column: Column, move: (piece: Uint8Array, at: number) => Promise<number>): Promise<void> {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  for (let at = 0; at < bytes.length; ) at += await move(bytes.subarray(at, at + PIECE), at);
}
