import { sha256Hex } from "../../core/digest.ts";
import type { FileProof } from "../types.ts";

/** What is proven of nothing, a version's `.info`, has at least this beside it: a changed bit shows. */
export interface InfoProof {
  readonly schema: "medkit/info-proof/v1";
  /** SHA-256 of the very bytes, hexadecimal. */
  readonly sha256: string;
}

/** The text of a proof, with the SHA-256 of what stands before it at its end. That it is whole can be checked, not who wrote it. */
export function sealed(proof: FileProof | InfoProof): Buffer {
  const text = JSON.stringify(proof);
  return Buffer.from(`${text.slice(0, -1)},"seal":"${sha256Hex(text)}"}`);
}

/** Whether not a bit of a proof changed since it was written. */
export function isSealed(bytes: Buffer): boolean {
  const [, text, seal] = /^(\{.*),"seal":"([0-9a-f]{64})"\}$/s.exec(bytes.toString("utf8")) ?? [];
  return text !== undefined && sha256Hex(`${text}}`) === seal;
}
