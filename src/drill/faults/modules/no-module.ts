import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Fault, FaultStage } from "../types.ts";

/** The project without its go.mod and what needs one, where GOPATH has its sources. */
async function moveToGopath({ host }: FaultStage): Promise<void> {
  const folder = join(host.home, "go", "src", "example.org");
  await mkdir(folder, { recursive: true });
  await rename(join(host.project, "internal", "greet"), join(folder, "greet"));
}

const inGopath = ({ inside }: FaultStage): string => join(inside.home, "go", "src", "example.org", "greet");

export const gopathProject: Fault = {
  id: "gopath-project",
  title: "A project of before modules, in GOPATH, and go that demands a module",
  cause: "NO_MODULE",
  expect: "recovered",
  pairs: false,
  setUp: moveToGopath,
  cwd: inGopath,
  command: () => ["go", "build", "./..."],
};

export const gopathProjectForced: Fault = {
  ...gopathProject,
  id: "gopath-project-forced",
  title: "GO111MODULE=on, and a project of before modules",
  environment: () => ({ GO111MODULE: "on" }),
  command: () => ["go", "vet", "."],
};

export const moduleBelow: Fault = {
  id: "module-below",
  title: "A folder above the module",
  cause: "NO_MODULE",
  expect: "named",
  cwd: ({ inside }) => inside.home,
  command: () => ["go", "build", "./project"],
};
