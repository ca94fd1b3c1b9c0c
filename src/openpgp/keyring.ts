import { readdir, readFile, rm } from "node:fs/promises";
import type { Key } from "openpgp";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder, syncFolder, withLock, writeFileAtomic, type Layout } from "../state/index.ts";
import { certifierFault, isCertifiedBy } from "./certificate.ts";
import { fingerprintOf, loadLibrary } from "./library.ts";
import { describeKey, readKeys } from "./read-keys.ts";
import type { Confirmation, KeyFacts, KeyRecord } from "./types.ts";

export interface KeyringEntry {
  readonly record: KeyRecord;
  readonly key: Key;
}

function damaged(path: string, cause?: unknown): MedkitError {
  return new MedkitError("KEYRING_DAMAGED", { path }, { cause });
}

function parseRecord(text: string, path: string): KeyRecord {
  let value: Partial<KeyRecord> | null;
  try {
    value = JSON.parse(text) as Partial<KeyRecord> | null;
  } catch (error) {
    throw damaged(path, error);
  }
  if (value?.schema !== "medkit/openpgp-key/v1" || typeof value.armored !== "string") throw damaged(path);
  return value as KeyRecord;
}

/** Every key of the keyring, by fingerprint. KEYRING_DAMAGED where one cannot be read, or is another than its name says. */
export async function readKeyring(layout: Layout): Promise<readonly KeyringEntry[]> {
  let names: readonly string[];
  try {
    names = await readdir(layout.openpgp);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw fromSystemError(error, layout.openpgp);
  }
  const entries: KeyringEntry[] = [];
  for (const name of names.filter((each) => /^[0-9A-F]+\.json$/.test(each)).toSorted()) {
    const path = layout.openpgpKey(name.slice(0, -".json".length));
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      throw fromSystemError(error, path);
    });
    const record = parseRecord(text, path);
    const [key, ...more] = await readKeys(Buffer.from(record.armored), path).catch((error: unknown) => {
      throw damaged(path, error);
    });
    if (key === undefined || more.length > 0 || `${fingerprintOf(key)}.json` !== name) throw damaged(path);
    entries.push({ record, key });
  }
  return entries;
}

async function write(layout: Layout, key: Key, confirmed: Confirmation): Promise<void> {
  const fingerprint = fingerprintOf(key);
  const record: KeyRecord = { schema: "medkit/openpgp-key/v1", fingerprint, confirmed, armored: key.armor() };
  await ensureFolder(layout.openpgp, 0o700);
  await writeFileAtomic(layout.openpgpKey(fingerprint), `${JSON.stringify(record)}\n`, { durable: true });
}

function locked<T>(layout: Layout, purpose: string, work: () => Promise<T>): Promise<T> {
  return withLock(layout.lock("openpgp"), work, { purpose, wait: 15_000 });
}

/** What an import or update does with one key of the file. */
export interface KeyChange {
  readonly facts: KeyFacts;
  readonly change: "added" | "updated" | "unchanged" | "left-out";
  /** Who vouches for a key that is added. */
  readonly confirmed: Confirmation | null;
}

interface Planned extends KeyChange {
  readonly key: Key;
}

export interface KeyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ChangeOptions {
  /** The fingerprint of a primary key that the person vouches for, as `parseFingerprint` gives it. */
  readonly fingerprint?: string | undefined;
  readonly now: Date;
  /** False: plan only. */
  readonly apply: boolean;
}

/** The key as it is known, with what the newer one adds: subkeys, signatures, revocations. Nothing that was known is lost. */
async function merge(known: KeyringEntry, newer: Key, now: Date): Promise<Planned> {
  const lib = await loadLibrary();
  const before = await lib.readKey({ armoredKey: known.record.armored });
  const merged = await before.update(newer, now);
  const change = merged.armor() === before.armor() ? "unchanged" : "updated";
  return { key: merged, facts: await describeKey(merged, now), change, confirmed: known.record.confirmed };
}

/** OPENPGP_KEY_OTHER where the key that a person vouches for is none of the file's. */
function demandAmong(keys: readonly Key[], fingerprint: string, { name }: KeyFile): void {
  if (keys.some((key) => fingerprintOf(key) === fingerprint)) return;
  throw new MedkitError("OPENPGP_KEY_OTHER", { file: name, wanted: fingerprint, found: fingerprintsOf(keys) });
}

function fingerprintsOf(keys: readonly Key[]): string {
  return keys.map(fingerprintOf).join(", ");
}

async function refuseUnlessSound(key: Key, now: Date, file: string): Promise<void> {
  const fault = await certifierFault(key, now, now);
  if (fault !== undefined && fault !== "expired")
    throw new MedkitError("OPENPGP_KEY_INVALID", { file, problem: `@key.${fault}` });
}

async function applyAll(layout: Layout, planned: readonly Planned[], apply: boolean): Promise<readonly KeyChange[]> {
  for (const { key, change, confirmed } of apply ? planned : [])
    if ((change === "added" || change === "updated") && confirmed !== null) await write(layout, key, confirmed);
  return planned.map(({ facts, change, confirmed }) => ({ facts, change, confirmed }));
}

/**
 * Takes the key with this fingerprint out of a file into the keyring; others in the file are left out. OPENPGP_KEY_UNCONFIRMED without a
 * fingerprint, OPENPGP_KEY_OTHER where the file has no such key, OPENPGP_KEY_INVALID, OPENPGP_KEY_FORGED.
 */
export async function importKeys(
  layout: Layout,
  file: KeyFile,
  { fingerprint, now, apply }: ChangeOptions,
): Promise<readonly KeyChange[]> {
  const keys = await readKeys(file.bytes, file.name);
  if (fingerprint === undefined)
    throw new MedkitError("OPENPGP_KEY_UNCONFIRMED", { file: file.name, found: fingerprintsOf(keys) });
  demandAmong(keys, fingerprint, file);
  const work = async (): Promise<readonly KeyChange[]> => {
    const known = await readKeyring(layout);
    const planned: Planned[] = [];
    for (const key of keys) {
      const before = known.find((each) => fingerprintOf(each.key) === fingerprintOf(key));
      if (fingerprintOf(key) !== fingerprint)
        planned.push({ key, facts: await describeKey(key, now), change: "left-out", confirmed: null });
      else if (before !== undefined) planned.push(await merge(before, key, now));
      else {
        await refuseUnlessSound(key, now, file.name);
        planned.push({ key, facts: await describeKey(key, now), change: "added", confirmed: { by: "person" } });
      }
    }
    return applyAll(layout, planned, apply);
  };
  return apply ? locked(layout, "toolchain key import", work) : work();
}

/**
 * Brings the keyring up to date from a file: of keys that it has, new subkeys and dates, each signed by the primary key itself; and new primary keys, where
 * a key of the keyring has certified them or the person gives the fingerprint. OPENPGP_KEY_UNVOUCHED where there is nothing of either kind.
 */
export async function updateKeys(
  layout: Layout,
  file: KeyFile,
  { fingerprint, now, apply }: ChangeOptions,
): Promise<readonly KeyChange[]> {
  const keys = await readKeys(file.bytes, file.name);
  if (fingerprint !== undefined) demandAmong(keys, fingerprint, file);
  const work = async (): Promise<readonly KeyChange[]> => {
    const known = await readKeyring(layout);
    const planned: Planned[] = [];
    for (const key of keys) {
      const own = fingerprintOf(key);
      const before = known.find((each) => fingerprintOf(each.key) === own);
      if (before !== undefined) {
        planned.push(await merge(before, key, now));
        continue;
      }
      let confirmed: Confirmation | null = own === fingerprint ? { by: "person" } : null;
      for (const each of known)
        if (confirmed === null && (await isCertifiedBy(key, each.key, now)))
          confirmed = { by: "key", fingerprint: fingerprintOf(each.key) };
      if (confirmed !== null) await refuseUnlessSound(key, now, file.name);
      const change = confirmed === null ? "left-out" : "added";
      planned.push({ key, facts: await describeKey(key, now), change, confirmed });
    }
    if (planned.every((each) => each.change === "left-out"))
      throw new MedkitError("OPENPGP_KEY_UNVOUCHED", { file: file.name, found: fingerprintsOf(keys) });
    return applyAll(layout, planned, apply);
  };
  return apply ? locked(layout, "toolchain key update", work) : work();
}

/** Takes a key out of the keyring. OPENPGP_KEY_UNKNOWN where it is not there. */
export async function removeKey(layout: Layout, fingerprint: string, apply: boolean): Promise<void> {
  const work = async (): Promise<void> => {
    const names = await readdir(layout.openpgp).catch((): string[] => []);
    if (!names.includes(`${fingerprint}.json`)) throw new MedkitError("OPENPGP_KEY_UNKNOWN", { fingerprint });
    if (!apply) return;
    await rm(layout.openpgpKey(fingerprint));
    await syncFolder(layout.openpgp);
  };
  await (apply ? locked(layout, "toolchain key remove", work) : work());
}

/** The keys of the keyring that are shown to a person. */
export async function listKeys(
  layout: Layout,
  now: Date,
): Promise<readonly (KeyFacts & { readonly confirmed: Confirmation })[]> {
  const listed: (KeyFacts & { readonly confirmed: Confirmation })[] = [];
  for (const { record, key } of await readKeyring(layout))
    listed.push({ ...(await describeKey(key, now)), confirmed: record.confirmed });
  return listed;
}
