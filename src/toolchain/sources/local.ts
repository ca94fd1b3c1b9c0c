import { cp, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { platformText } from "../../core/go-version.ts";
import type { ToolchainRequest, ToolchainSource } from "../types.ts";
import { archiveName, unpackGoArchive } from "./download.ts";

/** Parts of a GOROOT that its own use leaves behind and that no published archive holds. */
const grown =
  /^(?:pkg\/(?:linux|darwin|windows|freebsd|mod|sumdb|obj|bootstrap|distpack)(?:[_/]|$)|VERSION\.cache$|\.git(?:\/|$))/;

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

/** Archives and GOROOT folders that the configuration names under `local:`. */
export function localSource(paths: readonly string[]): ToolchainSource {
  return {
    kind: "local",
    fetch: async (request, into) => {
      for (const path of paths) {
        if (basename(path) === archiveName(request)) {
          await unpackGoArchive(path, into);
          return { from: basename(path) };
        }
        if (await isGorootFor(path, request)) {
          await cp(path, into, { recursive: true, filter: (from) => !grown.test(from.slice(path.length + 1)) });
          return { from: "local GOROOT" };
        }
      }
      throw new MedkitError("TOOLCHAIN_UNAVAILABLE", {
        version: request.version,
        platform: platformText(request.platform),
        reasons: `none of ${paths.length} paths under local: is it`,
      });
    },
  };
}
