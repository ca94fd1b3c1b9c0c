import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import {
  ChecksumDatabase,
  formatRecord,
  moduleName,
  openTreeHead,
  type ModuleVersion,
  type NoteVerifier,
  type ProvenRecord,
  type TreeHead,
} from "../module/index.ts";
import {
  infoText,
  lookupPath,
  openProven,
  ProvenFiles,
  readInventory,
  settleDatabase,
  storedRecord,
  writeIndexFiles,
  writeInfo,
  type ObjectStore,
  type ProvenKind,
  type StoredVersion,
  type Upstream,
} from "../proxy/index.ts";
import { provenBy } from "./apply-sync.ts";
import { troubleOf } from "./read-go-mod.ts";
import type { SyncResult, Trouble, WantedVersion } from "./types.ts";

/** A GOPROXY tree with the database's files, such as a kit's `modules/`. */
export interface MergeSource {
  readonly store: ObjectStore;
  /** The same tree, to fetch from. */
  readonly upstream: Upstream;
}

export interface MergePlan {
  /** The head that everything is proven against. */
  readonly head: TreeHead;
  readonly fresh: readonly (WantedVersion & Pick<ProvenRecord, "recordId" | "record" | "h1" | "goModH1">)[];
  readonly present: number;
  /** Versions whose record cannot be proven by what the tree and the store hold. */
  readonly refused: readonly Trouble[];
  readonly client: ChecksumDatabase;
}

type MergePorts = Pick<Ports, "signal" | "clock">;

/**
 * Looks which versions of a tree the store lacks, and proves their records without asking anybody: in the tree of the newest signed head of the two, in which every
 * record of the store can be proven again, out of the tiles of both. Where the two heads differ nothing shows that one continues the other; that each record is in the chosen one does.
 */
export async function planMerge(store: ObjectStore, source: MergeSource, verifier: NoteVerifier): Promise<MergePlan> {
  const own = provenBy(verifier.name, (await readInventory(store)).versions);
  const { versions } = await readInventory(source.store);
  const heads = await headsOf([store, source.store], verifier);
  for (const head of heads) {
    const client = clientAt(head, [store, source.store], verifier);
    const kept = await Promise.all(own.map((each) => proveStored(client, store, each)));
    if (kept.some((each) => "code" in each)) continue;
    return await planAt(client, head, store, source, versions);
  }
  throw new MedkitError("DATABASE_UNAVAILABLE", {
    database: verifier.name,
    path: "latest",
    reasons: "neither tree has a head in which all that is stored can be proven",
  });
}

async function planAt(
  client: ChecksumDatabase,
  head: TreeHead,
  store: ObjectStore,
  source: MergeSource,
  versions: readonly StoredVersion[],
): Promise<MergePlan> {
  const fresh: MergePlan["fresh"][number][] = [];
  const refused: Trouble[] = [];
  let present = 0;
  for (const { path, version, files } of versions) {
    const zip = [...files].some((name) => name.endsWith(".zip"));
    if (await isStored(store, { path, version, zip })) {
      present++;
      continue;
    }
    const proven = await proveStored(client, source.store, { path, version });
    if ("code" in proven) refused.push(proven);
    else fresh.push({ ...proven, path, version, zip });
  }
  return { head, fresh, present, refused, client };
}

/** Signed heads of the trees, newest first. */
async function headsOf(stores: readonly ObjectStore[], verifier: NoteVerifier): Promise<readonly TreeHead[]> {
  const heads: TreeHead[] = [];
  for (const each of stores) {
    const note = await each.read(`sumdb/${verifier.name}/latest`);
    if (note !== undefined) heads.push(openTreeHead(note.toString("utf8"), verifier));
  }
  return heads.toSorted((a, b) => b.size - a.size);
}

function clientAt(head: TreeHead, stores: readonly ObjectStore[], verifier: NoteVerifier): ChecksumDatabase {
  const fetch = async (path: string): Promise<Buffer | undefined> => {
    for (const each of stores) {
      const found = await each.read(`sumdb/${verifier.name}/${path}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const ops = { fetch, readCache: () => Promise.resolve(undefined), writeCache: () => Promise.resolve() };
  return new ChecksumDatabase(verifier, ops, { pinned: head.note });
}

async function proveStored(
  client: ChecksumDatabase,
  store: ObjectStore,
  module: ModuleVersion,
): Promise<ProvenRecord | Trouble> {
  try {
    const record = await storedRecord(store, client.databaseName, module);
    if (record !== undefined) return await client.prove(module, record);
    const params = { database: client.databaseName, path: lookupPath(module), reasons: "the tree has no such record" };
    throw new MedkitError("DATABASE_UNAVAILABLE", params);
  } catch (error) {
    return troubleOf(moduleName(module), error);
  }
}

async function isStored(store: ObjectStore, wanted: WantedVersion): Promise<boolean> {
  for (const kind of wanted.zip ? (["zip", "mod"] as const) : (["mod"] as const)) {
    const found = await openProven(store, kind, wanted);
    await found?.file[Symbol.asyncDispose]();
    if (found === undefined) return false;
  }
  return true;
}

/** Takes over what a plan has as new; each file is held against its record. Ends with a database in the plan's head. */
export async function applyMerge(
  { signal, clock }: MergePorts,
  { head, fresh, refused, client }: MergePlan,
  store: ObjectStore,
  { upstream }: MergeSource,
): Promise<SyncResult> {
  const failed: Trouble[] = [...refused];
  let [fetched, bytes] = [0, 0];
  for (const each of fresh) {
    signal.throwIfAborted();
    try {
      const prover = { judge: (kind: ProvenKind) => Promise.resolve(judgeBy(each, kind, client.databaseName)) };
      const files = new ProvenFiles({ clock, store, prover });
      for (const kind of each.zip ? (["mod", "zip"] as const) : (["mod"] as const)) {
        await files.fetch(kind, each, upstream);
        const found = await files.open(kind, each);
        bytes += found?.file.size ?? 0;
        await found?.file[Symbol.asyncDispose]();
      }
      const info = await upstream.info(each);
      if (info !== undefined) await writeInfo(store, each, Buffer.from(infoText(info)));
      const record = formatRecord({ id: each.recordId, text: each.record, note: head.note });
      await store.write(`sumdb/${client.databaseName}/${lookupPath(each)}`, Buffer.from(record));
      fetched++;
    } catch (error) {
      signal.throwIfAborted();
      failed.push(troubleOf(moduleName(each), error));
    }
  }
  for (const path of new Set(fresh.map((each) => each.path))) await writeIndexFiles(store, path);
  const modules = provenBy(client.databaseName, (await readInventory(store)).versions);
  const records = modules.length === 0 ? 0 : await settleDatabase(store, client, modules);
  return { fetched, bytes, failed, records };
}

function judgeBy(each: MergePlan["fresh"][number], kind: ProvenKind, database: string) {
  const published = kind === "zip" ? each.h1 : each.goModH1;
  return ({ h1, source }: { readonly h1: string; readonly source: string }): Promise<string> => {
    if (h1 === published) return Promise.resolve(`${database}#${each.recordId}`);
    return Promise.reject(
      new MedkitError("MODULE_MISMATCH", { module: moduleName(each), source, found: h1, published }),
    );
  };
}
