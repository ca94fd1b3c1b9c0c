import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addGoenv } from "../goenv.ts";
import { goMinor } from "../go-minor.ts";
import type { Fault } from "../types.ts";

export const gorootGone: Fault = {
  id: "goroot-gone",
  title: "GOROOT of a Go that is gone",
  cause: "GOROOT_STALE",
  expect: "recovered",
  environment: () => ({ GOROOT: "/usr/lib/go-1.4" }),
};

export const gorootOther: Fault = {
  id: "goroot-other",
  title: "GOROOT of another version, from `go env -w`",
  cause: "GOROOT_STALE",
  expect: "recovered",
  setUp: async (stage) => {
    const other = join(stage.host.extra, "other");
    await mkdir(join(other, "bin"), { recursive: true });
    await writeFile(join(other, "VERSION"), "go1.4\n");
    await addGoenv(stage, `GOROOT=${join(stage.inside.extra, "other")}\nGOPRIVATE=git.example.org\n`);
  },
};

export const gorootEmpty: Fault = {
  id: "goroot-empty",
  title: "GOROOT of an empty folder",
  cause: "GOROOT_STALE",
  expect: "recovered",
  environment: ({ inside }) => ({ GOROOT: inside.tools }),
};

export const gopathRelative: Fault = {
  id: "gopath-relative-goenv",
  title: "GOPATH that is relative, from `go env -w`",
  cause: "SETTING_INVALID",
  expect: "recovered",
  setUp: (stage) => addGoenv(stage, "GOPATH=go\nGOPRIVATE=git.example.org\n"),
};

export const gotoolchainInvalid: Fault = {
  id: "gotoolchain-invalid",
  title: "GOTOOLCHAIN that is no toolchain's name",
  cause: "SETTING_INVALID",
  expect: "recovered",
  environment: () => ({ GOTOOLCHAIN: "1.21" }),
};

export const fips140Invalid: Fault = {
  id: "godebug-fips140-invalid",
  title: "GODEBUG with a value of fips140 that does not exist",
  cause: "SETTING_INVALID",
  expect: "recovered",
  lack: ({ goVersion }) => (goMinor(goVersion) < 24 ? "this host's Go does not know it" : undefined),
  environment: () => ({ GODEBUG: "gotypesalias=1,fips140=maybe" }),
  judge: (report) => {
    const { changes } = report as { changes: readonly { name: string; after?: string }[] };
    const after = changes.findLast((change) => change.name === "GODEBUG")?.after;
    return after === "gotypesalias=1" ? undefined : `GODEBUG became "${after ?? ""}"`;
  },
};

export const goosUnknown: Fault = {
  id: "goos-unknown",
  title: "GOOS in a spelling that is not Go's",
  cause: "PORT_UNKNOWN",
  expect: "recovered",
  environment: () => ({ GOOS: "Linux" }),
};

export const goarchForGood: Fault = {
  id: "goarch-unknown-goenv",
  title: "GOARCH in a spelling that is not Go's, from `go env -w`",
  cause: "PORT_UNKNOWN",
  expect: "recovered",
  setUp: (stage) => addGoenv(stage, "GOARCH=x86_64\n"),
};

export const goexperimentUnknown: Fault = {
  id: "goexperiment-unknown",
  title: "GOEXPERIMENT of another Go",
  cause: "GOEXPERIMENT_UNKNOWN",
  expect: "recovered",
  environment: () => ({ GOEXPERIMENT: "nosuchexperiment" }),
};

export const goamd64Invalid: Fault = {
  id: "goamd64-invalid",
  title: "GOAMD64 that is no level",
  cause: "ARCH_LEVEL_INVALID",
  expect: "recovered",
  environment: () => ({ GOAMD64: "x86-64-v3" }),
};

export const goamd64ForGood: Fault = {
  id: "goamd64-invalid-goenv",
  title: "GOAMD64 that is no level, from `go env -w`",
  cause: "ARCH_LEVEL_INVALID",
  expect: "recovered",
  setUp: (stage) => addGoenv(stage, "GOAMD64=x86-64-v3\n"),
};

const kept = (report: unknown): string | undefined => {
  const { changes } = report as { changes: readonly { name: string; after?: string }[] };
  const after = changes.findLast((change) => change.name === "GOFLAGS")?.after ?? "";
  // The kit's Go, where another fault made it needed, comes with -trimpath.
  return after.replace(/ -trimpath$/, "") === "-tags=drillcanary" ? undefined : `GOFLAGS became "${after}"`;
};

export const goflagsUnknown: Fault = {
  id: "goflags-unknown",
  title: "GOFLAGS with a flag that no Go knows",
  cause: "GOFLAGS_INVALID",
  expect: "recovered",
  environment: () => ({ GOFLAGS: "-nosuchflag -tags=drillcanary" }),
  judge: kept,
};

export const goflagsHalfGood: Fault = {
  id: "goflags-half-good",
  title: "GOFLAGS with a good -tags, and an unquoted rest of another",
  cause: "GOFLAGS_INVALID",
  expect: "recovered",
  environment: () => ({ GOFLAGS: "-tags=drillcanary other" }),
  judge: kept,
};

export const goflagsBadValue: Fault = {
  id: "goflags-bad-value",
  title: "GOFLAGS with a value of -mod that does not exist",
  cause: "GOFLAGS_INVALID",
  expect: "recovered",
  environment: () => ({ GOFLAGS: "-tags=drillcanary -mod=local" }),
  judge: kept,
};

export const goflagsOverlayGone: Fault = {
  id: "goflags-overlay-gone",
  title: "GOFLAGS with an overlay file that is gone",
  cause: "GOFLAGS_INVALID",
  expect: "recovered",
  environment: () => ({ GOFLAGS: "-overlay=/nowhere/overlay.json -tags=drillcanary" }),
  judge: kept,
};

export const goflagsForGood: Fault = {
  id: "goflags-unknown-goenv",
  title: "GOFLAGS with a flag that no Go knows, from `go env -w`",
  cause: "GOFLAGS_INVALID",
  expect: "recovered",
  setUp: (stage) => addGoenv(stage, "GOFLAGS=-nosuchflag=1 -tags=drillcanary\n"),
  environment: () => ({ GOFLAGS: undefined }),
  judge: kept,
};

export const moduleModeUnknown: Fault = {
  id: "module-mode-unknown",
  title: "GO111MODULE with a value that it does not have",
  cause: "SETTING_INVALID",
  expect: "recovered",
  environment: () => ({ GO111MODULE: "yes" }),
};

export const moduleCacheRelative: Fault = {
  id: "module-cache-relative",
  title: "GOMODCACHE that is relative",
  cause: "SETTING_INVALID",
  expect: "recovered",
  environment: () => ({ GOMODCACHE: "mod" }),
};
