import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

export const workspaceExcludes: Fault = {
  id: "workspace-excludes",
  title: "A go.work above that leaves the module out",
  cause: "WORKSPACE_UNFIT",
  expect: "recovered",
  setUp: async ({ host }) => {
    await mkdir(join(host.home, "other"));
    await writeFile(join(host.home, "other", "go.mod"), "module example.org/other\n\ngo 1.21\n");
    await writeFile(join(host.home, "go.work"), "go 1.21\n\nuse ./other\n");
  },
};

export const workspaceGone: Fault = {
  id: "workspace-gone",
  title: "GOWORK names a file that is gone",
  cause: "WORKSPACE_UNFIT",
  expect: "recovered",
  environment: () => ({ GOWORK: "/nowhere/go.work" }),
};

export const workspaceFolderGone: Fault = {
  id: "workspace-folder-gone",
  title: "A go.work that uses a folder which is gone",
  cause: "WORKSPACE_UNFIT",
  expect: "recovered",
  setUp: ({ host }) => writeFile(join(host.project, "go.work"), "go 1.21\n\nuse .\n\nuse ../gone\n"),
};

export const workspaceNewer: Fault = {
  id: "workspace-newer",
  title: "A go.work that asks for a newer Go",
  cause: "WORKSPACE_UNFIT",
  expect: "recovered",
  setUp: ({ host }) => writeFile(join(host.project, "go.work"), "go 1.99\n\nuse .\n"),
};
