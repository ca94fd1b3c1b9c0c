import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import { gosumdbFile } from "./database-key.ts";
import { hashFiles, listKit, type KitEntry } from "./inventory.ts";
import { parseManifest } from "./manifest.ts";
import { isManifestSignature, keyFingerprint, readPublicKey } from "./signature.ts";
import { isKitPath, parseSumFile, sumFileFor } from "./sum-file.ts";
import type { KitManifest } from "./types.ts";

export type DifferenceKind =
  | "changed"
  | "added"
  | "missing"
  | "linked"
  | "special"
  | "mode"
  | "form"
  | "unbound"
  | "name";

/** One way in which the kit on disk is not the kit that was made. */
export interface Difference {
  readonly path: string;
  readonly kind: DifferenceKind;
  readonly detail?: string;
}

export type SignatureState =
  | { readonly state: "none" }
  | { readonly state: "valid"; readonly key: string; readonly trusted: boolean }
  | { readonly state: "invalid"; readonly key?: string };

export interface Verification {
  readonly manifest: KitManifest | undefined;
  readonly files: number;
  readonly bytes: number;
  readonly differences: readonly Difference[];
  readonly signature: SignatureState;
}

function checkEntry(entry: KitEntry, executables: ReadonlySet<string>): Difference[] {
  const { path, type, mode } = entry;
  if (path !== "." && !isKitPath(path)) return [{ path: JSON.stringify(path), kind: "name" }];
  if (type === "link") return [{ path, kind: "linked" }];
  if (type === "special") return [{ path, kind: "special" }];
  const found: Difference[] = [];
  if ((mode & 0o7000) !== 0) found.push({ path, kind: "mode", detail: "setuid, setgid or sticky" });
  if ((mode & 0o002) !== 0) found.push({ path, kind: "mode", detail: "world-writable" });
  if (type === "file") {
    const executable = (mode & 0o100) !== 0;
    const anyExecutable = (mode & 0o111) !== 0;
    if (executables.has(path) && !executable) found.push({ path, kind: "mode", detail: "not executable" });
    if (!executables.has(path) && anyExecutable) found.push({ path, kind: "mode", detail: "executable" });
  }
  return found;
}

/** Folders that the listed files imply; any other folder was added. */
function impliedFolders(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set(["."]);
  for (const path of paths) {
    for (let cut = path.lastIndexOf("/"); cut > 0; cut = path.lastIndexOf("/", cut - 1))
      folders.add(path.slice(0, cut));
  }
  return folders;
}

async function readSumFiles(
  root: string,
  entries: readonly KitEntry[],
  manifest: KitManifest | undefined,
  found: Difference[],
): Promise<ReadonlyMap<string, string>> {
  const expected = new Set([...Object.keys(manifest?.sums ?? {}), "manifest.sha256sum"]);
  const present = new Set(
    entries
      .filter((entry) => entry.type === "file" && /^[^/]+\.sha256sum$/.test(entry.path))
      .map((entry) => entry.path),
  );
  for (const name of expected) if (!present.has(name)) found.push({ path: name, kind: "missing" });
  const listed = new Map<string, string>();
  for (const name of present) {
    if (!expected.has(name)) {
      found.push({ path: name, kind: "added" });
      continue;
    }
    const bytes = await readFile(join(root, name));
    const bound = manifest?.sums[name];
    if (bound !== undefined && bound !== sha256Hex(bytes))
      found.push({ path: name, kind: "unbound", detail: "not the digest in manifest.json" });
    const parsed = parseSumFile(bytes.toString("latin1"));
    if ("fault" in parsed) {
      found.push({ path: name, kind: "form", detail: `line ${parsed.fault.line}: ${parsed.fault.problem}` });
      continue;
    }
    for (const line of parsed.lines) {
      if (sumFileFor(line.path) === name) listed.set(line.path, line.sha256);
      else found.push({ path: name, kind: "form", detail: `${line.path} does not belong here` });
    }
  }
  return listed;
}

/** The key that activation gives to go must be the one that the manifest names. */
async function checkDatabaseFile(
  root: string,
  byPath: ReadonlyMap<string, KitEntry>,
  manifest: KitManifest,
): Promise<Difference[]> {
  const path = "modules/gosumdb.txt";
  const wanted = gosumdbFile(manifest);
  const entry = byPath.get(path);
  if (entry?.type !== "file") return wanted === undefined || !byPath.has("modules") ? [] : [{ path, kind: "missing" }];
  return (await readFile(join(root, path), "latin1")) === wanted
    ? []
    : [{ path, kind: "unbound", detail: "not the database key in manifest.json" }];
}

async function checkSignature(
  root: string,
  entries: readonly KitEntry[],
  signer: KeyObject | undefined,
): Promise<SignatureState> {
  const files = new Set(entries.filter((entry) => entry.type === "file").map((entry) => entry.path));
  if (!files.has("manifest.json.sig") || !files.has("manifest.json")) return { state: "none" };
  const [manifest, signature] = [
    await readFile(join(root, "manifest.json")),
    await readFile(join(root, "manifest.json.sig"), "latin1"),
  ];
  if (signer !== undefined) {
    const key = keyFingerprint(signer);
    return isManifestSignature(manifest, signature, signer)
      ? { state: "valid", key, trusted: true }
      : { state: "invalid", key };
  }
  if (!files.has("signer.pem")) return { state: "invalid" };
  try {
    const enclosed = readPublicKey(await readFile(join(root, "signer.pem"), "utf8"), "signer.pem");
    const key = keyFingerprint(enclosed);
    return isManifestSignature(manifest, signature, enclosed)
      ? { state: "valid", key, trusted: false }
      : { state: "invalid", key };
  } catch (error) {
    if (error instanceof MedkitError) return { state: "invalid" };
    throw error;
  }
}

/**
 * Compares a kit's folder with its own sum files, manifest and signature. Starts nothing of the kit, follows no link.
 * `signer`: the public key that must have signed, from outside the kit.
 */
export async function verifyKitFolder(root: string, signer?: KeyObject): Promise<Verification> {
  const entries = await listKit(root);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const found: Difference[] = [];
  let manifest: KitManifest | undefined;
  if (byPath.get("manifest.json")?.type === "file") {
    try {
      manifest = parseManifest(await readFile(join(root, "manifest.json"), "utf8"));
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      found.push({ path: "manifest.json", kind: "form", detail: String(error.params["problem"] ?? "") });
    }
  }
  const executables = new Set(manifest?.executables ?? []);
  for (const entry of entries) {
    // Without a manifest nothing says which files are executable; their digests are still compared.
    if (manifest !== undefined || entry.type !== "file") found.push(...checkEntry(entry, executables));
  }
  const listed = await readSumFiles(root, entries, manifest, found);
  const files = entries.filter((entry) => entry.type === "file");
  const covered = files.filter((entry) => sumFileFor(entry.path) !== undefined).map((entry) => entry.path);
  for (const path of covered) if (!listed.has(path)) found.push({ path, kind: "added" });
  const folders = impliedFolders(listed.keys());
  for (const entry of entries)
    if (entry.type === "folder" && !folders.has(entry.path)) found.push({ path: `${entry.path}/`, kind: "added" });
  for (const path of listed.keys()) if (!byPath.has(path)) found.push({ path, kind: "missing" });
  const comparable = covered.filter((path) => listed.has(path));
  const digests = await hashFiles(root, comparable);
  for (const path of comparable) if (digests.get(path) !== listed.get(path)) found.push({ path, kind: "changed" });
  if (manifest !== undefined && !found.some(({ path }) => path === "modules/gosumdb.txt"))
    found.push(...(await checkDatabaseFile(root, byPath, manifest)));
  return {
    manifest,
    files: files.length,
    bytes: files.reduce((sum, entry) => sum + entry.size, 0),
    differences: found.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    signature: await checkSignature(root, entries, signer),
  };
}
