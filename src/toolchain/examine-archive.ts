import { readFile, stat } from "node:fs/promises";
import { hash } from "node:crypto";
import { sha256File } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import type { Evidence, SignatureEvidence } from "../core/evidence.ts";
import { verifyDetached, type KeyringEntry } from "../openpgp/index.ts";
import type { Checksums } from "./checksums.ts";

/** A published archive, as a source has it, before anything of it is used. */
export interface ArchiveAtHand {
  readonly path: string;
  /** The published name: it says version and platform, and lists are asked by it. */
  readonly name: string;
  /** The host that served it, without a port; undefined for a file of this machine. */
  readonly host: string | undefined;
  /** The detached signature that lies beside it; undefined where there is none. */
  signature(): Promise<NamedBytes | undefined>;
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Says that something was not checked, and why. */
export type OnUnchecked = (level: "sha256" | "openpgp", reason: string) => void;

export interface Examination {
  readonly checksums: Checksums | undefined;
  /** A list that a person named has to have the archive. */
  readonly checksumsNamed: boolean;
  /** Named by a person; else the one beside the archive. */
  readonly signature: NamedBytes | undefined;
  /** Read where there is a signature to judge. */
  readonly keyring: () => Promise<readonly KeyringEntry[]>;
  readonly now: Date;
  readonly onUnchecked: OnUnchecked;
}

/** The hosts of Go's own download site: one party, whichever of them answers. */
const goSites = new Set(["go.dev", "golang.org", "golang.google.cn", "dl.google.com", "storage.googleapis.com"]);

/** Whether two hosts are one place: whoever holds it can change the list and the archive together. Files of this machine are no host. */
function isSamePlace(list: string | undefined, archive: string | undefined): boolean {
  if (list === undefined || archive === undefined) return false;
  return list === archive || (goSites.has(list) && goSites.has(archive));
}

async function compareChecksum(
  archive: ArchiveAtHand,
  sha256: string,
  { checksums, checksumsNamed, onUnchecked }: Examination,
): Promise<readonly Evidence[]> {
  if (checksums === undefined) return [];
  const { name, path } = archive;
  const published = checksums.sums.get(name);
  if (published === undefined) {
    if (checksumsNamed) throw new MedkitError("CHECKSUM_UNLISTED", { name, place: checksums.by });
    onUnchecked("sha256", `${checksums.by}: ${name}?`);
    return [];
  }
  const facts = { name, place: checksums.by };
  if (published.sha256 !== sha256)
    throw new MedkitError("CHECKSUM_MISMATCH", { ...facts, found: sha256, published: published.sha256 });
  const { size } = await stat(path);
  if (published.size !== undefined && published.size !== size)
    throw new MedkitError("CHECKSUM_SIZE", { ...facts, found: size, published: published.size });
  if (isSamePlace(checksums.host, archive.host)) {
    onUnchecked("sha256", "@evidence.samePlace");
    return [];
  }
  return [{ level: "sha256", file: name, sum: sha256, by: checksums.by }];
}

async function checkSignature(
  archive: ArchiveAtHand,
  bytes: Buffer,
  sha256: string,
  signature: NamedBytes,
  { keyring, now }: Examination,
): Promise<SignatureEvidence> {
  const keys = (await keyring()).map((each) => each.key);
  if (keys.length === 0) throw new MedkitError("KEYRING_EMPTY");
  const good = await verifyDetached({ name: archive.name, bytes }, signature, keys, now);
  const { key, signer, signedAt, userId, verifier } = good;
  return { level: "openpgp", file: archive.name, sha256, key, signer, signedAt, userId, verifier };
}

/** What keeps a signature from speaking, and does not speak against the archive. */
const silent = new Set(["KEYRING_EMPTY", "SIGNATURE_KEY_UNKNOWN"]);

/**
 * Holds an archive against published checksums and its signature, whatever of both is at hand: what contradicts it is refused even where better
 * evidence is to come. With `needed`, evidence of that level has to be there, and its absence is an error with its own code.
 * CHECKSUM_…, SIGNATURE_…, KEYRING_EMPTY.
 */
export async function examineArchive(
  archive: ArchiveAtHand,
  examination: Examination,
  needed: "sha256" | "openpgp" | undefined,
): Promise<readonly Evidence[]> {
  const named = examination.signature;
  const signed = /\.tar\.gz$|\.tgz$/.test(archive.name);
  if (!signed && (named !== undefined || needed === "openpgp"))
    throw new MedkitError("SIGNATURE_NONE_MADE", { name: archive.name });
  const signature = named ?? (signed ? await archive.signature() : undefined);
  const bytes = signature === undefined ? undefined : await readFile(archive.path);
  const sha256 = bytes === undefined ? await sha256File(archive.path) : hash("sha256", bytes, "hex");
  const evidence = [...(await compareChecksum(archive, sha256, examination))];
  if (signature !== undefined && bytes !== undefined) {
    try {
      evidence.push(await checkSignature(archive, bytes, sha256, signature, examination));
    } catch (error) {
      const missing = error instanceof MedkitError && silent.has(error.code);
      const asked = named !== undefined || needed === "openpgp" || (needed === "sha256" && evidence.length === 0);
      if (!missing || asked) throw error;
      examination.onUnchecked("openpgp", error.code);
    }
  } else if (needed === "openpgp")
    throw new MedkitError("SIGNATURE_MISSING", { name: archive.name, place: archive.host ?? "" });
  return evidence;
}
