import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { cachedModule } from "../../src/module/index.ts";
import { requires } from "../support/requirements.ts";
import { createSumsWorld, type Published, type SumsWorld } from "../support/sums-world.ts";

/** vendor/ as the go command writes it, held against the modules' zips, and what somebody could do to it. */

const { describe, it } = requires({ commands: ["go"] });

interface Vendor {
  readonly modules: readonly { path: string; state: string; reason: string | null; files: unknown[] }[];
  readonly strays: readonly string[];
}

/** All that `go mod vendor` copies, and all that it leaves out. */
const files = {
  LICENSE: "free",
  "code_test.go": "package thing\n",
  "doc.md": "words",
  "ignored.go": "//go:build ignore\n\npackage main\n",
  "old.go": "// +build ignore\n\npackage main\n",
  "plan9.go": "//go:build plan9 && !cgo\n\npackage thing\n",
  "never.go": "//go:build linux && ignore\n\npackage thing\n",
  "fast.s": "// assembler\n",
  "testdata/x": "x",
  "unused/unused.go": "package unused\n",
  "deep/NOTICE": "notice",
  "deep/other.txt": "other",
  "deep/er/er.go":
    'package er\n\nimport "embed"\n\n//go:embed page.html static "with space.txt" sub/*.css\nvar Files embed.FS\n\n//go:embed all:hidden\nvar Hidden embed.FS\n',
  "deep/er/er_test.go": 'package er\n\nimport _ "embed"\n\n//go:embed testdata/t\nvar t string\n',
  "deep/er/page.html": "page",
  "deep/er/with space.txt": "spaces",
  "deep/er/static/a/b.js": "b",
  "deep/er/static/.private": "private",
  "deep/er/static/_draft": "draft",
  "deep/er/sub/one.css": "one",
  "deep/er/sub/one.txt": "not this",
  "deep/er/hidden/.x": "x",
  "deep/er/testdata/t": "t",
};

let world: SumsWorld;
let thing: Published;
let other: Published;

function go(...args: readonly string[]): string {
  const run = spawnSync("go", args, { cwd: world.main, env: world.env, encoding: "utf8" });

  expect({ status: run.status, said: run.stderr }).toMatchObject({ status: 0 });
  return run.stdout;
}

beforeEach(async () => {
  world = await createSumsWorld(process.env["PATH"]);
  thing = await world.publish({ path: "example.org/thing", version: "v1.0.0" }, { files, cached: false });
  other = await world.publish({ path: "example.org/thing/nested", version: "v1.2.0" }, { cached: false });
  world.put(join(world.main, "local", "go.mod"), "module example.org/local\n");
  world.put(join(world.main, "local", "local.go"), "package local\n");
  const imports = ["thing", "thing/deep/er", "thing/nested", "local"].map((name) => `import _ "example.org/${name}"\n`);
  world.put(join(world.main, "main.go"), `package main\n\n${imports.join("")}\nfunc main() {}\n`);
  copyModules("1.22");
});
afterEach(() => world.close());

function copyModules(language: string): void {
  const more = "require example.org/local v0.0.0\nreplace example.org/local => ./local\n";
  world.writeMain([thing, other], thing.lines + other.lines, more);
  const text = `module main.example\n\ngo ${language}\n\nrequire example.org/thing v1.0.0\nrequire example.org/thing/nested v1.2.0\n${more}`;
  writeFileSync(join(world.main, "go.mod"), text);
  go("mod", "vendor");
}

const at = (path: string): string => join(world.main, "vendor", path);
async function explain(
  ...more: readonly string[]
): Promise<{ exit: number; vendor: Vendor; codes: string[]; code: string | undefined }> {
  const told = await world.medkit("module", "explain", "--sums", "--json", "--offline", ...more);
  const { vendor, openings } = told.data as unknown as { vendor: Vendor; openings: { code: string }[] };
  return { exit: told.exit, vendor, codes: openings.map((each) => each.code), code: told.code };
}

describe("module explain --sums with vendor/", () => {
  it("finds what the go command has copied to be as in the zips, whatever it left out", async () => {
    for (const language of ["1.22", "1.21", "1.16"]) {
      copyModules(language);
      const told = await explain();
      expect(told.vendor).toMatchObject({
        modules: [
          { path: "example.org/local", state: "uncompared", reason: "folder" },
          { path: "example.org/thing", state: "same", files: [] },
          { path: "example.org/thing/nested", state: "same", files: [] },
        ],
        strays: [],
      });
      expect(told).toMatchObject({ exit: 0, codes: ["vendor", "replaced-folder"] });
    }
  });

  it("names each file that is changed, gone, added, linked, or of no package", async () => {
    writeFileSync(at("example.org/thing/code.go"), "package thing\n\nfunc init() {}\n");
    rmSync(at("example.org/thing/plan9.go"));
    rmSync(at("example.org/thing/deep/er/static/a/b.js"));
    rmSync(at("example.org/thing/deep/er/hidden/.x"));
    rmSync(at("example.org/thing/LICENSE"));
    writeFileSync(at("example.org/thing/evil.go"), "package thing\n");
    writeFileSync(at("example.org/thing/deep/er/sub/two.css"), "two");
    rmSync(at("example.org/thing/nested/code.go"));
    symlinkSync("../code.go", at("example.org/thing/nested/code.go"));
    mkdirSync(at("example.org/stray"), { recursive: true });
    writeFileSync(at("example.org/stray/x.go"), "package stray\n");
    // As in the zip, though the go command would have left it out.
    cpSync(join(cachedModule(world.cache, thing).folder, "code_test.go"), at("example.org/thing/code_test.go"));
    const told = await explain();
    expect(told.vendor.strays).toEqual(["example.org/stray/x.go"]);
    expect(told.vendor.modules.map((each) => each.files)).toEqual([
      [],
      [
        { path: "example.org/thing/LICENSE", kind: "missing" },
        { path: "example.org/thing/code.go", kind: "changed" },
        { path: "example.org/thing/deep/er/hidden/.x", kind: "missing" },
        { path: "example.org/thing/deep/er/static/a/b.js", kind: "missing" },
        { path: "example.org/thing/deep/er/sub/two.css", kind: "extra" },
        { path: "example.org/thing/evil.go", kind: "extra" },
        { path: "example.org/thing/plan9.go", kind: "missing" },
      ],
      [{ path: "example.org/thing/nested/code.go", kind: "extra" }],
    ]);
    expect(told).toMatchObject({ exit: 4, code: "SUMS_DIFFERENT" });
    expect(told.codes[0]).toBe("vendor-changed");
    const text = await world.medkit("module", "explain", "--sums", "--offline");
    expect(text.stdout).toContain("example.org/thing/evil.go: added");
    expect(text.stdout).toContain("example.org/stray/x.go: added");
    // The go command takes it all the same.
    expect(go("list", "-mod=vendor", "-f", "{{.GoFiles}}", "example.org/thing")).toBe("[code.go evil.go]\n");
  });

  it("believes no list that gives a module's packages to a folder's module, which the go command takes", async () => {
    writeFileSync(at("example.org/thing/code.go"), "package thing\n\nfunc init() {}\n");
    const list = readFileSync(at("modules.txt"), "utf8").split("\n");
    const moved = ["example.org/thing", "example.org/thing/deep/er"];
    const rest = list.filter((line) => !moved.includes(line));
    const under = rest.indexOf("example.org/local") + 1;
    writeFileSync(at("modules.txt"), [...rest.slice(0, under), ...moved, ...rest.slice(under)].join("\n"));
    expect(go("list", "-mod=vendor", "-f", "{{.GoFiles}}", "example.org/thing")).toBe("[code.go]\n");
    const told = await explain();
    expect(told.vendor.strays).toContain("example.org/thing/code.go");
    expect(told).toMatchObject({ exit: 4, code: "SUMS_DIFFERENT" });
  });

  it("says what it could not compare, and believes no zip that go.sum does not", async () => {
    const { zip, zipHash } = cachedModule(world.cache, thing);
    writeFileSync(at("example.org/thing/code.go"), "package thing\n\nfunc init() {}\n");
    cpSync(join(world.proxy, "example.org/thing/nested/@v/v1.2.0.zip"), zip);
    expect((await explain()).vendor.modules[1]).toMatchObject({ state: "uncompared", reason: "zip-changed" });
    rmSync(zip);
    rmSync(zipHash);
    rmSync(cachedModule(world.cache, thing).folder, { recursive: true });
    const told = await explain();
    expect(told.vendor.modules[1]).toMatchObject({ state: "uncompared", reason: "no-zip" });
    expect(told).toMatchObject({ exit: 0, codes: ["vendor", "replaced-folder"] });
    world.put(at("modules.txt"), "# ../../out v1.0.0\n../../out\n# \nx\nno module\n\0\n");
    const strange = await explain();
    expect(strange).toMatchObject({ exit: 4, vendor: { modules: [{ path: "../../out", reason: "no-line" }, {}] } });
    // Where go builds from the cache, vendor/ does not matter.
    world.env["GOFLAGS"] = "-mod=mod -modcacherw";
    expect((await explain()).vendor).toBeNull();
    expect(existsSync(at("modules.txt"))).toBe(true);
  });
});
