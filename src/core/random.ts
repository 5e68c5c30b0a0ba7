/** Seeded random numbers (xoshiro128**, seeded through SplitMix32), with independent streams by name: the same on every machine. */
import { log } from "./math.ts";

export interface Random {
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** A standard normal number (Marsaglia's polar method). */
  normal(): number;
}

/** A generator for a seed and a stream name; other names give independent streams. */
export function random(seed: number, stream = ""): Random {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < stream.length; i++) hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
  const next = splitMix32(hash ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x9e3779b1));
  const state = Uint32Array.of(next(), next(), next(), next());
  let spare: number | undefined;

  function bits(): number {
    const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return result;
  }
  function uniform(): number {
    return ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  }
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * log(square)) / square);
        spare = v * factor;
        return u * factor;
      }
    }
  }
  return { uniform, integer: (below) => Math.floor(uniform() * below), normal };
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
