import { sha256Hex } from "../../core/digest.ts";
import type { ObjectStore } from "../types.ts";
import { isSealed } from "./seal.ts";

/**
 * Reads a version's `.info` at a path of the store. "damaged": it is not what was written, or not of this version; one without a proof, from a tree of another tool, has to name it.
 * Undefined: there is none.
 */
export async function readInfo(
  store: ObjectStore,
  path: string,
  version: string,
): Promise<Buffer | "damaged" | undefined> {
  const bytes = await store.read(path);
  if (bytes === undefined) return undefined;
  const proof = await store.read(`${path}.proof`);
  const isOther = proof !== undefined && isSealed(proof) && !proof.includes(`"sha256":"${sha256Hex(bytes)}"`);
  return isOther || versionIn(bytes) !== version ? "damaged" : bytes;
}

function versionIn(info: Buffer): unknown {
  try {
    return (JSON.parse(info.toString("utf8")) as { readonly Version?: unknown } | null)?.Version;
  } catch {
    return undefined;
  }
}
