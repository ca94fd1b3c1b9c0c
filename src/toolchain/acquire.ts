import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import { meetsTrust, mergeEvidence, trustOf, type DatabaseEvidence, type Evidence } from "../core/evidence.ts";
import { platformText, toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { REBUILT_UNMATCHED, type TrustLevel } from "../core/toolchain-words.ts";
import { evidenceOf, removeStored, type StoreRecord } from "../goroot/index.ts";
import type { ProvenRecord } from "../module/index.ts";
import { publishFolder, withStaging, writeFileAtomic, type Layout } from "../state/index.ts";
import { askSources, type Delivery, type Liars } from "./ask-sources.ts";
import { findRecord, proofOf, type RecordSource } from "./database.ts";
import type { ArchiveAtHand } from "./examine-archive.ts";
import { hashTree, toolchainHash1 } from "./hash-tree.ts";
import { sealTree } from "./seal-tree.ts";
import { localSource } from "./sources/index.ts";
import { isOutsideModuleForm, toolchainModuleVersion } from "./tree.ts";
import type { Fetched, FetchOptions, Toolchain, ToolchainRequest, ToolchainSource } from "./types.ts";
import { identifyGoroot } from "./verify-goroot.ts";

export interface AcquireOptions {
  readonly layout: Layout;
  readonly database: RecordSource;
  /** In the order in which they are asked. */
  readonly sources: readonly ToolchainSource[];
  /** What has lied in this command so far; grows. */
  readonly liars?: Liars;
}

/** The level that has to be there of evidence that archives can have. */
export type ArchiveLevel = Extract<TrustLevel, "sha256" | "openpgp">;

export interface Demand {
  readonly minimum: TrustLevel;
  /** Name of the database, as evidence gives it. */
  readonly databaseName: string;
  /** Holds an archive against what is at hand besides the database. `needed`: evidence that nothing else will give. */
  readonly examine?: (archive: ArchiveAtHand, needed: ArchiveLevel | undefined) => Promise<readonly Evidence[]>;
  /** A person named a signature or list: an archive has to be looked at, though the toolchain may be there. */
  readonly examineAlways?: boolean;
  /** Throws where the tree's hash is not wanted, such as one that is not the project's lock's. Called before anything is fetched where the database speaks. */
  readonly demandHash?: (h1: string) => void;
}

/** A toolchain of the store, with all that speaks for it. */
export interface Obtained {
  readonly request: ToolchainRequest;
  readonly goroot: string;
  readonly h1: string;
  readonly source: string;
  readonly files: Toolchain["files"];
  /** Weakest first. */
  readonly evidence: readonly Evidence[];
  readonly trust: TrustLevel;
  /** Undefined where the database has no record of it, or could not be asked. */
  readonly record: ProvenRecord | undefined;
  /** Undefined where it was in the store already. */
  readonly delivery?: Delivery;
}

async function readStored(folder: string): Promise<Partial<StoreRecord> | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, "toolchain.json"), "utf8")) as Partial<StoreRecord>;
  } catch {
    // Absent or torn: the toolchain is fetched again.
    return undefined;
  }
}

/**
 * False where it stays only until what is demanded is at hand: one that was made here and matched to nothing is none of the levels, and somebody else's tree
 * may change at any time; what is installed or packed is medkit's own copy.
 */
function isKept(known: Partial<StoreRecord>): known is Partial<StoreRecord> & { readonly trust?: TrustLevel } {
  return known.trust !== REBUILT_UNMATCHED && known.linked === undefined;
}

/** Undefined where something is in the tree that no toolchain has, or the tree itself is gone. */
async function hashIfWhole(goroot: string): Promise<Toolchain["files"] | undefined> {
  try {
    return await hashTree(goroot);
  } catch (error) {
    if (error instanceof MedkitError || systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes what a published archive has beyond the module form, so that every file of the tree is covered by the hash. */
async function keepModuleForm(root: string, files: Toolchain["files"]): Promise<Toolchain["files"]> {
  const extra = new Set(
    files.filter((file) => isOutsideModuleForm(file.path)).map((file) => file.path.split("/", 1)[0] ?? ""),
  );
  for (const folder of extra) await rm(join(root, folder), { recursive: true });
  return files.filter((file) => !isOutsideModuleForm(file.path));
}

export function databaseEvidence(by: string, record: ProvenRecord): DatabaseEvidence {
  const { h1, recordId, treeSize } = record;
  return { level: "checksum-database", by, h1, recordId, treeSize };
}

/** A signature and a sum say nothing of version and platform: an older Go with its own good signature must not pass for a newer one. */
async function demandIdentity(request: ToolchainRequest, goroot: string, from: string): Promise<void> {
  const found = await identifyGoroot(goroot, request.platform);
  if (toolchainName(found) === toolchainName(request)) return;
  throw new MedkitError("TOOLCHAIN_OTHER_VERSION", {
    subject: `${toolchainName(request)} from ${from}: it is ${toolchainName(found)}`,
  });
}

/** Refuses what has less than the demanded evidence, with the reason that a person can do something about. */
function demandTrust(evidence: readonly Evidence[], minimum: TrustLevel, from: string, examined: boolean): TrustLevel {
  const trust = trustOf(evidence);
  if (trust !== undefined && meetsTrust(trust, minimum)) return trust;
  if (minimum === "openpgp" && !examined) throw new MedkitError("SIGNATURE_NONE_MADE", { name: from });
  throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: trust ?? "-" });
}

class Acquisition {
  readonly #ports: Ports;
  readonly #request: ToolchainRequest;
  readonly #options: AcquireOptions & { readonly demand: Demand };
  readonly #name: string;
  readonly #folder: string;

  constructor(ports: Ports, request: ToolchainRequest, options: AcquireOptions & { readonly demand: Demand }) {
    this.#ports = ports;
    this.#request = request;
    this.#options = options;
    this.#name = toolchainName(request);
    this.#folder = options.layout.toolchain(this.#name);
  }

  /** What is in the store already, as it is now; undefined where it is not there or damaged. */
  async stored(record: ProvenRecord | undefined): Promise<Obtained | undefined> {
    const known = await readStored(this.#folder);
    if (known === undefined || !isKept(known)) return undefined;
    const goroot = join(this.#folder, "goroot");
    const files = await hashIfWhole(goroot);
    const h1 = files === undefined ? undefined : toolchainHash1(this.#request, files);
    // Without a record only the hash that was written down at the installation can say whether it is what it was.
    if (files === undefined || h1 === undefined || h1 !== (record?.h1 ?? known.h1)) {
      const text = `${this.#name}: the stored copy is damaged and is fetched again`;
      this.#ports.progress.emit({ type: "note", level: "warning", text });
      await removeStored(this.#options.layout, this.#name);
      return undefined;
    }
    const { databaseName } = this.#options.demand;
    const now = record === undefined ? [] : [databaseEvidence(databaseName, record)];
    const evidence = mergeEvidence(evidenceOf(known), now);
    // A record of an older medkit has a level and no list.
    const trust = trustOf(evidence) ?? known.trust ?? "sha256";
    return { request: this.#request, goroot, h1, source: known.source ?? "-", files, evidence, trust, record };
  }

  /** What the store only links to is asked first: it needs no download where it is still as published. */
  async linkedSource(): Promise<readonly ToolchainSource[]> {
    const target = (await readStored(this.#folder))?.linked?.target;
    return typeof target === "string" ? [localSource([target])] : [];
  }

  /** What the database said when a tree was linked: it holds for every copy with that hash, and against every other, also where the database is out of reach. */
  async #proofOfLinked(): Promise<readonly DatabaseEvidence[]> {
    const known = await readStored(this.#folder);
    if (known?.linked === undefined) return [];
    return evidenceOf(known).filter((each) => each.level === "checksum-database");
  }

  #entry(
    { h1, trust, source, evidence }: Pick<Obtained, "h1" | "trust" | "source" | "evidence">,
    rebuilt?: StoreRecord["rebuilt"],
  ): string {
    const { version, platform } = this.#request;
    const entry: StoreRecord = {
      schema: "medkit/stored-toolchain/v1",
      version,
      platform: platformText(platform),
      h1,
      trust,
      source,
      evidence,
      ...(rebuilt === undefined ? {} : { rebuilt }),
    };
    return `${JSON.stringify(entry)}\n`;
  }

  /** Writes down what speaks for a toolchain that is there already. */
  async amend(obtained: Obtained): Promise<Obtained> {
    const path = join(this.#folder, "toolchain.json");
    const known = await readStored(this.#folder);
    // How it was made from source stays written down.
    const text = this.#entry(obtained, known?.rebuilt);
    if ((await readFile(path, "utf8")) !== text) await writeFileAtomic(path, text, { durable: true });
    return obtained;
  }

  async from(
    source: ToolchainSource,
    record: ProvenRecord | undefined,
    fetching: FetchOptions,
    before?: Obtained,
  ): Promise<Obtained> {
    const { layout, demand } = this.#options;
    const { minimum, examine } = demand;
    const needed = record === undefined && (minimum === "sha256" || minimum === "openpgp") ? minimum : undefined;
    return withStaging(layout.work, "toolchain", async (staging) => {
      const folder = join(staging.path, "toolchain");
      const goroot = join(folder, "goroot");
      await mkdir(goroot, { recursive: true });
      const fetched: Fetched = await source.fetch(this.#request, goroot, {
        ...fetching,
        examine: examine === undefined ? undefined : (archive) => examine(archive, needed),
      });
      const { from } = fetched;
      const examined = fetched.evidence !== undefined;
      if (!examined && demand.examineAlways === true) throw new MedkitError("SIGNATURE_NONE_MADE", { name: from });
      const files = await keepModuleForm(goroot, await hashTree(goroot));
      const h1 = toolchainHash1(this.#request, files);
      const earlier = record === undefined && before === undefined ? await this.#proofOfLinked() : [];
      const wanted = record?.h1 ?? before?.h1 ?? earlier[0]?.h1;
      if (wanted !== undefined && h1 !== wanted)
        throw new MedkitError("TOOLCHAIN_MISMATCH", {
          subject: `${this.#name} from ${from}: ${h1}, ${before !== undefined && record === undefined ? "installed" : "published"} ${wanted}`,
        });
      if (record === undefined) await demandIdentity(this.#request, goroot, from);
      const proven = record === undefined ? earlier : [databaseEvidence(demand.databaseName, record)];
      const evidence = mergeEvidence(before?.evidence ?? [], [...(fetched.evidence ?? []), ...proven]);
      const trust = demandTrust(evidence, minimum, from, examined);
      demand.demandHash?.(h1);
      if (before !== undefined) return this.amend({ ...before, evidence, trust, record });
      const obtained = { request: this.#request, h1, source: from, files, evidence, trust, record };
      await writeFile(join(folder, "toolchain.json"), this.#entry(obtained));
      await sealTree(this.#ports, folder);
      const known = await readStored(this.#folder);
      if (known !== undefined && !isKept(known)) await removeStored(this.#options.layout, this.#name);
      await publishFolder(folder, this.#folder);
      return { ...obtained, goroot: join(this.#folder, "goroot") };
    });
  }
}

/**
 * Puts a toolchain into the store that has at least the demanded evidence, whoever served it. Each source is asked in turn; what a source gave and the
 * evidence contradicts is thrown away, reported, and the next one is asked (see {@link askSources}). Where no source is left: the only one's own error, or the
 * first that failed verification, or TOOLCHAIN_UNAVAILABLE, with every reason.
 */
export async function obtainToolchain(
  ports: Ports,
  request: ToolchainRequest,
  options: AcquireOptions & { readonly demand: Demand },
): Promise<Obtained> {
  const { database, sources, demand, liars = new Set() } = options;
  const name = toolchainName(request);
  const record = await findRecord(database, request, demand.minimum, (reason) =>
    ports.progress.emit({ type: "note", level: "warning", text: `${name}: checksum database NOT CHECKED: ${reason}` }),
  );
  if (record !== undefined) demand.demandHash?.(record.h1);
  const acquisition = new Acquisition(ports, request, options);
  const before = await acquisition.stored(record);
  if (before !== undefined && meetsTrust(before.trust, demand.minimum) && demand.examineAlways !== true) {
    demand.demandHash?.(before.h1);
    return acquisition.amend(before);
  }
  const all = [...(await acquisition.linkedSource()), ...sources];
  const { result, delivery } = await askSources(ports, request, all, liars, (source, fetching) =>
    acquisition.from(source, record, fetching, before),
  );
  return { ...result, delivery };
}

/** As {@link obtainToolchain}, with the proof of the checksum database and nothing less. */
export async function acquireToolchain(
  ports: Ports,
  request: ToolchainRequest,
  options: AcquireOptions,
): Promise<Toolchain> {
  const demand: Demand = { minimum: "checksum-database", databaseName: options.database.databaseName ?? "-" };
  const { goroot, h1, source, files, record } = await obtainToolchain(ports, request, { ...options, demand });
  if (record === undefined) throw new MedkitError("UNEXPECTED", { detail: "a toolchain without its record" });
  const moduleVersion = toolchainModuleVersion(request.version, request.platform);
  return { request, goroot, moduleVersion, h1, evidence: proofOf(record), source, files };
}
