/** Loads the compiled kernels and binds them to a memory. */
import { readFileSync } from "node:fs";
import { ForewarnError } from "../core/errors.ts";
import type { KernelCall } from "./calls.ts";
import type { Address, SharedMemory } from "./memory.ts";

/** Runs one call over rows `from` (included) to `to` (excluded), in other scratch memory than what was bound where some is given. */
export type RunKernel = (call: KernelCall, from: number, to: number, scratch?: Address) => void;

/** A compiled WebAssembly.Module. */
export type KernelModule = object;

let compiled: KernelModule | undefined;

/** The compiled module, which can be sent to workers; it is compiled once. @throws BUG_KERNELS_MISSING when the package was built without them. */
export function compileKernels(): KernelModule {
  compiled ??= compile();
  return compiled;
}

function compile(): KernelModule {
  const file = new URL("./build/kernels.wasm", import.meta.url);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new ForewarnError("BUG_KERNELS_MISSING", {
      problem: "the compiled kernels are missing",
      where: file.pathname,
      hint: "run `npm run build:kernels`",
      cause,
    });
  }
  return new WebAssembly.Module(bytes);
}

/**
 * Binds the kernels to a memory; they keep no state of their own, so any number of instances may share one.
 * @param scratch memory that no other instance uses at the same time, for calls that ask for it.
 */
export function bindKernels(module: KernelModule, memory: SharedMemory, scratch: Address = 0): RunKernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return ({ kernel, args, scratch: needed }, from, to, own = scratch) => {
    const run = exports[kernel] as (...args: number[]) => void;
    if (needed === undefined) run(from, to, ...args);
    else run(from, to, own, ...args);
  };
}
