import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { asksForInterpreter } from "./dynamic-programs.ts";

it("a program that the system links dynamically asks for an interpreter; a script and an empty file ask for none", () => {
  if (process.platform === "linux") expect(asksForInterpreter(readFileSync("/bin/sh").subarray(0, 4_096))).toBe(true);
  expect(asksForInterpreter(Buffer.from("#!/bin/sh\n".padEnd(100)))).toBe(false);
  expect(asksForInterpreter(Buffer.alloc(0))).toBe(false);
});

it.each([
  ["64-bit, little endian", elf(true, false)],
  ["32-bit, little endian", elf(false, false)],
  ["64-bit, big endian", elf(true, true)],
])("program headers are read: %s", (_, build) => {
  expect(asksForInterpreter(build(3))).toBe(true);
  expect(asksForInterpreter(build(1))).toBe(false);
});

/** A minimal ELF with one program header of a kind. */
function elf(wide: boolean, big: boolean): (kind: number) => Buffer {
  return (kind) => {
    const bytes = Buffer.alloc(256);
    const u16 = (value: number, at: number): unknown =>
      big ? bytes.writeUInt16BE(value, at) : bytes.writeUInt16LE(value, at);
    const u32 = (value: number, at: number): unknown =>
      big ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at);
    bytes.write("\u007fELF", "latin1");
    bytes[4] = wide ? 2 : 1;
    bytes[5] = big ? 2 : 1;
    if (wide) u32(64, big ? 36 : 32);
    else u32(64, 28);
    u16(wide ? 56 : 32, wide ? 54 : 42);
    u16(1, wide ? 56 : 44);
    u32(kind, 64);
    return bytes;
  };
}
