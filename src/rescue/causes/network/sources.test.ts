import { describe, expect, test } from "vitest";
import type { Answer } from "../../probes/types.ts";
import type { CaseFile, Symptom } from "../../types.ts";
import { askSources, neededModules, proxiesOf } from "./sources.ts";

function symptom(kind: string, line: string, fields: Readonly<Record<string, string>>): Symptom {
  return { kind, line, fields };
}

/** A case in which only addresses are asked; `asked` gets them. */
function caseOf(goproxy: string, symptoms: readonly Symptom[], asked: string[]): CaseFile {
  const probes = {
    goEnv: () => Promise.resolve({ GOPROXY: goproxy }),
    setting: () => Promise.resolve({ value: "sum.golang.org" }),
    ask: (url: string) => {
      asked.push(url);
      return Promise.resolve({ url: "", outcome: "ok" } as Answer);
    },
  };
  return { symptoms, probes } as unknown as CaseFile;
}

describe("what is asked again", () => {
  const zip = "http://goproxy.internal/go/golang.org/x/sync/@v/v0.11.0.zip";

  test("is what the failure names, with the name and password of GOPROXY", async () => {
    const asked: string[] = [];
    const said = symptom("bad-answer", "", { url: zip });
    const sources = await askSources(caseOf("https://other.internal,http://dev:pass@goproxy.internal/go/,direct", [said], asked)); // prettier-ignore
    expect(asked).toEqual([
      "https://other.internal/golang.org/x/text/@v/list",
      "http://dev:pass@goproxy.internal/go/golang.org/x/sync/@v/v0.11.0.zip",
    ]);
    expect(sources.map(({ role, said: named, host }) => [role, named, host])).toEqual([
      ["proxy", true, "goproxy.internal"],
      ["proxy", false, "other.internal"],
    ]);
  });

  test("is put together where the failure names only the module", async () => {
    const asked: string[] = [];
    const said = symptom("fetched-wrong", "", { module: "github.com/Masterminds/x", version: "v1.0.0", file: "mod" });
    await askSources(caseOf("http://goproxy.internal", [said], asked), ["fetched-wrong"]);
    expect(asked).toEqual(["http://goproxy.internal/github.com/!masterminds/x/@v/v1.0.0.mod"]);
  });

  test("tells the checksum database and a module's own site apart", async () => {
    const asked: string[] = [];
    const lines = ["https://sum.golang.org/lookup/golang.org/x/sync@v0.11.0", "https://golang.org/x/sync?go-get=1"];
    const sources = await askSources(caseOf("direct", lines.map((url) => symptom("unreachable", "", { url })), asked)); // prettier-ignore
    expect(sources.map(({ role, url }) => [role, url])).toEqual([
      ["database", "https://sum.golang.org/latest"],
      ["origin", "https://golang.org/x/sync?go-get=1"],
    ]);
  });

  test("is nothing where the failure speaks of no network", async () => {
    const asked: string[] = [];
    expect(await askSources(caseOf("http://goproxy.internal", [symptom("goflags", "", {})], asked))).toEqual([]);
    expect(asked).toEqual([]);
  });
});

test("a malformed GOPROXY names no proxies", () => {
  expect(proxiesOf("ftp://goproxy.internal")).toEqual([]);
  expect(proxiesOf("file:///kit,https://goproxy.internal|direct")).toEqual(["https://goproxy.internal"]);
});

test("modules that a failure names", () => {
  const url = "https://goproxy.internal/api/go.example/github.com/!masterminds/semver/v3/@v/v3.2.1.zip";
  const line = `main.go:2:8: github.com/Masterminds/semver/v3@v3.2.1: Get "${url}": EOF`;
  expect(neededModules([symptom("bad-answer", line, { url })])).toEqual([
    ["github.com/Masterminds/semver/v3", "v3.2.1"],
    ["go.example/github.com/Masterminds/semver/v3", "v3.2.1"],
    ["github.com/Masterminds/semver/v3", "v3.2.1"],
  ]);
});
