import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

export const goSumIncomplete: Fault = {
  id: "go-sum-incomplete",
  title: "go.sum without the hash of a requirement",
  cause: "GO_SUM_INCOMPLETE",
  expect: "recovered",
  setUp: async ({ host, dependency }) => {
    const file = join(host.project, "go.sum");
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, lines.filter((line) => !line.startsWith(`${dependency.module} `)).join("\n"));
  },
};
