import type { Ports } from "../core/ports.ts";

/** Milliseconds for which an upstream's answer that can change (`list`, `@latest`, a branch) is taken for the newest: as long as the public proxy says. */
const freshFor = 60_000;
/** So many are remembered at most; the oldest goes first. */
const mostKept = 10_000;

/** Remembers answers that can change for a minute, so that a busy morning asks upstream once. */
export class FreshAnswers {
  readonly #clock: Pick<Ports["clock"], "monotonic">;
  readonly #kept = new Map<string, { readonly value: unknown; readonly until: number }>();

  constructor(clock: Pick<Ports["clock"], "monotonic">) {
    this.#clock = clock;
  }

  async get<Value>(key: string, ask: () => Promise<Value>): Promise<Value> {
    const kept = this.#kept.get(key);
    // One key is one kind of answer, and so of one type.
    if (kept !== undefined && kept.until > this.#clock.monotonic()) return kept.value as Value;
    const value = await ask();
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.#clock.monotonic() + freshFor });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return value;
  }
}
