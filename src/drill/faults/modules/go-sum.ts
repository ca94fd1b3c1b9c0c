import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapePath } from "../../../module/index.ts";
import type { Fault, FaultStage } from "../types.ts";

/** Takes every line of the dependency out of go.sum. */
async function dropHashes({ host, dependency }: FaultStage): Promise<void> {
  const file = join(host.project, "go.sum");
  const lines = (await readFile(file, "utf8")).split("\n");
  await writeFile(file, lines.filter((line) => !line.startsWith(`${dependency.module} `)).join("\n"));
}

export const goSumIncomplete: Fault = {
  id: "go-sum-incomplete",
  title: "go.sum without the hash of a requirement",
  cause: "GO_SUM_INCOMPLETE",
  expect: "recovered",
  setUp: dropHashes,
};

/** The kit's database proves the hash although this host asks none for it. */
export const goSumIncompletePrivate: Fault = {
  id: "go-sum-incomplete-private",
  title: "go.sum without the hash of a requirement that GOPRIVATE exempts from the checksum database",
  cause: "GO_SUM_INCOMPLETE",
  expect: "recovered",
  pairs: false,
  setUp: dropHashes,
  environment: ({ dependency }) => ({ GOPRIVATE: dependency.module }),
};

export const goSumIncompleteUnchecked: Fault = {
  id: "go-sum-incomplete-unchecked",
  title: "go.sum without the hash of a requirement, and GOSUMDB=off",
  cause: "GO_SUM_INCOMPLETE",
  expect: "recovered",
  pairs: false,
  setUp: dropHashes,
  environment: () => ({ GOSUMDB: "off" }),
};

export const goSumLacksGoMod: Fault = {
  id: "go-sum-lacks-go-mod",
  title: "go.sum without the hash of a requirement's go.mod",
  cause: "GO_SUM_INCOMPLETE",
  expect: "recovered",
  pairs: false,
  setUp: async ({ host, dependency }) => {
    const file = join(host.project, "go.sum");
    const lines = (await readFile(file, "utf8")).split("\n");
    const dropped = `${dependency.module} ${dependency.version}/go.mod `;
    await writeFile(file, lines.filter((line) => !line.startsWith(dropped)).join("\n"));
  },
  command: () => ["go", "list", "-m", "all"],
};

/** A hash could be had, and nobody would say whether it is the right one: neither this host's database nor the kit's. */
export const goSumUnproven: Fault = {
  id: "go-sum-unproven",
  title: "go.sum without the hash of a module that GONOSUMDB exempts, and that the kit does not know",
  cause: "GO_SUM_INCOMPLETE",
  expect: "named",
  setUp: async ({ host }) => {
    const folder = join(host.extra, "proxy", "git.example.org", "team", "lib", "@v");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "v1.2.3.mod"), "module git.example.org/team/lib\n\ngo 1.21\n");
    await writeFile(join(folder, "v1.2.3.info"), '{"Version":"v1.2.3","Time":"2024-01-02T03:04:05Z"}');
    await appendFile(join(host.project, "go.mod"), "\nrequire git.example.org/team/lib v1.2.3\n");
  },
  environment: ({ inside }) => ({
    GOPROXY: `file://${join(inside.extra, "proxy")}`,
    GONOSUMDB: "git.example.org",
  }),
  command: () => ["go", "list", "-m", "all"],
};

/** The hash that could be had is that of a changed module: the kit's database refuses it. */
export const goSumIncompleteTampered: Fault = {
  id: "go-sum-incomplete-tampered",
  title: "go.sum without the hash of a requirement, of which the module cache has another",
  cause: "GO_SUM_INCOMPLETE",
  expect: "named",
  setUp: async (stage) => {
    const { host, dependency } = stage;
    await dropHashes(stage);
    const folder = join(host.modCache, "cache", "download", escapePath(dependency.module), "@v");
    await writeFile(join(folder, `${dependency.version}.ziphash`), `h1:${"A".repeat(43)}=`);
  },
};
