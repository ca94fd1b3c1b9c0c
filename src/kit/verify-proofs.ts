import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readTar } from "../archive/index.ts";
import { MedkitError } from "../core/errors.ts";
import { parsePlatform, toolchainName, type Platform } from "../core/go-version.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import {
  ChecksumDatabase,
  escapeVersion,
  hashGoMod,
  hashModuleZip,
  isRecordProven,
  openTreeHead,
  sumdbTreeOps,
  type NoteVerifier,
} from "../module/index.ts";
import { isToolchainExecutable, toolchainAsModule, toolchainHash1 } from "../toolchain/index.ts";
import { chooseKey, type KeyVoucher, type OutsideKeys } from "./database-key.ts";
import { versionsFolder } from "./module-tree.ts";
import { parseSumFile, type SumLine } from "./sum-file.ts";
import type { KitManifest, ManifestModule, ManifestToolchain } from "./types.ts";

export interface Proofs {
  readonly database: string;
  /** The key that was used. */
  readonly key: string;
  /** `nobody`: the key is the kit's own word, and what was counted is in no database that anybody else knows: not checked. */
  readonly vouchedBy: KeyVoucher;
  readonly treeSize: number;
  readonly toolchains: number;
  /** Of these toolchains, those that were made from source and that nothing published vouches for: `go1.22.5 darwin/arm64`. */
  readonly rebuiltUnmatched: readonly string[];
  readonly modules: number;
  /** Modules that only the kit's own signature vouches for. */
  readonly privateModules: number;
  /** What could not be proven, for people; empty when all was. */
  readonly problems: readonly string[];
}

/** What the packed parts of a toolchain really hold. */
async function filesInParts(folder: string): Promise<readonly SumLine[]> {
  const lines: SumLine[] = [];
  for (const name of (await readdir(folder)).filter((file) => /^part-.*\.tar\.gz$/.test(file)).toSorted()) {
    for await (const entry of readTar(join(folder, name), { hash: true, alphabet: "any", compression: "gzip" })) {
      if (entry.kind !== "file") continue;
      const executable = (entry.mode & 0o111) !== 0;
      if (executable !== isToolchainExecutable(entry.path)) throw new Error(`${entry.path} has another executable bit`);
      lines.push({ path: entry.path, sha256: await entry.sha256() });
    }
  }
  return lines;
}

function isRebuilt({ verifiedBy }: ManifestToolchain): boolean {
  return verifiedBy === REBUILT_UNMATCHED;
}

/** Of any port but those whose programs Apple has signed a rebuild has the published hash: what has not is something else. */
function problemOfRebuilt({ os }: Platform): string | undefined {
  return os === "darwin" ? undefined : `a rebuild for ${os} would have the hash of the published toolchain`;
}

function problemOfProof(
  { version, h1, proof }: ManifestToolchain,
  platform: Platform,
  head: string,
  verifier: NoteVerifier,
): string | undefined {
  if (proof === undefined) return "it has no inclusion proof";
  const proven = isRecordProven(verifier, head, toolchainAsModule({ version, platform }), proof);
  if (proven === undefined) return "the inclusion proof does not hold";
  return proven.h1 === h1 ? undefined : "the database holds another hash";
}

async function proveToolchain(
  root: string,
  toolchain: ManifestToolchain,
  head: string,
  verifier: NoteVerifier,
): Promise<string | undefined> {
  const platform = parsePlatform(toolchain.platform);
  if (platform === undefined) return "unknown platform";
  const request = { version: toolchain.version, platform };
  const unproven = isRebuilt(toolchain)
    ? problemOfRebuilt(platform)
    : problemOfProof(toolchain, platform, head, verifier);
  if (unproven !== undefined) return unproven;
  const folder = join(root, "toolchains", toolchainName({ version: toolchain.version, platform }));
  const listed = parseSumFile(await readFile(join(folder, "files.txt"), "latin1"));
  if ("fault" in listed) return "files.txt is malformed";
  const packed = await filesInParts(folder);
  const asTree = packed.map((line) => ({ ...line, size: 0 }));
  if (toolchainHash1(request, asTree) !== toolchain.h1) return "the packed files are not those of the hash";
  const found = new Map(packed.map((line) => [line.path, line.sha256]));
  if (found.size !== listed.lines.length || listed.lines.some((line) => found.get(line.path) !== line.sha256))
    return "files.txt does not name the packed files";
  return undefined;
}

async function proveModule(
  tree: string,
  module: ManifestModule,
  database: ChecksumDatabase,
): Promise<string | undefined> {
  const file = join(versionsFolder(tree, module.path), escapeVersion(module.version));
  if (hashGoMod(await readFile(`${file}.mod`)) !== module.goModH1) return "its go.mod is not the one in the manifest";
  if (module.h1 !== undefined && (await hashModuleZip(`${file}.zip`, module.path, module.version)) !== module.h1)
    return "its zip is not the one in the manifest";
  if (module.verifiedBy === "kit-signature") return undefined;
  const record = await database.lookup(module);
  return record.goModH1 === module.goModH1 && (module.h1 === undefined || record.h1 === module.h1)
    ? undefined
    : "the database holds another hash";
}

/**
 * Proves again, from the kit alone, that its toolchains and modules are the published ones: signed tree head, inclusion of every record, and the
 * hash of the very bytes that are packed. Where nobody outside the kit vouches for the database's key, that shows only that the kit agrees with itself.
 */
export async function verifyProofs(root: string, manifest: KitManifest, outside?: OutsideKeys): Promise<Proofs> {
  const { checksumDatabase: named } = manifest;
  const problems: string[] = [];
  const chosen = chooseKey(manifest, outside);
  if (typeof chosen === "string") {
    const none = { toolchains: 0, rebuiltUnmatched: [], modules: 0, treeSize: 0, privateModules: 0 };
    return { database: named.name, key: named.key, vouchedBy: "nobody", ...none, problems: [chosen] };
  }
  const { verifier, vouchedBy } = chosen;
  const counts = { database: verifier.name, key: verifier.text, vouchedBy, toolchains: 0, modules: 0 };
  const attempt = async (subject: string, prove: () => Promise<string | undefined>): Promise<boolean> => {
    try {
      const problem = await prove();
      if (problem !== undefined) problems.push(`${subject}: ${problem}`);
      return problem === undefined;
    } catch (error) {
      problems.push(
        `${subject}: ${error instanceof MedkitError ? error.code : error instanceof Error ? error.message : String(error)}`,
      );
      return false;
    }
  };
  let treeSize = 0;
  await attempt("tree head", () => {
    treeSize = openTreeHead(named.head, verifier).size;
    return Promise.resolve(undefined);
  });
  for (const toolchain of manifest.toolchains) {
    if (
      await attempt(`go${toolchain.version} ${toolchain.platform}`, () =>
        proveToolchain(root, toolchain, named.head, verifier),
      )
    )
      counts.toolchains++;
  }
  const tree = join(root, "modules");
  const database = new ChecksumDatabase(verifier, sumdbTreeOps(tree, verifier), named.head);
  let privateModules = 0;
  for (const module of manifest.modules) {
    if (module.verifiedBy === "kit-signature") privateModules++;
    if (await attempt(`${module.path}@${module.version}`, () => proveModule(tree, module, database))) counts.modules++;
  }
  const rebuiltUnmatched = manifest.toolchains.filter(isRebuilt).map((each) => `go${each.version} ${each.platform}`);
  return {
    ...counts,
    toolchains: counts.toolchains - rebuiltUnmatched.length,
    rebuiltUnmatched,
    modules: counts.modules - privateModules,
    treeSize,
    privateModules,
    problems,
  };
}
