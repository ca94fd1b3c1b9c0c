import { sha256Hex } from "../../core/digest.ts";
import { dropOldest } from "../../core/drop-oldest.ts";
import type { FileReply, Reply } from "../types.ts";
import { checkedFile } from "./checked-file.ts";

/** A file up to this size may be answered from memory. Octets. */
const largest = 4 * 1024 * 1024;
/** Targets of which it is remembered that they were asked for. */
const mostRemembered = 4_096;

/**
 * Takes into memory what is asked for a second time: most modules are fetched once by each client, and by many clients. What is sent from its file is held
 * against its proof the first time, and whenever it was written since.
 */
export class WarmFiles {
  readonly #asked = new Set<string>();
  /** When the file was written that was found to be sound. */
  readonly #sound = new Map<string, number>();

  /**
   * The same reply, its file read where that is worth it. `damaged`: its bytes are not those of the proof. `onDamaged`: that shows while they are sent. What
   * reading throws.
   */
  async keep(target: string, reply: Reply, onDamaged: () => void): Promise<Reply | "damaged"> {
    if (!("file" in reply)) return reply;
    if (reply.file.size > largest) return this.#checked(target, reply, onDamaged);
    if (!this.#asked.delete(target)) {
      this.#asked.add(target);
      dropOldest(this.#asked, mostRemembered);
      return this.#checked(target, reply, onDamaged);
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

  /** A store that checks what it gives needs no check here. */
  #checked(target: string, reply: FileReply, onDamaged: () => void): FileReply {
    const { file, sha256 } = reply;
    const written = file.modified.getTime();
    if (file.sha256 !== undefined || this.#sound.get(target) === written) return reply;
    const onEnd = (isSound: boolean): void => {
      if (!isSound) {
        this.#sound.delete(target);
        onDamaged();
        return;
      }
      this.#sound.set(target, written);
      dropOldest(this.#sound, mostRemembered);
    };
    return { ...reply, file: checkedFile(file, { sha256, onEnd }) };
  }
}
