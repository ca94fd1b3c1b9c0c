import { hash as digest } from "node:crypto";
import { readdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import { parseGoVersion, platformText, type Platform } from "../core/go-version.ts";
import { hashFiles } from "./hash-files.ts";
import { toolchainHash1 } from "./hash-tree.ts";
import { isOutsideModuleForm, pathInGoroot } from "./tree.ts";
import type { ToolchainRequest, TreeFile } from "./types.ts";

/**
 * How a path of a GOROOT differs from the published toolchain. `local-go-env`: the file go.env, and only by GOTOOLCHAIN=local, as distributions and
 * container images set it.
 */
export interface TreeDifference {
  readonly path: string;
  readonly kind: "changed" | "missing" | "extra" | "link" | "special" | "local-go-env";
}

export interface GorootCheck {
  readonly request: ToolchainRequest;
  readonly goroot: string;
  /** Hash of the tree as the module zip's. */
  readonly h1: string;
  /** What h1 was held against. */
  readonly published: string;
  /** Files that the hash covers, and their octets. */
  readonly files: number;
  readonly bytes: number;
  /** Files in `api`, `doc`, `misc` and `test`: the published archive has them, the module form does not, and so they are not proven. */
  readonly outside: number;
  readonly differences: readonly TreeDifference[];
  /** False where the tree differs and no published copy was at hand to say in which files. */
  readonly named: boolean;
}

interface Scan {
  readonly files: readonly TreeFile[];
  readonly odd: readonly TreeDifference[];
  readonly outside: number;
}

/** Lists a tree, and hashes its files. */
async function scanTree(root: string, signal: AbortSignal, outsideToo: boolean): Promise<Scan> {
  const paths: string[] = [];
  const odd: TreeDifference[] = [];
  let outside = 0;
  const waiting = [""];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (!outsideToo && isOutsideModuleForm(path)) outside++;
      else if (entry.isFile()) paths.push(path);
      else odd.push({ path, kind: entry.isSymbolicLink() ? "link" : "special" });
    }
  }
  const digests = await hashFiles(root, paths, signal);
  const files = digests.map((each, index) => ({ path: paths[index] ?? "", ...each }));
  return { files: withoutTwins(files), odd, outside };
}

/**
 * Without the module zip's `_go.mod` where the same content lies beside it as `go.mod`: the go command leaves both where it unpacks a toolchain into
 * GOMODCACHE (cmd/go/internal/toolchain/select.go, Exec).
 */
function withoutTwins(files: readonly TreeFile[]): readonly TreeFile[] {
  const digests = new Map(files.map((file) => [file.path, file.sha256]));
  return files.filter(({ path, sha256 }) => {
    const twin = pathInGoroot(path);
    return twin === path || digests.get(twin) !== sha256;
  });
}

/** Which release a GOROOT is, and for which platform. GOROOT_NOT_FOUND, GOROOT_UNRELEASED. */
export async function identifyGoroot(goroot: string, host: Platform): Promise<ToolchainRequest> {
  let version: string;
  try {
    version = (await readFile(join(goroot, "VERSION"), "utf8")).split("\n")[0]?.trim() ?? "";
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (["EACCES", "EPERM", "ELOOP", "EIO"].includes(code))
      throw new MedkitError("FILE_UNREADABLE", { path: join(goroot, "VERSION") }, { cause: error });
    if (!["ENOENT", "ENOTDIR", "EISDIR"].includes(code)) throw error;
    throw new MedkitError("GOROOT_NOT_FOUND", { path: goroot }, { cause: error });
  }
  if (!version.startsWith("go") || parseGoVersion(version) === undefined)
    throw new MedkitError("GOROOT_UNRELEASED", { path: goroot, version });
  const tools = await readdir(join(goroot, "pkg", "tool")).catch((): string[] => []);
  const platforms = tools.flatMap((name) => {
    const [, os, arch] = /^([a-z0-9]+)_([a-z0-9]+)$/.exec(name) ?? [];
    return os === undefined || arch === undefined ? [] : [{ os, arch }];
  });
  const own = platforms.find((each) => platformText(each) === platformText(host));
  const platform = own ?? platforms[0];
  if (platform === undefined) throw new MedkitError("GOROOT_NOT_FOUND", { path: goroot });
  return { version: version.slice("go".length), platform };
}

const localLine = /^GOTOOLCHAIN=local$/m;

/** The text of a go.env without the setting that distributions make in it. */
export function publishedGoEnv(text: string): string {
  return text.replace(localLine, "GOTOOLCHAIN=auto");
}

/** Digest of go.env as it was published, if GOTOOLCHAIN=local is all that was changed in it; undefined where it says something else. */
async function withoutLocal(goroot: string): Promise<string | undefined> {
  const text = await readFile(join(goroot, "go.env"), "utf8").catch(() => "");
  return localLine.test(text) ? digest("sha256", publishedGoEnv(text), "hex") : undefined;
}

function compare(
  files: readonly TreeFile[],
  published: readonly TreeFile[],
  goEnv: string | undefined,
  outsideToo = false,
): TreeDifference[] {
  const here = new Map(files.map((file) => [file.path, file.sha256]));
  const there = new Map(
    published
      .filter((file) => !isOutsideModuleForm(file.path) || (outsideToo && here.has(file.path)))
      .map((file) => [file.path, file.sha256]),
  );
  const differences: TreeDifference[] = [];
  for (const [path, sha256] of there) {
    const found = here.get(path);
    if (found === undefined) differences.push({ path, kind: "missing" });
    else if (found !== sha256)
      differences.push({ path, kind: path === "go.env" && goEnv === sha256 ? "local-go-env" : "changed" });
  }
  for (const path of here.keys()) if (!there.has(path)) differences.push({ path, kind: "extra" });
  return differences;
}

/** Whether a path, or a folder that it is in, is one of these. */
function isBelow(path: string, paths: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1))
    if (paths.has(path.slice(0, end))) return true;
  return false;
}

export interface VerifyOptions {
  /** The h1 that evidence speaks for. */
  readonly published: string;
  readonly signal: AbortSignal;
  /**
   * Copies of the published toolchain, nearest first, asked only where the tree differs: they say in which files. None is believed unless its own hash
   * is the proven one.
   */
  readonly copies: readonly (() => Promise<readonly TreeFile[] | undefined>)[];
}

/** Scans a tree; FILE_UNREADABLE names what could not be read. */
async function readTree(goroot: string, signal: AbortSignal, outsideToo = false): Promise<Scan> {
  return scanTree(goroot, signal, outsideToo).catch((error: unknown) => {
    if (systemCode(error) === undefined) throw error;
    const path = error instanceof Error && "path" in error ? String(error.path) : goroot;
    throw new MedkitError("FILE_UNREADABLE", { path }, { cause: error });
  });
}

// A link of a name that is missing as a file or folder is one difference, not two, nor thousands.
function joinDifferences(odd: readonly TreeDifference[], found: readonly TreeDifference[]): readonly TreeDifference[] {
  const oddPaths = new Set(odd.map((each) => each.path));
  return [...odd, ...found.filter((each) => !isBelow(each.path, oddPaths))].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

/**
 * Compares a GOROOT with the files of the archive that it was unpacked from, file by file, `api`, `doc`, `misc` and `test` too: of those only what is
 * there, since a toolchain may be kept without them. FILE_UNREADABLE.
 */
export async function compareWithArchive(
  goroot: string,
  request: ToolchainRequest,
  archive: readonly TreeFile[],
  signal: AbortSignal,
): Promise<GorootCheck> {
  const { files, odd } = await readTree(goroot, signal, true);
  const differences = joinDifferences(odd, compare(files, archive, await withoutLocal(goroot), true));
  return {
    request,
    goroot,
    h1: toolchainHash1(request, files),
    published: toolchainHash1(request, archive),
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    outside: 0,
    differences,
    named: true,
  };
}

/**
 * Holds an installed GOROOT against the h1 that evidence speaks for, such as the checksum database's record of its version and platform: the tree's h1 is
 * computed as the module zip's. Starts nothing in it. FILE_UNREADABLE.
 */
export async function verifyGoroot(
  goroot: string,
  request: ToolchainRequest,
  { published: wanted, signal, copies }: VerifyOptions,
): Promise<GorootCheck> {
  const { files, odd, outside } = await readTree(goroot, signal);
  const h1 = toolchainHash1(request, files);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const facts = { request, goroot, h1, published: wanted, files: files.length, bytes, outside };
  const answer = (found: readonly TreeDifference[], named = true): GorootCheck => ({
    ...facts,
    differences: joinDifferences(odd, found),
    named,
  });
  if (h1 === wanted) return answer([]);
  const goEnv = await withoutLocal(goroot);
  if (goEnv !== undefined) {
    const restored = files.map((file) => (file.path === "go.env" ? { ...file, sha256: goEnv } : file));
    if (toolchainHash1(request, restored) === wanted) return answer([{ path: "go.env", kind: "local-go-env" }]);
  }
  for (const copy of copies) {
    const published = await copy();
    if (published !== undefined && toolchainHash1(request, published) === wanted)
      return answer(compare(files, published, goEnv));
  }
  return answer([], false);
}
