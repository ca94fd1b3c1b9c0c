import { dropOldest } from "../core/drop-oldest.ts";
import type { Ports } from "../core/ports.ts";

/** Milliseconds for which an upstream's answer that can change (`list`, `@latest`, a branch) is taken for the newest: as long as the public proxy says. */
const freshFor = 60_000;
/** So many are remembered at most; the oldest goes first. */
const mostKept = 10_000;

/** Remembers answers that can change for a minute, so that a busy morning asks upstream once. */
export class FreshAnswers {
  readonly #clock: Pick<Ports["clock"], "monotonic">;
  readonly #most: number;
  readonly #kept = new Map<string, { readonly value: unknown; readonly until: number }>();

  constructor(clock: Pick<Ports["clock"], "monotonic">, most = mostKept) {
    this.#clock = clock;
    this.#most = most;
  }

  async get<Value>(key: string, ask: () => Promise<Value>): Promise<Value> {
    const kept = this.peek(key);
    // One key is one kind of answer, and so of one type.
    if (kept !== undefined) return kept.value as Value;
    const value = await ask();
    this.put(key, value);
    return value;
  }

  /** What is remembered and still fresh. */
  peek(key: string): { readonly value: unknown } | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && kept.until > this.#clock.monotonic() ? kept : undefined;
  }

  put(key: string, value: unknown): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.#clock.monotonic() + freshFor });
    dropOldest(this.#kept, this.#most);
  }
}
