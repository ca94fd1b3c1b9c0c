/** Runs a piece of work once for all who ask for the same key while it runs; each gets its result, or its failure. */
export class Coalescer {
  readonly #running = new Map<string, Promise<unknown>>();

  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.#running.get(key);
    // One key is one kind of work, and so of one type.
    if (running !== undefined) return (await running) as Result;
    const started = work();
    this.#running.set(key, started);
    try {
      return await started;
    } finally {
      this.#running.delete(key);
    }
  }
}
