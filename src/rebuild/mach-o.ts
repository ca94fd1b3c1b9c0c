/** A 64-bit Mach-O, little endian (mach-o/loader.h: MH_MAGIC_64). */
const magic = 0xfeedfacf;
const headerSize = 32;
const segment64 = 0x19;
const codeSignature = 0x1d;
/** Pages of darwin/arm64, in octets; darwin/amd64 rounds to 4 KiB, of which this is a multiple. */
const pageSizes: Readonly<Record<number, number>> = { 0x0100000c: 16_384, 0x01000007: 4_096 };

interface Command {
  readonly kind: number;
  readonly offset: number;
  readonly size: number;
}

/** Whether these octets begin a 64-bit Mach-O file. */
export function isMachO(bytes: Buffer): boolean {
  return bytes.length >= headerSize && bytes.readUInt32LE(0) === magic;
}

function commandsOf(bytes: Buffer): readonly Command[] | undefined {
  const count = bytes.readUInt32LE(16);
  const end = headerSize + bytes.readUInt32LE(20);
  if (end > bytes.length) return undefined;
  const commands: Command[] = [];
  for (let offset = headerSize; commands.length < count;) {
    if (offset + 8 > end) return undefined;
    const size = bytes.readUInt32LE(offset + 4);
    if (size < 8 || offset + size > end) return undefined;
    commands.push({ kind: bytes.readUInt32LE(offset), offset, size });
    offset += size;
  }
  return commands;
}

function nameAt(bytes: Buffer, offset: number): string {
  return bytes.toString("latin1", offset, offset + 16).replace(/\0.*$/s, "");
}

/**
 * A program without its code signature: the octets of LC_CODE_SIGNATURE at the file's end are cut off, its load command is taken out, and __LINKEDIT ends
 * where it began, as if nobody had signed it. Whoever signed it, Apple's tool or Go's linker (ad hoc), what is left is the same. Undefined where this is no
 * Mach-O, or has no signature at its end. Source: mach-o/loader.h; GOROOT/src/cmd/link/internal/ld/macho.go.
 */
export function withoutCodeSignature(file: Buffer): Buffer | undefined {
  if (!isMachO(file)) return undefined;
  const commands = commandsOf(file);
  const signature = commands?.find((command) => command.kind === codeSignature);
  if (commands === undefined || signature === undefined || signature.size !== 16) return undefined;
  const start = file.readUInt32LE(signature.offset + 8);
  if (start + file.readUInt32LE(signature.offset + 12) !== file.length) return undefined;
  const bytes = Buffer.from(file.subarray(0, start));
  const linkedit = commands.find(
    ({ kind, offset, size }) => kind === segment64 && size >= 72 && nameAt(file, offset + 8) === "__LINKEDIT",
  );
  if (linkedit !== undefined) {
    const filled = BigInt(start) - bytes.readBigUInt64LE(linkedit.offset + 40);
    const page = BigInt(pageSizes[bytes.readUInt32LE(4)] ?? 4_096);
    if (filled < 0n) return undefined;
    bytes.writeBigUInt64LE(((filled + page - 1n) / page) * page, linkedit.offset + 32);
    bytes.writeBigUInt64LE(filled, linkedit.offset + 48);
  }
  const end = headerSize + bytes.readUInt32LE(20);
  bytes.copyWithin(signature.offset, signature.offset + signature.size, end);
  bytes.fill(0, end - signature.size, end);
  bytes.writeUInt32LE(commands.length - 1, 16);
  bytes.writeUInt32LE(end - headerSize - signature.size, 20);
  return bytes;
}
