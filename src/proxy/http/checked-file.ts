import { createHash } from "node:crypto";
import { pipeline, Transform, type Readable } from "node:stream";
import type { StoredFile } from "../types.ts";

export interface CheckOptions {
  /** SHA-256 of the proven bytes, hexadecimal. */
  readonly sha256: string;
  /** Told when the last octet was read, before it is given away. */
  readonly onEnd: (isSound: boolean) => void;
}

/**
 * The same file, held against its proof while it is sent from its first octet to its last: what was changed ends in an error before its end is given
 * away, so that no client takes it for whole. Parts are not checked.
 */
export function checkedFile(file: StoredFile, { sha256, onEnd }: CheckOptions): StoredFile {
  const { size, modified } = file;
  const hash = createHash("sha256");
  const demandSound = (): void => {
    const isSound = hash.digest("hex") === sha256;
    onEnd(isSound);
    if (!isSound) throw new Error("the stored file is not the one that was proven");
  };
  let next = 0;
  return {
    size,
    modified,
    stream: (start, end) => {
      const source = file.stream(start, end);
      return start === 0 && end === size ? heldBack(source, hash, demandSound) : source;
    },
    bytes: () => file.bytes(),
    ...(file.read === undefined
      ? {}
      : {
          read: async (target: Buffer, position: number, length: number): Promise<number> => {
            const count = (await file.read?.(target, position, length)) ?? 0;
            if (position !== next) return count;
            next += count;
            hash.update(target.subarray(0, count));
            if (count > 0 && next === size) demandSound();
            return count;
          },
        }),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}

/** Each piece goes on when the next one has come, the last one when all was right. */
function heldBack(source: Readable, hash: ReturnType<typeof createHash>, demandSound: () => void): Readable {
  let held: Buffer | undefined;
  const check = new Transform({
    highWaterMark: 256 * 1024,
    transform: (piece: Buffer, _, done) => {
      hash.update(piece);
      const before = held;
      held = piece;
      done(null, before);
    },
    flush: (done) => {
      try {
        demandSound();
        done(null, held);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  // An error of the source is one of what is read from it.
  pipeline(source, check, () => undefined);
  return check;
}
