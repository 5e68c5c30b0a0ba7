/** The stored state of an online featurizer: a line that says what it is, a checksum, and the packed state. */
import { ForewarnError } from "../../core/errors.ts";
import { sha256 } from "../../core/json.ts";
import { pack, unpack } from "../../core/pack.ts";

const VERSION = 1;
const NAME = "forewarn-online-";
const HASH = 64;

export function encodeState(state: object): Uint8Array {
  const packed = pack(state);
  const head = new TextEncoder().encode(`${NAME}${VERSION}\n${sha256(packed)}\n`);
  const bytes = new Uint8Array(head.length + packed.length);
  bytes.set(head);
  bytes.set(packed, head.length);
  return bytes;
}

/** @throws MODEL_STATE_INVALID when the bytes are damaged, something else, or of a newer version */
export function decodeState(bytes: Uint8Array): unknown {
  const line = new TextDecoder().decode(bytes.subarray(0, NAME.length + 10)).split("\n", 1)[0];
  if (!line.startsWith(NAME)) throw invalidState("something else");
  if (line !== `${NAME}${VERSION}`) throw invalidState(`version ${line.slice(NAME.length)}`);
  const start = line.length + 1;
  const checksum = new TextDecoder().decode(bytes.subarray(start, start + HASH));
  // A buffer of its own, so that arrays in it are aligned.
  const packed = bytes.slice(start + HASH + 1);
  if (sha256(packed) !== checksum) throw invalidState("bytes that do not have their checksum");
  try {
    return unpack(packed);
  } catch (cause) {
    throw invalidState("a state that cannot be unpacked", cause);
  }
}

export function invalidState(found: string, cause?: unknown): ForewarnError {
  return new ForewarnError("MODEL_STATE_INVALID", {
    problem: "the state of an online featurizer cannot be read",
    expected: `what save() wrote, version ${VERSION}`,
    found,
    cause,
  });
}
