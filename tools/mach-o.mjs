// Mach-O code signatures (Apple's cs_blobs.h): the kernel kills a program whose signature does not fit its pages
import { createHash } from "node:crypto";

const machO = {
  magic: 0xfeedfacf,
  segment64: 0x19,
  codeSignature: 0x1d,
  superBlob: 0xfade0cc0,
  codeDirectory: 0xfade0c02,
  page: 4096,
};

function machOLayout(file) {
  if (file.readUInt32LE(0) !== machO.magic) throw new Error("the darwin executable is not a 64-bit Mach-O file");
  const found = { segments: new Map(), signature: undefined };
  for (let at = 32, n = file.readUInt32LE(16); n > 0; n--, at += file.readUInt32LE(at + 4)) {
    const command = file.readUInt32LE(at);
    if (command === machO.segment64)
      found.segments.set(file.toString("latin1", at + 8, at + 24).replace(/\0+$/, ""), at);
    if (command === machO.codeSignature)
      found.signature = { at, offset: file.readUInt32LE(at + 8), size: file.readUInt32LE(at + 12) };
  }
  return found;
}

function pageHashes(file, end) {
  const hashes = [];
  for (let at = 0; at < end; at += machO.page)
    hashes.push(
      createHash("sha256")
        .update(file.subarray(at, Math.min(at + machO.page, end)))
        .digest(),
    );
  return Buffer.concat(hashes);
}

/** Whether the file carries an ad-hoc signature that covers all that lies before it, page by page. */
export function isSigned(file) {
  const { signature } = machOLayout(file);
  if (signature === undefined || file.length !== signature.offset + signature.size) return false;
  const blob = file.subarray(signature.offset);
  if (blob.readUInt32BE(0) !== machO.superBlob || blob.readUInt32BE(8) !== 1) return false;
  const directory = blob.subarray(blob.readUInt32BE(16));
  if (directory.readUInt32BE(0) !== machO.codeDirectory || directory.readUInt32BE(32) !== signature.offset)
    return false;
  if (directory[36] !== 32 || directory[37] !== 2 || 1 << directory[39] !== machO.page) return false;
  const want = pageHashes(file, signature.offset);
  const from = directory.readUInt32BE(16);
  return want.equals(directory.subarray(from, from + want.length));
}

/** Replaces the signature by an ad-hoc one, of the form that linkers write. */
export function signAdHoc(file) {
  const { segments, signature } = machOLayout(file);
  const linkedit = segments.get("__LINKEDIT");
  const text = segments.get("__TEXT");
  if (signature === undefined || linkedit === undefined || text === undefined)
    throw new Error("the darwin executable has no place for a signature");
  const name = Buffer.from("medkit\0");
  const pages = Math.ceil(signature.offset / machO.page);
  const directorySize = 88 + name.length + pages * 32;
  const size = 20 + directorySize;
  const signed = Buffer.concat([file.subarray(0, signature.offset), Buffer.alloc(size)]);
  const linkeditSize = signature.offset + size - Number(signed.readBigUInt64LE(linkedit + 40));
  signed.writeUInt32LE(size, signature.at + 12);
  signed.writeBigUInt64LE(BigInt(linkeditSize), linkedit + 48);
  signed.writeBigUInt64LE(BigInt(Math.ceil(linkeditSize / 0x4000) * 0x4000), linkedit + 32);
  const blob = signed.subarray(signature.offset);
  for (const [i, word] of [machO.superBlob, size, 1, 0, 20].entries()) blob.writeUInt32BE(word, i * 4);
  const directory = blob.subarray(20);
  // version 2.4 (executable segment), flags adhoc | linker-signed
  const words = [
    machO.codeDirectory,
    directorySize,
    0x20400,
    0x20002,
    88 + name.length,
    88,
    0,
    pages,
    signature.offset,
  ];
  for (const [i, word] of words.entries()) directory.writeUInt32BE(word, i * 4);
  directory.set([32, 2, 0, 12], 36);
  directory.writeBigUInt64BE(signed.readBigUInt64LE(text + 40), 64);
  directory.writeBigUInt64BE(signed.readBigUInt64LE(text + 48), 72);
  directory.writeBigUInt64BE(1n, 80);
  name.copy(directory, 88);
  pageHashes(signed, signature.offset).copy(directory, 88 + name.length);
  return signed;
}
