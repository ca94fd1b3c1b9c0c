import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Fault } from "../types.ts";

export const moduleModeOff: Fault = {
  id: "module-mode-off",
  title: "GO111MODULE=off in a module",
  cause: "MODULE_MODE_OFF",
  expect: "recovered",
  environment: () => ({ GO111MODULE: "off" }),
};

export const moduleModeOffForGood: Fault = {
  id: "module-mode-off-goenv",
  title: "GO111MODULE=off from `go env -w`",
  cause: "MODULE_MODE_OFF",
  expect: "recovered",
  setUp: async ({ host }) => {
    const file = join(host.home, ".config", "go", "env");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "GO111MODULE=off\nGOPRIVATE=git.example.org\n");
  },
};
