import { moduleName, type ModuleVersion } from "../../module/index.ts";
import type { Modules } from "../mirror.ts";

/** So many are fetched at the same time, and so many may wait; more are left for the next request. */
const abreast = 2;
const mostWaiting = 1_000;

/** Fetches and proves what is held back, behind the refusal, so that it is there when it is released. */
export class Quarantine {
  readonly #modules: Pick<Modules, "file">;
  readonly #waiting = new Map<string, ModuleVersion>();
  /** Fetched in the life of this process. */
  readonly #done = new Set<string>();
  #running = 0;

  constructor(modules: Pick<Modules, "file">) {
    this.#modules = modules;
  }

  take(module: ModuleVersion): void {
    const name = moduleName(module);
    if (this.#done.has(name) || this.#waiting.has(name) || this.#waiting.size >= mostWaiting) return;
    this.#waiting.set(name, module);
    if (this.#running < abreast) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running++;
    for (const [name, module] of this.#waiting) {
      this.#waiting.delete(name);
      if (this.#done.size >= 10 * mostWaiting) this.#done.clear();
      this.#done.add(name);
      try {
        // The zip brings the two small files and the lists with it.
        const found = await this.#modules.file("zip", module, { mayFetch: true });
        await found?.file[Symbol.asyncDispose]();
      } catch {
        // Whoever asks next starts it again.
        this.#done.delete(name);
      }
    }
    this.#running--;
  }
}
