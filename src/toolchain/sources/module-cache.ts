import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { platformText, versionsFor, type Platform } from "../../core/go-version.ts";
import { parseModuleVersion, toolchainModule, toolchainModuleVersion } from "../tree.ts";
import type { ToolchainSource } from "../types.ts";
import { unpackToolchainZip } from "./unpack-zip.ts";

function folderOf(moduleCache: string): string {
  return join(moduleCache, "cache", "download", "golang.org", "toolchain", "@v");
}

/** The zips that the go command left in GOMODCACHE when it switched to another toolchain. */
export function moduleCacheSource(moduleCache: string): ToolchainSource {
  return {
    kind: "module-cache",
    fetch: async (request, into) => {
      const version = toolchainModuleVersion(request.version, request.platform);
      const zip = join(folderOf(moduleCache), `${version}.zip`);
      try {
        await access(zip);
      } catch (error) {
        const { version: wanted, platform } = request;
        throw new MedkitError(
          "TOOLCHAIN_UNAVAILABLE",
          { version: wanted, platform: platformText(platform), reasons: "GOMODCACHE has it not" },
          { cause: error },
        );
      }
      await unpackToolchainZip(zip, `${toolchainModule}@${version}/`, into);
      return { from: "module cache" };
    },
  };
}

/** Versions, without `go`, that GOMODCACHE has for a platform. A cache that is not there has none. */
export async function listModuleCache(moduleCache: string, platform: Platform): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(folderOf(moduleCache));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(systemCode(error) ?? "")) return [];
    throw error;
  }
  const zips = names.filter((name) => name.endsWith(".zip")).map((name) => name.slice(0, -".zip".length));
  return versionsFor(
    platform,
    zips.flatMap((text) => parseModuleVersion(text) ?? []),
  );
}
