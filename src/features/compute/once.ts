/** Things that are made when they are first asked for. */

export class Once {
  readonly #made = new Map<string, unknown>();

  /** What was made for this key; the same key always has to stand for the same kind of thing. */
  of<Made>(key: string, make: () => Made): Made {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as Made;
  }
}
