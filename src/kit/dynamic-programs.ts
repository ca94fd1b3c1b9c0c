import { open } from "node:fs/promises";
import { join } from "node:path";
import type { TreeFile } from "../toolchain/index.ts";

/** Octets that hold the ELF header and the program headers of any Go program. */
const headOctets = 4_096;
const programInterpreter = 3;

/** Whether a 64-bit or 32-bit ELF program asks for an interpreter (PT_INTERP): it runs only where that, and its libc, are. Source: elf(5). */
export function asksForInterpreter(head: Buffer): boolean {
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46) return false;
  const [wide, big] = [head[4] === 2, head[5] === 2];
  const u16 = (at: number): number => (big ? head.readUInt16BE(at) : head.readUInt16LE(at));
  const u32 = (at: number): number => (big ? head.readUInt32BE(at) : head.readUInt32LE(at));
  const start = wide ? Number(big ? head.readBigUInt64BE(32) : head.readBigUInt64LE(32)) : u32(28);
  const [size, count] = wide ? [u16(54), u16(56)] : [u16(42), u16(44)];
  for (let index = 0; index < count; index++) {
    const at = start + index * size;
    if (at + 4 > head.length) return false;
    if (u32(at) === programInterpreter) return true;
  }
  return false;
}

/** The programs of a toolchain that are not static, sorted. None of a published Go for Linux is; one that a distribution has built may be. */
export async function dynamicPrograms(goroot: string, files: readonly TreeFile[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { path } of files) {
    if (!/^(?:bin|pkg\/tool)\//.test(path)) continue;
    const file = await open(join(goroot, path));
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headOctets), 0, headOctets, 0);
      if (asksForInterpreter(buffer.subarray(0, bytesRead))) found.push(path);
    } finally {
      await file.close();
    }
  }
  return found.toSorted();
}
