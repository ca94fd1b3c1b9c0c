import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { platformText, toolchainName, type Release } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import type { ProvenRecord } from "../module/index.ts";
import { requireSpace, withStaging } from "../state/index.ts";
import {
  findRecord,
  hashTree,
  isOutsideModuleForm,
  localSource,
  proofOf,
  toolchainHash1,
  toolchainModuleVersion,
  type RecordSource,
} from "../toolchain/index.ts";
import { compareTrees, type Tree } from "./compare.ts";
import { makeModuleZip } from "./make.ts";
import type { Match, Proven, Rebuilt } from "./types.ts";

/** Octets that a rebuild needs on the disk: a tree, its build cache, its archives. */
const needed = 3_000_000_000;

/** A toolchain on this host whose tree the checksum database has proven. */
export interface ProvenTree extends Proven {
  readonly goroot: string;
}

export interface RebuildOptions {
  readonly work: string;
  /** Of the wanted version, for a port that can be had. */
  readonly source: ProvenTree;
  readonly bootstrap: ProvenTree;
  readonly records: RecordSource;
  /** An archive, module zip or GOROOT of the published toolchain. It is proven before anything is compared with it. */
  readonly reference?: string;
  /** By which a second rebuild is made where nothing else can be compared with. */
  readonly second?: ProvenTree;
}

/** One run of make.bash; the tree that it made lies in `folder/goroot`, as a toolchain's module zip unpacks. */
async function build(
  ports: Ports,
  release: Release,
  folder: string,
  source: ProvenTree,
  bootstrap: ProvenTree,
): Promise<Tree> {
  await mkdir(folder, { recursive: true });
  const zip = await makeModuleZip(ports, { release, folder, source: source.goroot, bootstrap: bootstrap.goroot });
  const goroot = join(folder, "goroot");
  await mkdir(goroot);
  const module = join(folder, `${toolchainModuleVersion(release.version, release.platform)}.zip`);
  await rename(zip, module);
  await rm(join(folder, "go"), { recursive: true });
  await localSource([module]).fetch(release, goroot);
  await rm(module);
  return { goroot, files: await hashTree(goroot) };
}

/**
 * Rebuilds a toolchain from the source in another port of the same version, and finds out whether it is the published one: by the checksum database's hash,
 * else file by file against a proven reference, else by a second rebuild. Another port's programs that Apple has signed can never have the
 * database's hash; for every other port a different hash is REBUILD_DIFFERS, as is a file that differs from the reference. `use` gets the finished tree, which
 * is gone afterwards.
 */
export async function rebuildToolchain<Result>(
  ports: Ports,
  release: Release,
  options: RebuildOptions,
  use: (rebuilt: Rebuilt) => Promise<Result>,
): Promise<Result> {
  const { work, source, bootstrap, records } = options;
  await requireSpace(work, needed);
  // A port that the database has not, or that it cannot be asked about, has nothing to be equal to.
  const record = await findRecord(records, release, "sha256", () => undefined);
  return await withStaging(work, "rebuild", async (staging) => {
    const first = await build(ports, release, join(staging.path, "first"), source, bootstrap);
    const h1 = toolchainHash1(release, first.files);
    const recipe = { source: provenOf(source), bootstrap: provenOf(bootstrap) };
    const match = await findMatch(ports, release, options, { tree: first, h1, record, folder: staging.path });
    return await use({ release, goroot: first.goroot, h1, files: first.files, recipe, match, published: record?.h1 });
  });
}

function provenOf({ release, h1 }: Proven): Proven {
  return { release, h1 };
}

interface Candidate {
  readonly tree: Tree;
  readonly h1: string;
  readonly record: ProvenRecord | undefined;
  readonly folder: string;
}

async function findMatch(
  ports: Ports,
  release: Release,
  options: RebuildOptions,
  candidate: Candidate,
): Promise<Match> {
  const { record, h1, tree, folder } = candidate;
  if (record?.h1 === h1) return { kind: "checksum-database", evidence: proofOf(record) };
  if (options.reference !== undefined) return await matchReference(release, options.reference, candidate);
  if (record !== undefined && release.platform.os !== "darwin") throw differs(release, `${h1}, published ${record.h1}`);
  if (options.second === undefined) return { kind: "none" };
  const second = await build(ports, release, join(folder, "second-rebuild"), options.source, options.second);
  const again = toolchainHash1(release, second.files);
  if (again !== h1) {
    const { different } = await compareTrees(tree, second);
    throw differs(release, `two rebuilds are not the same: ${list(different)}`);
  }
  return { kind: "second-rebuild", bootstrap: provenOf(options.second) };
}

async function matchReference(release: Release, path: string, { tree, record, folder }: Candidate): Promise<Match> {
  const name = `${toolchainName(release)} in ${path}`;
  if (record === undefined)
    throw new MedkitError("TOOLCHAIN_TRUST_MISSING", {
      wanted: "checksum-database",
      has: `nothing that proves ${name}`,
    });
  const goroot = join(folder, "reference");
  await mkdir(goroot);
  await localSource([path], { anyName: true }).fetch(release, goroot);
  const files = (await hashTree(goroot)).filter((file) => !isOutsideModuleForm(file.path));
  const found = toolchainHash1(release, files);
  if (found !== record.h1)
    throw new MedkitError("TOOLCHAIN_MISMATCH", { subject: `${name}: ${found}, published ${record.h1}` });
  const { different, signaturesStripped } = await compareTrees(tree, { goroot, files });
  if (different.length > 0) throw differs(release, list(different));
  return { kind: "reference", path, signaturesStripped };
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(", ");
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}

function differs(release: Release, problem: string): MedkitError {
  return new MedkitError("REBUILD_DIFFERS", {
    version: release.version,
    platform: platformText(release.platform),
    problem,
  });
}
