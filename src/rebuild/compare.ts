import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import type { TreeFile } from "../toolchain/index.ts";
import { withoutCodeSignature } from "./mach-o.ts";

export interface Tree {
  readonly goroot: string;
  readonly files: readonly TreeFile[];
}

export interface Comparison {
  /** Paths that are in one tree only, or differ beyond a code signature, sorted. */
  readonly different: readonly string[];
  /** Programs that are the same once their code signatures are taken off. */
  readonly signaturesStripped: number;
}

/** Compares two trees file by file; Mach-O programs without their code signatures. */
export async function compareTrees(ours: Tree, theirs: Tree): Promise<Comparison> {
  const digests = new Map(theirs.files.map((file) => [file.path, file.sha256]));
  const different: string[] = [];
  let signaturesStripped = 0;
  for (const { path, sha256 } of ours.files) {
    const other = digests.get(path);
    digests.delete(path);
    if (other === sha256) continue;
    if (other !== undefined && (await isSameUnsigned(join(ours.goroot, path), join(theirs.goroot, path))))
      signaturesStripped++;
    else different.push(path);
  }
  return { different: [...different, ...digests.keys()].toSorted(), signaturesStripped };
}

async function isSameUnsigned(ours: string, theirs: string): Promise<boolean> {
  const [left, right] = [withoutCodeSignature(await readFile(ours)), withoutCodeSignature(await readFile(theirs))];
  return left !== undefined && right !== undefined && sha256Hex(left) === sha256Hex(right);
}
