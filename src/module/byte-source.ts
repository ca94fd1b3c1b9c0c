import { fstatSync, readSync } from "node:fs";
import { MedkitError } from "../core/errors.ts";

/** Bytes that can be read at any place. Reads are synchronous: many small ones are far faster so. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; throws ZIP_TRUNCATED where the source ends before. The result may share memory with the source. */
  read(offset: number, length: number): Buffer;
}

export function bufferSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > buffer.length) throw tooShort();
      return buffer.subarray(offset, offset + length);
    },
  };
}

/** An open file. It reads ahead, since archives are read from front to back. The caller closes the descriptor. */
export function fileSource(descriptor: number): ByteSource {
  const { size } = fstatSync(descriptor);
  const window = Buffer.allocUnsafeSlow(Math.min(size, 1 << 20));
  let windowStart = 0;
  let windowLength = 0;
  const fill = (target: Buffer, offset: number): number => {
    let done = 0;
    while (done < target.length) {
      const count = readSync(descriptor, target, done, target.length - done, offset + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  };
  return {
    size,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) throw tooShort();
      const result = Buffer.allocUnsafe(length);
      if (length > window.length / 2) {
        if (fill(result, offset) !== length) throw tooShort();
        return result;
      }
      if (offset < windowStart || offset + length > windowStart + windowLength) {
        windowStart = offset;
        windowLength = fill(window, offset);
        if (windowLength < length) throw tooShort();
      }
      window.copy(result, 0, offset - windowStart, offset - windowStart + length);
      return result;
    },
  };
}

function tooShort(): MedkitError {
  return new MedkitError("ZIP_TRUNCATED");
}
