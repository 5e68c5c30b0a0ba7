/** Random numbers by place: each depends on the seed, the stream and where it is used alone, however many others are asked for. */

/** A number in [0, 1) for a row and a draw; the same for the same seed and stream. */
export type Noise = (row: number, draw: number) => number;

export function noise(seed: number, stream: string): Noise {
  let base = mixed(seed ^ Math.floor(seed / 0x1_0000_0000));
  for (let i = 0; i < stream.length; i++) base = mixed(base ^ stream.charCodeAt(i));
  return (row, draw) => mixed(mixed(base ^ Math.imul(row + 1, 0x9e3779b1)) ^ Math.imul(draw + 1, 0x85ebca6b)) / 2 ** 32;
}

/** The finaliser of MurmurHash3 (Appleby): every bit of the input moves every bit of the output. */
function mixed(bits: number): number {
  let z = bits | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
