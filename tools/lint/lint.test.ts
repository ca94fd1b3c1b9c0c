import { describe, expect, test } from "vitest";
import { checkDependencies, importsOf } from "./dependencies.ts";
import { checkFileNames } from "./file-names.ts";
import { checkPrivateTraces, privateHosts } from "./private-traces.ts";
import { findingText } from "./rule.ts";

describe("file names", () => {
  test("of our code are kebab-case, folders too", () => {
    const good = [
      "src/core/go-version.ts",
      "src/a/b.test.ts",
      "src/i18n/zh-cn/x.ts",
      "tools/node-path.d.mts",
      "test/fixtures/Any_Name",
      "src/x/__fixtures__/A b",
      "bench/.gitignore",
      "docs/README.md",
      "examples/service/main_test.go",
    ];
    expect(checkFileNames(good)).toEqual([]);
    const bad = [
      "src/core/goVersion.ts",
      "src/Core/x.ts",
      "tools/a_b.mjs",
      "test/integration/Foo.test.ts",
      "src/a--b.ts",
    ];
    expect(checkFileNames(bad).map(({ path }) => path)).toEqual(bad);
  });
});

describe("dependencies", () => {
  const file = (path: string, ...imports: string[]) => ({
    path,
    text: imports.map((each) => `import { x } from "${each}";\n`).join(""),
  });
  const problems = (...files: { path: string; text: string }[]) => checkDependencies(files).map(findingText);

  test("every form of import is seen, with its line", () => {
    const text = [
      'import type { A } from "./a.ts";',
      'export { b } from "../b.ts";',
      "import {",
      "  c,",
      '} from "../c/index.ts";',
      'const d = await import("./d.ts");',
      'import "./e.ts";',
      'import { f } from "node:fs";',
    ].join("\n");
    expect(importsOf({ path: "src/x/y.ts", text }).map(({ to, line }) => `${to} ${line}`)).toEqual([
      "src/x/a.ts 1",
      "src/b.ts 2",
      "src/c/index.ts 5",
      "src/x/d.ts 6",
      "src/x/e.ts 7",
    ]);
  });

  test("run downwards, through index.ts", () => {
    expect(
      problems(
        file("src/bin/medkit.ts", "../cli/main.ts"),
        file("src/cli/commands/x.ts", "../../kit/index.ts", "../../i18n/index.ts", "../../core/errors.ts"),
        file("src/kit/apply.ts", "./plan.ts", "../module/index.ts", "../state/index.ts", "../core/exit.ts"),
        file("src/i18n/types.ts", "../core/error-codes.ts"),
      ),
    ).toEqual([]);
  });

  test.each([
    ["src/kit/x.ts", "../module/sumdb.ts", "import src/module/index.ts, the public face of that folder"],
    ["src/state/x.ts", "../kit/index.ts", "src/state is below src/kit, and may not import it"],
    ["src/kit/x.ts", "../cli/main.ts", "src/kit is below src/cli, and may not import it"],
    ["src/kit/x.ts", "../i18n/index.ts", "only src/cli imports src/i18n"],
    ["src/bin/x.ts", "../i18n/index.ts", "only src/cli imports src/i18n"],
    ["src/i18n/x.ts", "../cli/main.ts", "src/i18n imports src/core only"],
    ["src/new/x.ts", "../core/exit.ts", "src/new has no layer; give it one in tools/lint/dependencies.ts"],
  ])("%s may not import %s", (path, target, problem) => {
    expect(problems(file(path, target))).toEqual([`${path}:1: ${problem}`]);
  });

  test("run in no ring", () => {
    expect(
      problems(
        file("src/kit/x.ts", "../drill/index.ts"),
        file("src/drill/y.ts", "../rescue/index.ts"),
        file("src/rescue/z.ts", "../kit/index.ts"),
      ),
    ).toEqual(["src: folders import each other in a ring: drill → rescue → kit → drill"]);
  });

  test("tests may reach deeper", () => {
    expect(problems(file("src/kit/x.test.ts", "../module/deep.ts"))).toEqual([]);
  });
});

describe("traces of the machine", () => {
  test("hosts come from npm's and Go's settings, without this host itself", () => {
    expect(
      privateHosts([
        "https://npm.corp.test:8443/repo/\n",
        "https://go.corp.test|https://mirror.corp.test,direct",
        "http://localhost:4873/",
        "off",
      ]),
    ).toEqual(["npm.corp.test", "go.corp.test", "mirror.corp.test"]);
  });

  test("hosts and the checkout's folder are found, and not repeated", () => {
    const files = [
      { path: "a", text: "fine\nsee https://npm.corp.test/x\n" },
      { path: "b", text: "cd /home/me/medkit/src" },
    ];
    const findings = checkPrivateTraces(files, ["npm.corp.test"], "/home/me/medkit/");
    expect(findings.map(findingText)).toEqual([
      "a:2: names the host of a package registry",
      "b:1: holds the absolute path of this checkout",
    ]);
    expect(JSON.stringify(findings)).not.toContain("corp");
  });

  test("a folder with a common name is not searched for", () => {
    expect(checkPrivateTraces([{ path: "a", text: "/src/x" }], [], "/src/")).toEqual([]);
  });
});
