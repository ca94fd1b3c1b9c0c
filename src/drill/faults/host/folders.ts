import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

export const cacheOff: Fault = {
  id: "cache-off",
  title: "GOCACHE=off",
  cause: "BUILD_CACHE_UNUSABLE",
  expect: "recovered",
  environment: () => ({ GOCACHE: "off" }),
};

export const cacheUnwritable: Fault = {
  id: "cache-unwritable",
  title: "A build cache that this user may not write to",
  cause: "BUILD_CACHE_UNUSABLE",
  expect: "recovered",
  needs: ["unprivileged"],
  setUp: async ({ host }) => {
    await mkdir(join(host.extra, "cache"));
    await chmod(join(host.extra, "cache"), 0o555);
  },
  environment: ({ inside }) => ({ GOCACHE: join(inside.extra, "cache") }),
};

export const cachePartlyUnwritable: Fault = {
  id: "cache-partly-unwritable",
  title: "A build cache with folders that this user may not write to",
  cause: "BUILD_CACHE_UNUSABLE",
  expect: "recovered",
  needs: ["unprivileged"],
  setUp: async ({ host }) => {
    for (let number = 0; number < 256; number++) {
      const folder = join(host.extra, "cache", number.toString(16).padStart(2, "0"));
      await mkdir(folder, { recursive: true });
      await chmod(folder, 0o555);
    }
  },
  environment: ({ inside }) => ({ GOCACHE: join(inside.extra, "cache") }),
};

export const homeUnset: Fault = {
  id: "home-unset",
  title: "HOME is not set, nor anything else that says where to keep things",
  cause: "BUILD_CACHE_UNUSABLE",
  expect: "recovered",
  environment: ({ inside }) => ({ HOME: undefined, GOMODCACHE: inside.modCache }),
};

export const temporaryGone: Fault = {
  id: "temporary-gone",
  title: "TMPDIR that is gone",
  cause: "TEMPORARY_FOLDER_UNUSABLE",
  expect: "recovered",
  environment: () => ({ TMPDIR: "/nowhere/tmp" }),
};

export const temporaryNoexec: Fault = {
  id: "temporary-noexec",
  title: "A temporary folder on a noexec mount, and go test",
  cause: "TEMPORARY_FOLDER_UNUSABLE",
  expect: "recovered",
  mounts: () => [{ kind: "bind-noexec", from: "/tmp", to: "/tmp" }],
  command: () => ["go", "test", "-count=1", "."],
};

export const targetLeaked: Fault = {
  id: "target-leaked-run",
  title: "GOARCH of a cross build, and go run",
  cause: "TARGET_LEAKED",
  expect: "recovered",
  environment: () => ({ GOARCH: "arm64" }),
  command: () => ["go", "run", "."],
};
