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
  readonly memory: SharedMemory;
  readonly #mostPages: number;
  #next = 16;
  #pages = 1;

  /** @param mostBytes how much may be reserved. Default: 4 GiB, which is the most there can be. */
  constructor(mostBytes: number = MOST_PAGES * PAGE) {
    this.#mostPages = Math.max(1, Math.min(MOST_PAGES, Math.floor(mostBytes / PAGE)));
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: this.#mostPages, shared: true });
  }

  /**
   * Reserves bytes, aligned to 16; they are zero only until the first `reset`.
   * @throws DATA_TOO_LARGE beyond the most: before anything is computed, as all is reserved first.
   */
  allocate(bytes: number): Address {
    const address = this.#next;
    this.#next = Math.ceil((address + bytes) / 16) * 16;
    const pages = Math.ceil(this.#next / PAGE);
    if (pages > this.#mostPages) throw tooLarge(this.#next, this.#mostPages);
    if (pages > this.#pages) {
      try {
        this.memory.grow(pages - this.#pages);
      } catch (cause) {
        throw tooLarge(this.#next, this.#mostPages, cause);
      }
      this.#pages = pages;
    }
    return address;
  }

  /** Gives back all that was reserved; what is reserved next lies in the same bytes, which keep what they hold. */
  reset(): void {
    this.#next = 16;
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

function tooLarge(bytes: number, mostPages: number, cause?: unknown): ForewarnError {
  return new ForewarnError("DATA_TOO_LARGE", {
    problem: "the computation needs more memory than can be had",
    expected: `at most ${gibibytes(mostPages * PAGE)}`,
    found: gibibytes(bytes),
    hint: "compute fewer cutoffs or fewer features at a time",
    cause,
  });
}

function gibibytes(bytes: number): string {
  return `${Number((bytes / 2 ** 30).toPrecision(2))} GiB`;
}
