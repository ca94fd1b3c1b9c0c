import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

/** A file system with next to no room, in a folder of its own, and what is to be kept there. */
function small(
  fault: Pick<Fault, "id" | "title" | "cause" | "expect"> & Partial<Fault>,
  variable: string | undefined,
  options: string,
): Fault {
  return {
    setUp: ({ host }) => mkdir(join(host.extra, "small")),
    mounts: ({ inside }) => [{ kind: "tmpfs", to: join(inside.extra, "small"), options: `mode=1777,${options}` }],
    environment: ({ inside }) => (variable === undefined ? {} : { [variable]: join(inside.extra, "small") }),
    ...fault,
  };
}

const cause = "BUILD_CACHE_UNUSABLE";
const temporary = "TEMPORARY_FOLDER_UNUSABLE";

export const cacheFull = small({ id: "cache-full", title: "A build cache on a full disk", cause, expect: "recovered" }, "GOCACHE", "size=64k"); // prettier-ignore

export const cacheInodes = small({ id: "cache-inodes", title: "A build cache on a disk without inodes", cause, expect: "recovered" }, "GOCACHE", "nr_inodes=3"); // prettier-ignore

export const temporaryFull = small({ id: "temporary-full", title: "GOTMPDIR on a full disk", cause: temporary, expect: "recovered" }, "GOTMPDIR", "size=64k"); // prettier-ignore

export const temporaryInodes = small({ id: "temporary-inodes", title: "GOTMPDIR on a disk without inodes", cause: temporary, expect: "recovered" }, "GOTMPDIR", "nr_inodes=3"); // prettier-ignore

export const outputFull = small(
  {
    id: "output-full",
    title: "The program goes to a full disk",
    cause: "OUTPUT_UNWRITABLE",
    expect: "named",
    command: ({ inside }) => ["go", "build", "-o", join(inside.extra, "small", "app"), "."],
  },
  undefined,
  "size=64k",
);

export const checkoutReadOnly: Fault = {
  id: "checkout-read-only",
  title: "A checkout that is mounted read-only, and a program that goes into it",
  cause: "OUTPUT_UNWRITABLE",
  expect: "named",
  command: () => ["go", "build", "-o", "bin/app", "."],
  mounts: ({ inside }) => [{ kind: "bind-read-only", from: inside.project, to: inside.project }],
};
