import { join } from "node:path";
import { escapePath, escapeVersion } from "./module-path.ts";
import type { ModuleVersion } from "./types.ts";

export interface CachedModule {
  /** `M@V` folder. */
  readonly folder: string;
  readonly zip: string;
  readonly goMod: string;
  /** What go computed of the zip when it stored it. */
  readonly zipHash: string;
  /** Is there while the folder is being unpacked. */
  readonly partial: string;
}

/** Where GOMODCACHE keeps a module (cmd/go/internal/modfetch/cache.go). Throws MODULE_PATH_INVALID, MODULE_VERSION_INVALID. */
export function cachedModule(cache: string, { path, version }: ModuleVersion): CachedModule {
  const base = join(cache, "cache", "download", escapePath(path), "@v", escapeVersion(version));
  return {
    folder: join(cache, `${escapePath(path)}@${escapeVersion(version)}`),
    zip: `${base}.zip`,
    goMod: `${base}.mod`,
    zipHash: `${base}.ziphash`,
    partial: `${base}.partial`,
  };
}
