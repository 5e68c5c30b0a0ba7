// Puts the compiled kernels beside the compiled code that loads them.
import { cpSync } from "node:fs";

cpSync(
  new URL("../src/kernels/build/kernels.wasm", import.meta.url),
  new URL("../dist/kernels/build/kernels.wasm", import.meta.url),
);
