/** Kinds of events as numbers, in the order in which they were first named. */
export class KindCodes {
  readonly #names: string[] = [];
  readonly #codes = new Map<string, number>();

  code(kind: string): number {
    const known = this.#codes.get(kind);
    if (known !== undefined) return known;
    this.#codes.set(kind, this.#names.length);
    this.#names.push(kind);
    return this.#names.length - 1;
  }

  /** By their codes. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  name(code: number): string {
    return this.#names[code];
  }
}
