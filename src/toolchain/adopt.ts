import { constants } from "node:fs";
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { DatabaseEvidence } from "../core/evidence.ts";
import { platformText, toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { demandUnchanged, findStored, removeStored, type LinkedFile, type StoreRecord } from "../goroot/index.ts";
import { publishFolder, requireSpace, withStaging, writeFileAtomic, type Layout } from "../state/index.ts";
import { hashTree, toolchainHash1 } from "./hash-tree.ts";
import { sealTree } from "./seal-tree.ts";
import { isOutsideModuleForm, pathInGoroot } from "./tree.ts";
import { publishedGoEnv, type GorootCheck } from "./verify-goroot.ts";

function recordOf({ check, source, evidence }: AdoptOptions): StoreRecord {
  const { version, platform } = check.request;
  return {
    schema: "medkit/stored-toolchain/v1",
    version,
    platform: platformText(platform),
    h1: check.h1,
    trust: "checksum-database",
    source,
    evidence: [evidence],
  };
}

/** A folder that takes the place of what the store had under its name, if anything. */
async function publish(layout: Layout, name: string, folder: string, sync: "names" | "tree"): Promise<void> {
  await removeStored(layout, name);
  await publishFolder(folder, layout.toolchain(name), { sync });
}

/** Copies what the published toolchain has; `leave` are paths of the tree that it has not. */
async function copyTree(ports: Ports, from: string, into: string, leave: ReadonlySet<string>): Promise<void> {
  const waiting = [""];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    ports.signal.throwIfAborted();
    await mkdir(join(into, below), { recursive: true });
    const entries = await readdir(join(from, below), { withFileTypes: true });
    const names = new Set(entries.map((entry) => entry.name));
    for (const entry of entries) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && !isOutsideModuleForm(`${path}/`)) waiting.push(path);
      else if (entry.isFile() && !leave.has(path) && !(entry.name === "_go.mod" && names.has("go.mod")))
        await copyFile(join(from, path), join(into, pathInGoroot(path)), constants.COPYFILE_FICLONE);
    }
  }
}

export interface AdoptOptions {
  readonly layout: Layout;
  /** Of the tree, as it was just verified. What differs in it and is no file of the published toolchain is left behind; so is a setting in go.env. */
  readonly check: GorootCheck;
  /** Where it came from, for people. */
  readonly source: string;
  /** What the tree was held against. */
  readonly evidence: DatabaseEvidence;
}

/**
 * Puts a copy of a verified GOROOT into the store, read-only and exactly as published: the copy itself is proven, whatever became of the original
 * meanwhile. Replaces a linked one. TOOLCHAIN_MISMATCH, FILE_UNREADABLE, HOST_NO_SPACE, HOST_READ_ONLY.
 */
export async function copyGoroot(ports: Ports, options: AdoptOptions): Promise<void> {
  const { layout, check } = options;
  const { request, goroot, published, differences } = check;
  const name = toolchainName(request);
  await requireSpace(layout.work, check.bytes);
  await withStaging(layout.work, "adopt-toolchain", async (staging) => {
    const folder = join(staging.path, "toolchain");
    const into = join(folder, "goroot");
    const leave = new Set(differences.map((each) => each.path));
    try {
      await copyTree(ports, goroot, into, leave);
      if (differences.some((each) => each.kind === "local-go-env"))
        await writeFile(join(into, "go.env"), publishedGoEnv(await readFile(join(goroot, "go.env"), "utf8")));
    } catch (error) {
      if (!["EACCES", "EPERM", "ENOENT"].includes(systemCode(error) ?? "")) throw error;
      const path = error instanceof Error && "path" in error ? String(error.path) : goroot;
      throw new MedkitError("FILE_UNREADABLE", { path }, { cause: error });
    }
    const found = toolchainHash1(request, await hashTree(into));
    if (found !== published)
      throw new MedkitError("TOOLCHAIN_MISMATCH", {
        subject: `${name} from ${goroot}: ${found}, published ${published}`,
      });
    const entry = { ...recordOf(options), h1: found };
    await writeFile(join(folder, "toolchain.json"), `${JSON.stringify(entry)}\n`);
    await sealTree(ports, folder);
    await publish(layout, name, folder, "names");
  });
}

/**
 * Puts a link to a verified GOROOT into the store. `files` were noted before the verification, so that what is compared later is what was verified.
 * Replaces another linked one. TOOLCHAIN_LINK_CHANGED where the tree changed meanwhile, HOST_READ_ONLY, HOST_NO_SPACE.
 */
export async function linkGoroot(options: AdoptOptions, files: readonly LinkedFile[]): Promise<void> {
  const { layout, check } = options;
  const { request, goroot, differences } = check;
  const name = toolchainName(request);
  await demandUnchanged(name, goroot, files);
  const accepted = differences.map((each) => each.kind);
  const entry: StoreRecord = {
    ...recordOf(options),
    ...(accepted.length === 0 ? {} : { accepted }),
    linked: { target: goroot, files },
  };
  const text = `${JSON.stringify(entry)}\n`;
  const before = await findStored(layout, request.version, request.platform);
  if (before?.record?.linked?.target === goroot)
    return writeFileAtomic(join(layout.toolchain(name), "toolchain.json"), text);
  await withStaging(layout.work, "adopt-toolchain", async (staging) => {
    const folder = join(staging.path, "toolchain");
    await mkdir(folder);
    await symlink(goroot, join(folder, "goroot"));
    await writeFile(join(folder, "toolchain.json"), text);
    await publish(layout, name, folder, "tree");
  });
}
