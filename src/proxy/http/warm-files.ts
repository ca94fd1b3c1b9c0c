import { sha256Hex } from "../../core/digest.ts";
import type { Reply } from "../types.ts";

/** A file up to this size may be answered from memory. Octets. */
const largest = 4 * 1024 * 1024;
/** Targets of which it is remembered that they were asked for. */
const mostRemembered = 4_096;

/** Takes into memory what is asked for a second time: most modules are fetched once by each client, and by many clients. */
export class WarmFiles {
  readonly #asked = new Set<string>();

  /** The same reply, its file read where that is worth it. `damaged`: its bytes are not those of the proof. What reading throws. */
  async keep(target: string, reply: Reply): Promise<Reply | "damaged"> {
    if (!("file" in reply) || reply.file.size > largest) return reply;
    if (!this.#asked.delete(target)) {
      this.#asked.add(target);
      for (const oldest of this.#asked) {
        if (this.#asked.size <= mostRemembered) break;
        this.#asked.delete(oldest);
      }
      return reply;
    }
    const { file, sha256, ...facts } = reply;
    try {
      const bytes = await file.bytes();
      if (sha256Hex(bytes) !== sha256) return "damaged";
      return { ...facts, bytes, modified: file.modified };
    } finally {
      await file[Symbol.asyncDispose]();
    }
  }
}
