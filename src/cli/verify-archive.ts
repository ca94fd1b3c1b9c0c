import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Evidence } from "../core/evidence.ts";
import { parseToolchainName, platformText, toolchainName, type Platform } from "../core/go-version.ts";
import type { TrustLevel } from "../core/toolchain-words.ts";
import type { ProvenRecord } from "../module/index.ts";
import { openHome, withStaging, type Layout } from "../state/index.ts";
import {
  archiveName,
  databaseEvidence,
  findRecord,
  hashTree,
  identifyGoroot,
  localSource,
  parseModuleVersion,
  signatureBeside,
  toolchainHash1,
  unpackGoArchive,
  type ToolchainRequest,
  type TreeFile,
} from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import type { Supply } from "./toolchain-sources.ts";
import type { TrustJob } from "./trust-job.ts";

/** What is published of Go as a file. */
const published = /\.(?:tar\.gz|tgz|zip|msi|pkg)$/;

export async function isArchive(path: string): Promise<boolean> {
  return published.test(path) && ((await stat(path).catch(() => undefined))?.isFile() ?? false);
}

export interface ArchiveVerdict {
  /** Undefined for forms that medkit does not unpack, under a name that does not say it. */
  readonly request: ToolchainRequest | undefined;
  readonly evidence: readonly Evidence[];
  readonly record: ProvenRecord | undefined;
  /** The archive's tree; undefined for forms that medkit does not unpack. */
  readonly files: readonly TreeFile[] | undefined;
  readonly h1: string | undefined;
}

interface Wish {
  readonly path: string;
  readonly platform: Platform;
  readonly minimum: TrustLevel;
}

/** Version and platform by the published name: `go1.22.5.linux-armv6l.tar.gz`, or a module zip's. */
function requestOfName(name: string): ToolchainRequest | undefined {
  const bare = name.replace(published, "");
  const found = parseModuleVersion(bare) ?? parseToolchainName(bare);
  if (found?.platform.arch !== "armv6l") return found;
  return { ...found, platform: { ...found.platform, arch: "arm" } };
}

function same(request: ToolchainRequest, found: ToolchainRequest, name: string): void {
  if (toolchainName(found) === toolchainName(request)) return;
  throw new MedkitError("TOOLCHAIN_OTHER_VERSION", { subject: `${name}: it is ${toolchainName(found)}` });
}

/**
 * Holds a published archive against all that is at hand: checksums, its signature, and, by its unpacked tree, the checksum database. What contradicts is an
 * error with its own code. CHECKSUM_…, SIGNATURE_…, ARCHIVE_…, TOOLCHAIN_MISMATCH, TOOLCHAIN_OTHER_VERSION, and what the lookup throws.
 */
export async function verifyArchive(
  context: CommandContext,
  layout: Layout,
  supply: Supply,
  trust: TrustJob,
  { path, platform, minimum }: Wish,
): Promise<ArchiveVerdict> {
  const name = basename(path);
  const form = /\.(?:tar\.gz|tgz)$/.test(name)
    ? "archive"
    : parseModuleVersion(name.replace(/\.zip$/, "")) === undefined
      ? "other"
      : "module";
  const { work } = await openHome(layout.home);
  return withStaging(work, "verify-archive", async (staging) => {
    const goroot = join(staging.path, "goroot");
    await mkdir(goroot);
    let request = requestOfName(name);
    const named = request !== undefined;
    if (request === undefined && form === "archive") {
      await unpackGoArchive(path, goroot);
      request = await identifyGoroot(goroot, platform);
    }
    const record =
      request === undefined || form === "other"
        ? undefined
        : await findRecord(supply.records, request, minimum, (reason) => {
            const text = context.t.text("evidence.notAsked", { reason });
            context.ports.progress.emit({ type: "note", level: "warning", text });
          });
    const level = minimum === "sha256" || minimum === "openpgp" ? minimum : undefined;
    const needed = record === undefined ? level : undefined;
    const listed = form === "archive" && request !== undefined ? archiveName(request) : name;
    const evidence = await trust.examine(
      { path, name: listed, host: undefined, signature: () => signatureBeside(path) },
      needed,
    );
    if (form === "other" || request === undefined)
      return { request, evidence, record: undefined, files: undefined, h1: undefined };
    if (named) {
      if (form === "archive") await unpackGoArchive(path, goroot);
      else await localSource([path], { anyName: true }).fetch(request, goroot);
      same(request, await identifyGoroot(goroot, request.platform), name);
    }
    const files = await hashTree(goroot);
    const h1 = toolchainHash1(request, files);
    if (record === undefined) return { request, evidence, record, files, h1 };
    if (h1 !== record.h1)
      throw new MedkitError("TOOLCHAIN_MISMATCH", {
        subject: `${name} (go${request.version} ${platformText(request.platform)}): ${h1}, published ${record.h1}`,
      });
    const proven = databaseEvidence(supply.database.databaseName, record);
    return { request, evidence: [...evidence, proven], record, files, h1 };
  });
}
