import { goMinor } from "../go-minor.ts";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Expectation, Fault, FaultStage } from "../types.ts";

async function demand({ host }: FaultStage, lines: string): Promise<void> {
  const file = join(host.project, "go.mod");
  await writeFile(file, (await readFile(file, "utf8")).replace(/^go .*$/m, lines));
}

/** Only a Go that is newer than the host's can help. */
function byKit(version: string): (stage: FaultStage) => Expectation {
  return ({ kitVersions, goVersion }) => (goVersion !== kitVersions[0] && goMinor(kitVersions[0] ?? "") >= goMinor(version) ? "recovered" : "named"); // prettier-ignore
}

export const goModDemandsNewer: Fault = {
  id: "go-mod-demands-newer",
  title: "go.mod demands Go 1.24, and GOTOOLCHAIN is local",
  cause: "GO_TOO_OLD",
  expect: byKit("1.24"),
  lack: ({ goVersion }) => (goMinor(goVersion) >= 24 ? "this host's Go is new enough" : undefined),
  setUp: (stage) => demand(stage, "go 1.24"),
};

export const goModDemandsUnborn: Fault = {
  id: "go-mod-demands-unborn",
  title: "go.mod demands a Go that nobody has",
  cause: "GO_TOO_OLD",
  expect: "named",
  setUp: (stage) => demand(stage, "go 1.99"),
};

export const goModDirective: Fault = {
  id: "go-mod-directive",
  title: "go.mod with a directive that the Go does not know",
  cause: "GO_TOO_OLD",
  expect: byKit("1.24"),
  lack: ({ goVersion }) => (goMinor(goVersion) >= 24 ? "this host's Go knows it" : undefined),
  setUp: (stage) => demand(stage, "go 1.24\n\ntool golang.org/x/sync/errgroup"),
};

export const goModSyntax: Fault = {
  id: "go-mod-syntax",
  title: "go.mod with an `ignore` block, and a go line that is satisfied",
  cause: "GO_MOD_SYNTAX_NEWER",
  expect: byKit("1.25"),
  lack: ({ goVersion }) => (goMinor(goVersion) >= 25 ? "this host's Go knows it" : undefined),
  setUp: (stage) => demand(stage, "go 1.21\n\nignore (\n\t./none\n)"),
};

export const toolchainLine: Fault = {
  id: "toolchain-line",
  title: "A toolchain line that cannot be downloaded, and a go line that is satisfied",
  cause: "TOOLCHAIN_UNAVAILABLE",
  expect: "recovered",
  setUp: (stage) => demand(stage, "go 1.21\n\ntoolchain go1.99.1"),
  environment: () => ({ GOTOOLCHAIN: undefined }),
};

export const toolchainVariable: Fault = {
  id: "toolchain-variable",
  title: "GOTOOLCHAIN that cannot be downloaded",
  cause: "TOOLCHAIN_UNAVAILABLE",
  expect: "recovered",
  environment: () => ({ GOTOOLCHAIN: "go1.99.1" }),
};
