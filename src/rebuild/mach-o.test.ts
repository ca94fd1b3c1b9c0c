import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removeTree } from "../state/index.ts";
import { requires } from "../../test/support/requirements.ts";
import { isMachO, withoutCodeSignature } from "./mach-o.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-mach-o-"));
afterAll(() => removeTree(work));

it.each([
  ["nothing", Buffer.alloc(0)],
  ["an ELF program", Buffer.concat([Buffer.from("\u007fELF"), Buffer.alloc(100)])],
  ["a header that promises more commands than there are", headerOf(9, 16)],
  ["a command of no size", headerOf(1, 16)],
])("%s has no signature to take off", (_, bytes) => {
  expect(withoutCodeSignature(bytes)).toBeUndefined();
});

function headerOf(count: number, size: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(count, 16);
  bytes.writeUInt32LE(size, 20);
  return bytes;
}

requires({ commands: ["go"] }).describe("a program for a Mac, as Go's linker signs it", () => {
  const programs = new Map<string, Buffer>();
  beforeAll(() => {
    writeFileSync(join(work, "main.go"), "package main\n\nfunc main() {}\n");
    writeFileSync(join(work, "go.mod"), "module example.com/m\n\ngo 1.21\n");
    for (const arch of ["arm64", "amd64"]) {
      const file = join(work, arch);
      const env = { ...process.env, GOOS: "darwin", GOARCH: arch, CGO_ENABLED: "0", GOFLAGS: "", GOTOOLCHAIN: "local" };
      const run = spawnSync("go", ["build", "-trimpath", "-o", file, "."], { cwd: work, env, encoding: "utf8" });
      expect(run).toMatchObject({ status: 0 });
      programs.set(arch, readFileSync(file));
    }
  }, 300_000);

  it("is the same without a signature, whatever was in that", () => {
    const signed = programs.get("arm64") ?? Buffer.alloc(0);
    const bare = withoutCodeSignature(signed);
    if (bare === undefined) throw new Error("no signature was found");
    expect(isMachO(bare)).toBe(true);
    expect(bare.length).toBeLessThan(signed.length);
    expect(bare.includes("a.out")).toBe(signed.subarray(0, bare.length).includes("a.out"));
    const other = Buffer.from(signed);
    other.fill(0x55, bare.length);
    expect(withoutCodeSignature(other)).toEqual(bare);
    // A signature of another length, as Apple's is: the segment and the load command say so, and so nothing else differs.
    expect(withoutCodeSignature(resigned(signed, bare.length, 20_000))).toEqual(bare);
    const changed = Buffer.from(signed);
    changed[5_000] = (changed[5_000] ?? 0) ^ 1;
    expect(withoutCodeSignature(changed)).not.toEqual(bare);
    expect(withoutCodeSignature(bare)).toBeUndefined();
  });

  it("for Intel carries none", () => {
    expect(withoutCodeSignature(programs.get("amd64") ?? Buffer.alloc(0))).toBeUndefined();
  });
});

/** The same program with a signature of another length. */
function resigned(signed: Buffer, start: number, length: number): Buffer {
  const bytes = Buffer.concat([signed.subarray(0, start), Buffer.alloc(length, 0xaa)]);
  const end = 32 + bytes.readUInt32LE(20);
  for (let at = 32; at < end; at += bytes.readUInt32LE(at + 4)) {
    const kind = bytes.readUInt32LE(at);
    if (kind === 0x1d) bytes.writeUInt32LE(length, at + 12);
    if (kind !== 0x19 || !bytes.toString("latin1", at + 8, at + 24).startsWith("__LINKEDIT")) continue;
    const size = BigInt(bytes.length) - bytes.readBigUInt64LE(at + 40);
    bytes.writeBigUInt64LE(size, at + 48);
    bytes.writeBigUInt64LE(((size + 16_383n) / 16_384n) * 16_384n, at + 32);
  }
  return bytes;
}
