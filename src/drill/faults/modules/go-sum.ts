import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
  setUp: dropHashes,
  environment: ({ dependency }) => ({ GOPRIVATE: dependency.module }),
};

export const goSumIncompleteUnchecked: Fault = {
  id: "go-sum-incomplete-unchecked",
  title: "go.sum without the hash of a requirement, and GOSUMDB=off",
  cause: "GO_SUM_INCOMPLETE",
  expect: "recovered",
  setUp: dropHashes,
  environment: () => ({ GOSUMDB: "off" }),
};
