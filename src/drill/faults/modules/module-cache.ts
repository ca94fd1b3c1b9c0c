import { chmod, readdir, readFile, rm, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapePath } from "../../../module/index.ts";
import type { Fault, FaultStage } from "../types.ts";

// None is set together with another: a fault that empties the module cache takes these away.

/** Where the module cache has the dependency. */
function placesOf({ host, dependency }: FaultStage): { readonly folder: string; readonly packed: string } {
  const { module, version } = dependency;
  return {
    folder: join(host.modCache, `${escapePath(module)}@${version}`),
    packed: join(host.modCache, "cache", "download", escapePath(module), "@v", version),
  };
}

/** Go writes it read-only. */
async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlock(join(folder, entry.name));
    else await chmod(join(folder, entry.name), 0o644);
  }
}

/** The Go files of the package that the project imports. */
async function sourcesOf(stage: FaultStage): Promise<readonly string[]> {
  const { module, importPath } = stage.dependency;
  const { folder } = placesOf(stage);
  await unlock(folder);
  const at = join(folder, importPath.slice(module.length));
  return (await readdir(at)).filter((name) => name.endsWith(".go")).map((name) => join(at, name));
}

async function dropUnpacked(stage: FaultStage): Promise<void> {
  const { folder } = placesOf(stage);
  await unlock(folder);
  await rm(folder, { recursive: true });
}

/** Leaves the packed module in the cache, and of that the beginning only. */
async function cutZip(stage: FaultStage): Promise<void> {
  await dropUnpacked(stage);
  await truncate(`${placesOf(stage).packed}.zip`, 1000);
}

export const cacheFileCut: Fault = {
  id: "module-cache-file-cut",
  title: "Files of an unpacked module are cut short",
  cause: "MODULE_CACHE_DAMAGED",
  expect: "recovered",
  pairs: false,
  setUp: async (stage) => {
    for (const file of await sourcesOf(stage)) await truncate(file, 300);
  },
};

export const cacheFileEdited: Fault = {
  id: "module-cache-file-edited",
  title: "A file of an unpacked module was edited, and does not compile",
  cause: "MODULE_CACHE_DAMAGED",
  expect: "recovered",
  pairs: false,
  setUp: async (stage) => {
    const first = (await sourcesOf(stage)).find((file) => !file.endsWith("_test.go")) ?? "";
    await writeFile(first, `${await readFile(first, "utf8")}\nvar looked int = "here"\n`);
  },
};

export const cacheFileLost: Fault = {
  id: "module-cache-file-lost",
  title: "Files of an unpacked module are gone",
  cause: "MODULE_CACHE_DAMAGED",
  expect: "recovered",
  pairs: false,
  setUp: async (stage) => {
    for (const file of await sourcesOf(stage)) await unlink(file);
  },
};

export const cacheZipCut: Fault = {
  id: "module-cache-zip-cut",
  title: "A zip in the module cache ends in the middle, and is not unpacked",
  cause: "MODULE_CACHE_DAMAGED",
  expect: "recovered",
  pairs: false,
  setUp: cutZip,
};

export const cacheZipCutUnhashed: Fault = {
  id: "module-cache-zip-cut-unhashed",
  title: "The same, and the hash beside it is gone",
  cause: "MODULE_CACHE_DAMAGED",
  expect: "recovered",
  pairs: false,
  setUp: async (stage) => {
    await cutZip(stage);
    await unlink(`${placesOf(stage).packed}.ziphash`);
  },
};

export const cacheLockRefused: Fault = {
  id: "module-cache-lock-refused",
  title: "A lock file in the module cache that this user may not write to, left over from another",
  cause: "MODULE_CACHE_UNUSABLE",
  expect: "recovered",
  pairs: false,
  needs: ["unprivileged"],
  setUp: async (stage) => {
    await dropUnpacked(stage);
    await writeFile(`${placesOf(stage).packed}.lock`, "");
    await chmod(`${placesOf(stage).packed}.lock`, 0o444);
  },
};

export const cacheReadOnly: Fault = {
  id: "module-cache-read-only",
  title: "A module cache on a read-only mount, with a module that is not unpacked",
  cause: "MODULE_CACHE_UNUSABLE",
  expect: "recovered",
  pairs: false,
  setUp: dropUnpacked,
  mounts: ({ inside }) => [{ kind: "bind-read-only", from: inside.modCache, to: inside.modCache }],
};

export const cacheNoFolder: Fault = {
  id: "module-cache-no-folder",
  title: "GOMODCACHE is a file",
  cause: "MODULE_CACHE_UNUSABLE",
  expect: "recovered",
  pairs: false,
  setUp: ({ host }) => writeFile(join(host.extra, "mod"), ""),
  environment: ({ inside }) => ({ GOMODCACHE: join(inside.extra, "mod") }),
};

/** The cache says of itself that it holds something else than go.sum says. */
export const cacheTampered: Fault = {
  id: "module-cache-tampered",
  title: "A go.mod in the module cache was changed",
  cause: "MODULE_CACHE_MISMATCH",
  expect: "recovered",
  pairs: false,
  setUp: async (stage) => {
    const file = `${placesOf(stage).packed}.mod`;
    await chmod(file, 0o644);
    await writeFile(file, `${await readFile(file, "utf8")}\n// changed in the cache\n`);
  },
};

export const cacheHashTampered: Fault = {
  id: "module-cache-hash-tampered",
  title: "The hash of a module in the module cache is another one",
  cause: "MODULE_CACHE_MISMATCH",
  expect: "recovered",
  pairs: false,
  setUp: (stage) => writeFile(`${placesOf(stage).packed}.ziphash`, "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
};

export const cacheFileEditedVerified: Fault = {
  ...cacheFileEdited,
  id: "module-cache-verify",
  title: "A file of an unpacked module was edited, and `go mod verify` says so",
  command: () => ["go", "mod", "verify"],
};
