import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import { platformText, toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import { removeStored, type StoreRecord } from "../goroot/index.ts";
import type { ProvenRecord } from "../module/index.ts";
import { publishFolder, withStaging, type Layout } from "../state/index.ts";
import type { RecordSource } from "./database.ts";
import { hashTree, toolchainHash1 } from "./hash-tree.ts";
import { sealTree } from "./seal-tree.ts";
import { isOutsideModuleForm, toolchainModule, toolchainModuleVersion } from "./tree.ts";
import type { Toolchain, ToolchainRequest, ToolchainSource } from "./types.ts";

export interface AcquireOptions {
  readonly layout: Layout;
  readonly database: RecordSource;
  /** In the order in which they are asked. */
  readonly sources: readonly ToolchainSource[];
}

async function readStored(folder: string): Promise<Pick<StoreRecord, "source" | "trust"> | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, "toolchain.json"), "utf8")) as Pick<StoreRecord, "source" | "trust">;
  } catch {
    // Absent or torn: the toolchain is fetched again.
    return undefined;
  }
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

function describe(
  request: ToolchainRequest,
  goroot: string,
  source: string,
  record: ProvenRecord,
  files: Toolchain["files"],
): Toolchain {
  const { recordId, record: text, treeSize, hashes, h1 } = record;
  return {
    request,
    goroot,
    moduleVersion: toolchainModuleVersion(request.version, request.platform),
    h1,
    evidence: { recordId, record: text, treeSize, hashes },
    source,
    files,
  };
}

/** Removes what a published archive has beyond the module form, so that every file of the tree is covered by the proven hash. */
async function keepModuleForm(root: string, files: Toolchain["files"]): Promise<Toolchain["files"]> {
  const extra = new Set(
    files.filter((file) => isOutsideModuleForm(file.path)).map((file) => file.path.split("/", 1)[0] ?? ""),
  );
  for (const folder of extra) await rm(join(root, folder), { recursive: true });
  return files.filter((file) => !isOutsideModuleForm(file.path));
}

/**
 * Gives a toolchain whose every byte has the hash that the checksum database proves, whoever served it. Each source is asked in turn; what a
 * source gave and the database contradicts is thrown away, reported, and the next one is asked. TOOLCHAIN_UNAVAILABLE with every
 * reason where no source is left; TOOLCHAIN_MISMATCH where that was the only reason.
 */
export async function acquireToolchain(
  ports: Ports,
  request: ToolchainRequest,
  { layout, database, sources }: AcquireOptions,
): Promise<Toolchain> {
  const name = toolchainName(request);
  const record = await database.lookup({
    path: toolchainModule,
    version: toolchainModuleVersion(request.version, request.platform),
  });
  const stored = layout.toolchain(name);
  const known = await readStored(stored);
  // One that was made here and matched to nothing is not what the database proves; it stays until that is at hand.
  const isUnmatched = known?.trust === REBUILT_UNMATCHED;
  if (known !== undefined && !isUnmatched) {
    const goroot = join(stored, "goroot");
    const files = await hashIfWhole(goroot);
    if (files !== undefined && toolchainHash1(request, files) === record.h1)
      return describe(request, goroot, known.source, record, files);
    ports.progress.emit({
      type: "note",
      level: "warning",
      text: `${name}: the stored copy is damaged and is fetched again`,
    });
    await removeStored(layout, name);
  }
  const refusals: string[] = [];
  let mismatch: MedkitError | undefined;
  for (const source of sources) {
    const step = `toolchain ${name}`;
    const started = ports.clock.monotonic();
    ports.progress.emit({ type: "step-start", step, detail: source.kind });
    try {
      const toolchain = await withStaging(layout.work, "toolchain", async (staging) => {
        const folder = join(staging.path, "toolchain");
        const goroot = join(folder, "goroot");
        await mkdir(goroot, { recursive: true });
        const { from } = await source.fetch(request, goroot);
        const files = await keepModuleForm(goroot, await hashTree(goroot));
        const found = toolchainHash1(request, files);
        if (found !== record.h1)
          throw new MedkitError("TOOLCHAIN_MISMATCH", {
            subject: `${name} from ${from}: ${found}, published ${record.h1}`,
          });
        const entry: StoreRecord = {
          schema: "medkit/stored-toolchain/v1",
          version: request.version,
          platform: platformText(request.platform),
          h1: found,
          trust: "checksum-database",
          source: from,
        };
        await writeFile(join(folder, "toolchain.json"), `${JSON.stringify(entry)}\n`);
        await sealTree(ports, folder);
        if (isUnmatched) await removeStored(layout, name);
        await publishFolder(folder, stored);
        return describe(request, join(stored, "goroot"), from, record, files);
      });
      ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
      return toolchain;
    } catch (error) {
      if (!(error instanceof MedkitError) || error.code === "HOST_NO_SPACE" || error.code === "INTERRUPTED")
        throw error;
      if (error.code === "TOOLCHAIN_MISMATCH") mismatch = error;
      const reason = String(error.params["reasons"] ?? error.params["subject"] ?? error.params["path"] ?? error.code);
      refusals.push(`${source.kind}: ${reason}`);
      ports.progress.emit({
        type: "note",
        level: "warning",
        text: `go${request.version} ${platformText(request.platform)}, ${source.kind}: ${reason}`,
      });
    }
  }
  if (mismatch !== undefined && refusals.length === 1) throw mismatch;
  throw new MedkitError("TOOLCHAIN_UNAVAILABLE", {
    version: request.version,
    platform: platformText(request.platform),
    reasons: refusals.join("; "),
  });
}
