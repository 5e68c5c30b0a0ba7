import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { emitColumnCall } from "../../src/kernels/calls.ts";
import { bindKernels, compileKernels } from "../../src/kernels/load.ts";
import { KernelMemory } from "../../src/kernels/memory.ts";

test("arrays do not overlap, are aligned and keep what was copied in while the memory grows", () => {
  const memory = new KernelMemory();
  const small = memory.float64([1, 2, 3]);
  const odd = memory.allocate(3);
  const large = memory.allocate(1_000_000);
  assert.ok(small > 0 && small % 16 === 0 && odd % 16 === 0 && large % 16 === 0);
  assert.ok(odd >= small + 24 && large >= odd + 3);
  assert.deepEqual([...memory.viewFloat64(small, 3)], [1, 2, 3]);
});

test("more than 4 GiB is refused with a code", () => {
  assert.throws(
    () => new KernelMemory().allocate(2 ** 32),
    (error) => error instanceof ForewarnError && error.code === "DATA_TOO_LARGE",
  );
});

test("a missing value has the bits 7fc00000 whatever its payload, and -0 becomes +0", () => {
  const memory = new KernelMemory();
  const odd = memory.float64([0, -0, -1e-60]);
  new BigUint64Array(memory.memory.buffer, odd, 1)[0] = 0xfff8_dead_beef_0001n;
  const out = memory.allocate(12);
  bindKernels(compileKernels(), memory.memory)(emitColumnCall(odd, out), 0, 3);
  assert.deepEqual([...new Uint32Array(memory.memory.buffer, out, 3)], [0x7fc00000, 0, 0]);
});

test("a range of rows leaves all other rows untouched", () => {
  const memory = new KernelMemory();
  const out = memory.allocate(16);
  bindKernels(compileKernels(), memory.memory)(emitColumnCall(memory.float64([1, 2, 3, 4]), out), 1, 3);
  assert.deepEqual([...memory.viewFloat32(out, 4)], [0, 2, 3, 0]);
});
