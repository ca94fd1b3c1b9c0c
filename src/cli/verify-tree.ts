import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { mergeEvidence, type Evidence } from "../core/evidence.ts";
import { toolchainName } from "../core/go-version.ts";
import type { TrustLevel } from "../core/toolchain-words.ts";
import { evidenceOf, findStored, type StoredToolchain } from "../goroot/index.ts";
import type { ProvenRecord } from "../module/index.ts";
import { openHome, withStaging, type Layout } from "../state/index.ts";
import {
  archiveName,
  compareWithArchive,
  databaseEvidence,
  findRecord,
  hashTree,
  verifyGoroot,
  type GorootCheck,
  type ToolchainRequest,
  type TreeFile,
} from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import type { Supply } from "./toolchain-sources.ts";
import type { TrustJob } from "./trust-job.ts";
import { verifyArchive } from "./verify-archive.ts";

/** A GOROOT to be verified. */
export interface Tree {
  readonly goroot: string;
  readonly request: ToolchainRequest;
  /** Where it is one of medkit's store. */
  readonly stored: StoredToolchain | undefined;
}

export interface TreeVerdict {
  readonly check: GorootCheck;
  /** What speaks for the tree, if the check finds no difference. */
  readonly evidence: readonly Evidence[];
  /** Of these, what was seen at the installation and could not be looked at again. */
  readonly atInstall: readonly Evidence[];
  readonly record: ProvenRecord | undefined;
}

interface Wish {
  readonly minimum: TrustLevel;
  /** The archive that the tree is to be compared with. */
  readonly archive: string | undefined;
  readonly signature: string | undefined;
  readonly checksumsNamed: boolean;
}

/** Published copies to compare with, the nearest first: medkit's own, then whatever each source gives. */
export function copiesOf(
  context: CommandContext,
  layout: Layout,
  supply: Supply,
  { request, goroot }: Pick<Tree, "request" | "goroot">,
): (() => Promise<readonly TreeFile[] | undefined>)[] {
  const asked = async (
    name: string,
    copy: () => Promise<readonly TreeFile[]>,
  ): Promise<readonly TreeFile[] | undefined> => {
    try {
      return await copy();
    } catch (error) {
      if (!(error instanceof MedkitError) || error.code === "INTERRUPTED") throw error;
      const reason = String(error.params["reasons"] ?? error.params["subject"] ?? error.code);
      context.ports.progress.emit({ type: "note", level: "info", text: `${name}: ${reason}` });
      return undefined;
    }
  };
  const own = async (): Promise<readonly TreeFile[] | undefined> => {
    const stored = await findStored(layout, request.version, request.platform);
    return stored === undefined || stored.goroot === goroot
      ? undefined
      : asked(stored.name, () => hashTree(stored.goroot));
  };
  const fetched = supply.sources.map(
    (source) => () =>
      asked(source.kind, async () => {
        const { work } = await openHome(layout.home);
        return await withStaging(work, "verify-toolchain", async (staging) => {
          const into = join(staging.path, "goroot");
          await mkdir(into);
          await source.fetch(request, into);
          return hashTree(into);
        });
      }),
  );
  return [own, ...fetched];
}

/** The h1 that a person's own list has for the tree. CHECKSUM_UNLISTED where it has none, CHECKSUM_MISMATCH where the database says otherwise. */
function listedHash(
  { checksums }: TrustJob,
  request: ToolchainRequest,
  record: ProvenRecord | undefined,
): { readonly h1: string; readonly evidence: Evidence } | undefined {
  if (checksums === undefined) return undefined;
  const file = archiveName(request);
  const h1 = checksums.sums.get(file)?.h1;
  if (h1 === undefined) throw new MedkitError("CHECKSUM_UNLISTED", { name: `${file} (h1)`, place: checksums.by });
  if (record !== undefined && record.h1 !== h1)
    throw new MedkitError("CHECKSUM_MISMATCH", { name: file, found: record.h1, published: h1, place: checksums.by });
  return { h1, evidence: { level: "sha256", file, sum: h1, by: checksums.by } };
}

/** Compares a tree with an archive, which is held against its own evidence first. TOOLCHAIN_OTHER_VERSION where it is another Go's. */
async function byArchive(
  context: CommandContext,
  layout: Layout,
  supply: Supply,
  trust: TrustJob,
  tree: Tree,
  wish: Wish & { readonly archive: string },
): Promise<TreeVerdict> {
  const { request, goroot } = tree;
  const { archive: path, minimum } = wish;
  const archive = await verifyArchive(context, layout, supply, trust, { path, platform: request.platform, minimum });
  if (archive.files === undefined || archive.request === undefined)
    throw new MedkitError("TOOLCHAIN_SOURCE_INVALID", { source: path });
  if (toolchainName(archive.request) !== toolchainName(request))
    throw new MedkitError("TOOLCHAIN_OTHER_VERSION", {
      subject: `${goroot} is ${toolchainName(request)}, the archive ${toolchainName(archive.request)}`,
    });
  const check = await compareWithArchive(goroot, request, archive.files, context.ports.signal);
  return { check, evidence: archive.evidence, atInstall: [], record: archive.record };
}

/**
 * Verifies a GOROOT: by an archive that a person has, else by the checksum database; where less is demanded and the database does not speak, by a list
 * with the tree's h1, or by the record of its installation. TOOLCHAIN_TRUST_MISSING where there is none of these.
 */
export async function verifyTree(
  context: CommandContext,
  layout: Layout,
  supply: Supply,
  trust: TrustJob,
  tree: Tree,
  wish: Wish,
): Promise<TreeVerdict> {
  const { request, goroot, stored } = tree;
  const { archive, minimum } = wish;
  if (archive !== undefined) return byArchive(context, layout, supply, trust, tree, { ...wish, archive });
  if (wish.signature !== undefined) throw new MedkitError("SIGNATURE_NONE_MADE", { name: goroot });
  const record = await findRecord(supply.records, request, minimum, (reason) => {
    const text = context.t.text("evidence.notAsked", { reason });
    context.ports.progress.emit({ type: "note", level: "warning", text });
  });
  const listed = wish.checksumsNamed ? listedHash(trust, request, record) : undefined;
  const published = record?.h1 ?? listed?.h1 ?? stored?.record?.h1;
  if (published === undefined) throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: "-" });
  const check = await verifyGoroot(goroot, request, {
    published,
    signal: context.ports.signal,
    copies: copiesOf(context, layout, supply, tree),
  });
  const now = [
    ...(listed === undefined ? [] : [listed.evidence]),
    ...(record === undefined ? [] : [databaseEvidence(supply.database.databaseName, record)]),
  ];
  // What was seen at the installation was seen of a tree of this hash.
  const before = stored?.record?.h1 === check.h1 ? evidenceOf(stored.record) : [];
  const evidence = mergeEvidence(before, now);
  return { check, evidence, atInstall: evidence.filter((each) => !now.includes(each)), record };
}
