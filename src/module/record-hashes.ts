import { MedkitError } from "../core/errors.ts";
import { decodeBase64 } from "./note.ts";
import { HASH_SIZE, recordHash, sameHash } from "./tlog.ts";
import { moduleName, type ModuleHashes, type ModuleVersion } from "./types.ts";

/** Whether the record of the tree is in the text, with lines beside it that the tree has not: Go once kept them all (CVE-2026-56864). */
export function isPadded(text: string, module: ModuleVersion, stored: Uint8Array): boolean {
  const lines = text.split("\n").slice(0, -1);
  const own = lines.filter((line) =>
    [" ", "/go.mod "].some((end) => line.startsWith(`${module.path} ${module.version}${end}`)),
  );
  return own.length < lines.length && sameHash(stored, recordHash(`${own.join("\n")}\n`));
}

/**
 * The two h1 hashes of exactly this module version in a record. An answer that is empty or speaks of another module, however well signed,
 * is DATABASE_RECORD_UNRELATED: Go once took it for consent (CVE-2026-42501).
 */
export function hashesIn(record: string, module: ModuleVersion): ModuleHashes {
  const found = (version: string): string => {
    const lines = record.split("\n").filter((line) => line.startsWith(`${module.path} ${version} h1:`));
    const hash = lines[0]?.split(" ")[2] ?? "";
    const other = new RegExp(`^${RegExp.escape(module.path)} (\\S+) h1:`, "m").exec(record)?.[1];
    if (lines.length === 0 && other !== undefined && other.replace(/\/go\.mod$/, "") !== module.version)
      throw new MedkitError("DATABASE_RECORD_OTHER_VERSION", { module: moduleName(module), other });
    if (lines.length !== 1 || lines[0] !== `${module.path} ${version} ${hash}` || !isHash1(hash)) {
      throw new MedkitError("DATABASE_RECORD_UNRELATED", { module: moduleName(module) });
    }
    return hash;
  };
  return { h1: found(module.version), goModH1: found(`${module.version}/go.mod`) };
}

function isHash1(text: string): boolean {
  return text.startsWith("h1:") && decodeBase64(text.slice(3))?.length === HASH_SIZE;
}
