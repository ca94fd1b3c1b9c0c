import { expect, test } from "vitest";
import type { ResolvedImport } from "./packages.ts";
import { judgeSettings } from "./settings.ts";
import { moduleSources } from "./sources.ts";
import type { Facts } from "./types.ts";

const platform = { os: "linux", arch: "amd64" };

function sourceOf(env: Readonly<Record<string, string>>, path: string, hasSum = false) {
  const settings = judgeSettings({ env, user: undefined, goroot: undefined, platform });
  const module = { path, version: "v1.0.0", replacement: undefined };
  const imports = [{ module, origin: "download", hasSum }] as unknown as readonly ResolvedImport[];
  return moduleSources({ settings, flags: [] } as unknown as Facts, imports, "/p/go.sum")[0];
}

const GOPROXY = "https://user:secret@goproxy.internal|https://other.internal,direct";

test("the list of proxies is asked in order, without its credentials", () => {
  const source = sourceOf({ GOPROXY }, "example.org/a");
  expect(source?.proxies).toEqual([
    { url: "https://***@goproxy.internal", fallOn: "any" },
    { url: "https://other.internal", fallOn: "absent" },
    { url: "direct", fallOn: "absent" },
  ]);
  expect(JSON.stringify(source)).not.toContain("secret");
  expect(source).toMatchObject({ proof: "database", database: "sum.golang.org" });
});

test("private modules go direct, and no database hears of them", () => {
  const env = { GOPROXY, GOPRIVATE: "corp.example,*.corp.example" };
  expect(sourceOf(env, "git.corp.example/team/a")).toMatchObject({
    proxies: [{ url: "direct" }],
    proof: "exempt",
    proxyEvidence: { where: "environment", text: "GOPRIVATE=corp.example,*.corp.example" },
  });
  expect(sourceOf(env, "corp.example.org/a")).toMatchObject({ proof: "database" });
  // GONOPROXY and GONOSUMDB each take the place of GOPRIVATE.
  expect(sourceOf({ ...env, GONOPROXY: "none", GOINSECURE: "corp.example" }, "corp.example/a")).toMatchObject({
    proxies: [{}, {}, { url: "direct" }],
    proof: "exempt",
    isInsecure: true,
  });
  expect(sourceOf({ ...env, GONOSUMDB: "none" }, "corp.example/a")).toMatchObject({ proof: "database" });
});

test("a line of go.sum decides before any database", () => {
  expect(sourceOf({ GOSUMDB: "off" }, "example.org/a", true)).toMatchObject({ proof: "go.sum" });
  expect(sourceOf({ GOSUMDB: "off" }, "example.org/a")).toMatchObject({ proof: "off", proofEvidence: { text: "GOSUMDB=off" } }); // prettier-ignore
  expect(sourceOf({ GOSUMDB: "not a key" }, "example.org/a")).toMatchObject({ proof: "invalid" });
});
