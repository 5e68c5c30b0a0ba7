/** The part of the WebAssembly interface in use; the compiler's own description of it comes only with the browser's. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module, imports: Record<string, Record<string, Memory>>);
  }
  class Memory {
    /** Shared, since it is always made so here. */
    readonly buffer: SharedArrayBuffer;
    /** Sizes are in pages of 64 KiB. */
    constructor(descriptor: { initial: number; maximum: number; shared: true });
    grow(pages: number): number;
  }
}
