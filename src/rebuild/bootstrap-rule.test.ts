import { expect, it } from "vitest";
import { parseGoVersion } from "../core/go-version.ts";
import { canBootstrap, oldestBootstrap } from "./bootstrap-rule.ts";
import { buildEnvironment } from "./make.ts";

it.each([
  ["1.19.13", undefined],
  ["1.20.14", "1.17"],
  ["1.21.13", "1.17"],
  ["1.22.5", "1.20.6"],
  ["1.23.4", "1.20.6"],
  ["1.24.0", "1.22.6"],
  ["1.25.5", "1.22.6"],
  ["1.26rc1", "1.24.6"],
])("the oldest Go that compiles %s is %s", (version, oldest) => {
  const parsed = parseGoVersion(version);
  expect(parsed === undefined ? "unparsed" : oldestBootstrap(parsed)).toBe(oldest);
});

it.each([
  ["1.20.6", "1.22.5", true],
  ["1.20.5", "1.22.5", false],
  ["1.22.5", "1.22.5", true],
  ["1.26.8", "1.22.5", true],
  ["1.22.5", "1.26.0", false],
  ["nonsense", "1.22.5", false],
])("Go %s compiles Go %s: %s", (bootstrap, version, can) => {
  expect(canBootstrap(bootstrap, version)).toBe(can);
});

it("a build sees nothing of the person's environment, and no network", () => {
  const release = { version: "1.22.5", platform: { os: "darwin", arch: "arm64" } };
  const env = buildEnvironment(release, "/boot", "/scratch");
  expect(env).toMatchObject({
    GOOS: "darwin",
    GOARCH: "arm64",
    GOROOT_BOOTSTRAP: "/boot",
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
  });
  for (const name of ["GOROOT", "CC", "CGO_ENABLED", "GO_LDFLAGS", "GOEXPERIMENT", "GOARM", "GOAMD64"])
    expect(env).not.toHaveProperty(name);
});
