/** The one allocator over a WebAssembly memory that lives for a single computation and is dropped with it. */
import { ForewarnError } from "../core/errors.ts";

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** The address of an array in a kernel memory, in bytes; 0 is never handed out and means "none". */
export type Address = number;

/** A WebAssembly memory by its shape: declarations that name WebAssembly itself ask users for the browser's types. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  /** Grows by so many pages of 64 KiB. */
  grow(pages: number): number;
}

export class KernelMemory {
  /** Shared between threads: a worker instantiates the kernels over this very memory. */
  readonly memory: SharedMemory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  #next = 16;
  #pages = 1;

  /** Reserves zeroed bytes, aligned to 16. @throws DATA_TOO_LARGE beyond 4 GiB: before anything is computed, as all is reserved first. */
  allocate(bytes: number): Address {
    const address = this.#next;
    this.#next = Math.ceil((address + bytes) / 16) * 16;
    const pages = Math.ceil(this.#next / PAGE);
    if (pages > MOST_PAGES) throw tooLarge(this.#next);
    if (pages > this.#pages) {
      try {
        this.memory.grow(pages - this.#pages);
      } catch (cause) {
        throw tooLarge(this.#next, cause);
      }
      this.#pages = pages;
    }
    return address;
  }

  /** Copies numbers in as float64. */
  float64(values: ArrayLike<number>): Address {
    const address = this.allocate(values.length * 8);
    this.viewFloat64(address, values.length).set(values);
    return address;
  }

  /** Copies whole numbers in as unsigned 32-bit. */
  uint32(values: ArrayLike<number>): Address {
    const address = this.allocate(values.length * 4);
    new Uint32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  viewFloat64(address: Address, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  viewFloat32(address: Address, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }
}

function tooLarge(bytes: number, cause?: unknown): ForewarnError {
  return new ForewarnError("DATA_TOO_LARGE", {
    problem: "the computation needs more memory than can be had",
    expected: "at most 4 GiB",
    found: `${(bytes / 2 ** 30).toFixed(1)} GiB`,
    hint: "compute fewer cutoffs or fewer features at a time",
    cause,
  });
}
