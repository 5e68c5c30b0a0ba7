/** What a computation would reserve of a kernel memory, counted without reserving or copying anything. */
import type { Address, KernelMemory } from "./memory.ts";

/** The part of a kernel memory that lays columns out. */
export type LayoutMemory = Pick<KernelMemory, "allocate" | "float64" | "uint32" | "viewFloat64" | "viewFloat32">;

export class CountedMemory implements LayoutMemory {
  #next = 16;

  /** The bytes reserved so far. */
  get bytes(): number {
    return this.#next;
  }

  allocate(bytes: number): Address {
    const address = this.#next;
    this.#next = Math.ceil((address + bytes) / 16) * 16;
    return address;
  }

  float64(values: ArrayLike<number>): Address {
    return this.allocate(values.length * 8);
  }

  uint32(values: ArrayLike<number>): Address {
    return this.allocate(values.length * 4);
  }

  /** An array that nothing reads. */
  viewFloat64(_: Address, length: number): Float64Array {
    return new Float64Array(length);
  }

  /** An array that nothing reads. */
  viewFloat32(_: Address, length: number): Float32Array {
    return new Float32Array(length);
  }
}
