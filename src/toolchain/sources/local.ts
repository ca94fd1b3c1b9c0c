import { existsSync } from "node:fs";
import { cp, lstat, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { platformText } from "../../core/go-version.ts";
import type { NamedBytes } from "../examine-archive.ts";
import type { ToolchainRequest, ToolchainSource } from "../types.ts";
import { toolchainModule, toolchainModuleVersion } from "../tree.ts";
import { archiveName, unpackGoArchive } from "./download.ts";
import { unpackToolchainZip } from "./unpack-zip.ts";

/** Parts of a GOROOT that its own use leaves behind and that no published archive holds. */
const grown =
  /^(?:pkg\/(?:linux|darwin|windows|freebsd|mod|sumdb|obj|bootstrap|distpack)(?:[_/]|$)|VERSION\.cache$|\.git(?:\/|$))/;

/** What a copy takes: no link (a published tree has none, and what one leads to is not proven), and nothing that use has left behind. */
async function isOwn(goroot: string, path: string): Promise<boolean> {
  if (path === goroot) return true;
  // In GOMODCACHE both lie there, with the same content.
  if (basename(path) === "_go.mod" && existsSync(join(dirname(path), "go.mod"))) return false;
  return !grown.test(path.slice(goroot.length + 1)) && !(await lstat(path)).isSymbolicLink();
}

async function versionOf(goroot: string): Promise<string | undefined> {
  try {
    return (await readFile(join(goroot, "VERSION"), "utf8")).split("\n")[0]?.trim();
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

async function isGorootFor(path: string, request: ToolchainRequest): Promise<boolean> {
  if ((await versionOf(path)) !== `go${request.version}`) return false;
  try {
    return (await stat(join(path, "pkg", "tool", `${request.platform.os}_${request.platform.arch}`))).isDirectory();
  } catch {
    return false;
  }
}

/** The archive in a folder of archives; else the path as it is. */
async function archiveIn(path: string, request: ToolchainRequest): Promise<string> {
  const inside = join(path, archiveName(request));
  const found = await stat(inside).catch(() => undefined);
  return found?.isFile() === true ? inside : path;
}

/** The detached signature that lies beside an archive; undefined where there is none. */
export async function signatureBeside(path: string): Promise<NamedBytes | undefined> {
  const beside = `${path}.asc`;
  const found = await stat(beside).catch(() => undefined);
  if (found?.isFile() !== true || found.size > signatureLimit) return undefined;
  return { name: basename(beside), bytes: await readFile(beside) };
}

/** Octets. */
const signatureLimit = 1 << 20;

interface LocalOptions {
  /** Take archives of any name: a person named this very file. What is in it is proven all the same. */
  readonly anyName?: boolean;
}

/** Archives, module zips and GOROOT folders of this machine: what the configuration names under `local:`, or a person on the command line. */
export function localSource(paths: readonly string[], { anyName = false }: LocalOptions = {}): ToolchainSource {
  return {
    kind: "local",
    fetch: async (request, into, { examine } = {}) => {
      const module = toolchainModuleVersion(request.version, request.platform);
      for (const given of paths) {
        const path = await archiveIn(given, request);
        const name = basename(path);
        if (name === archiveName(request) || (anyName && /\.(?:tgz|tar\.gz)$/.test(name))) {
          // Asked for by the published name, whatever the file is called here: the name says version and platform.
          const evidence = await examine?.({
            path,
            name: archiveName(request),
            host: undefined,
            signature: () => signatureBeside(path),
          });
          await unpackGoArchive(path, into);
          return { from: name, ...(evidence === undefined ? {} : { evidence }) };
        }
        if (name === `${module}.zip` || (anyName && name.endsWith(".zip"))) {
          await unpackToolchainZip(path, `${toolchainModule}@${module}/`, into);
          return { from: name };
        }
        if (await isGorootFor(path, request)) {
          const real = await realpath(path);
          await cp(real, into, { recursive: true, filter: (from) => isOwn(real, from) });
          return { from: "local GOROOT" };
        }
      }
      throw new MedkitError("TOOLCHAIN_UNAVAILABLE", {
        version: request.version,
        platform: platformText(request.platform),
        reasons: anyName
          ? "it is neither an archive, nor a module zip, nor this GOROOT"
          : `none of ${paths.length} paths under local: is it`,
      });
    },
  };
}
