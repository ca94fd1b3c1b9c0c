import { describe, expect, test } from "vitest";
import type { CaseFile, Symptom } from "../../types.ts";
import { goIncomplete } from "./go-incomplete.ts";

interface Ran {
  readonly status: number | undefined;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What is found to be lacking in a whole-looking Go 1.21.13 below /opt/go whose programs answer so. */
async function lacksOf(symptoms: readonly Symptom[], answers: Readonly<Record<string, Ran>>): Promise<unknown> {
  const asked: string[] = [];
  const probes = {
    go: async () => ({ path: "/opt/go/bin/go", problem: undefined, ownRoot: "/opt/go", version: "1.21.13", lacks: [] }),
    goEnv: async () => ({ GOHOSTOS: "linux", GOHOSTARCH: "amd64" }),
    setting: async () => ({ origin: "default", value: "" }),
    path: async () => ({ kind: "file", executable: true }),
    run: async (argv: readonly string[]) => {
      asked.push(argv.join(" "));
      const { status, stdout = "", stderr = "" } = answers[argv.join(" ")] ?? { status: 0 };
      return { status, stdout: Buffer.from(stdout), stderr };
    },
  };
  const found = await goIncomplete.diagnose({ probes, symptoms } as unknown as CaseFile);
  return found?.params["lacks"] ?? asked;
}

const tool = (name: string): Symptom => ({ kind: "tool-missing", line: "", fields: { tool: name } });
const library: Symptom = { kind: "std-error", line: "", fields: { path: "/opt/go/src/fmt/print.go" } };
const link = "/opt/go/pkg/tool/linux_amd64/link -V=full";

describe("GO_INCOMPLETE of what is there and no good", () => {
  test("a tool that crashes", async () => {
    expect(await lacksOf([tool("link")], { [link]: { status: undefined } })).toBe("link");
  });

  test("a tool of another version", async () => {
    expect(await lacksOf([tool("link")], { [link]: { status: 0, stdout: "link version go1.22.12\n" } })).toBe("link");
  });

  test("a sound tool is none", async () => {
    expect(await lacksOf([tool("link")], { [link]: { status: 0, stdout: "link version go1.21.13\n" } })).toEqual([
      link,
    ]);
  });

  test("a package of the library that does not compile alone", async () => {
    const broken = { status: 1, stderr: "# fmt\nsrc/fmt/print.go:86:8: syntax error: unexpected EOF" };
    expect(await lacksOf([library], { "/opt/go/bin/go build -o /dev/null fmt": broken })).toBe("std");
    expect(await lacksOf([library], {})).toEqual(["/opt/go/bin/go build -o /dev/null fmt"]);
  });

  test("another word than the failure's is none", async () => {
    const other = { status: 1, stderr: "go: cannot find GOROOT" };
    expect(await lacksOf([library], { "/opt/go/bin/go build -o /dev/null fmt": other })).not.toBe("std");
  });

  test("a file of another folder that looks like the library's is not built", async () => {
    const foreign = { ...library, fields: { path: "/home/dev/src/evil/x.go" } };
    expect(await lacksOf([foreign], {})).toEqual([]);
    for (const path of [
      "cmd/go/main.go",
      "go/build/testdata/other/x.go",
      "x/src/evil/pkg/_y/x.go",
      "vendor/golang.org/x.go",
    ])
      expect(await lacksOf([{ ...library, fields: { path: `/opt/go/src/${path}` } }], {})).toEqual([]);
    const out = { ...library, fields: { path: "/opt/go/src/a/../../../tmp/x.go" } };
    expect(await lacksOf([out], {})).toEqual([]);
  });
});
