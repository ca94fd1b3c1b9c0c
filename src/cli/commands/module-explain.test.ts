import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSumsWorld, type Published, type SumsWorld } from "../../../test/support/sums-world.ts";
import { cachedModule } from "../../module/index.ts";

let world: SumsWorld;
let a: Published;
let b: Published;
let own: Published;
beforeEach(async () => {
  world = await createSumsWorld();
  a = await world.publish({ path: "example.org/a", version: "v1.0.0" });
  b = await world.publish({ path: "example.org/b", version: "v1.2.0" });
  own = await world.publish({ path: "corp.example/own", version: "v0.1.0" }, { inDatabase: false });
});
afterEach(() => world.close());

interface Report {
  readonly proven: boolean;
  readonly counts: Record<string, number>;
  readonly lines: readonly { path: string; subject: string; state: string; published: string | null; line: number }[];
  readonly openings: readonly { code: string; grave: boolean; params: Record<string, string | number> }[];
  readonly buildList: { readonly missing: readonly { path: string; subject: string }[] };
  readonly cache: { readonly modules: readonly { path: string; state: string; faults: string[]; files: unknown[] }[] };
}

async function explain(...flags: readonly string[]): Promise<Report & { exit: number; code: string | undefined }> {
  const told = await world.medkit("module", "explain", "--sums", "--json", ...flags);
  return { ...(told.data as unknown as Report), exit: told.exit, code: told.code };
}

/** A hash of the right form that nobody published. */
const other = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

describe("lines", () => {
  test("are proven, each by its own hash", async () => {
    world.writeMain([a, b], a.lines + b.lines);
    const report = await explain();
    expect(report).toMatchObject({ exit: 0, proven: true, counts: { proven: 4 }, openings: [] });
    expect((await world.medkit("module", "explain", "--sums")).stdout).toContain("4 lines: 4 proven, 0 not");
  });

  test("with another hash than the published one are the gravest", async () => {
    world.writeMain([a, b], a.lines.replace(a.h1, other) + b.lines);
    const report = await explain();
    expect(report).toMatchObject({ exit: 4, code: "SUMS_DIFFERENT", counts: { proven: 3, different: 1 } });
    expect(report.lines[0]).toMatchObject({ path: a.path, subject: "zip", state: "different", published: a.h1, line: 1 }); // prettier-ignore
    expect(report.openings[0]).toMatchObject({ code: "different", grave: true });
    // The cache has the published bytes: it is the line that is wrong.
    expect(report.cache.modules.map((each) => each.state)).toEqual(["ok", "ok"]);
  });

  test("whose go.mod hash stands for the zip are different", async () => {
    world.writeMain([a], a.lines.replace(a.h1, a.goModH1));
    expect(await explain()).toMatchObject({ exit: 4, counts: { different: 1, proven: 1 } });
  });

  test("that no database knows are so called, and no reason to say no where they are exempt", async () => {
    world.writeMain([a, own], a.lines + own.lines);
    expect(await explain()).toMatchObject({ exit: 3, code: "SUMS_UNPROVEN", counts: { unknown: 2, proven: 2 } });
    world.env["GOPRIVATE"] = "corp.example";
    expect(await explain()).toMatchObject({ exit: 3, counts: { exempt: 2, proven: 2 } });
    expect(await explain("--accept", "exempt")).toMatchObject({ exit: 0, proven: true });
    world.env["GONOSUMDB"] = "elsewhere.example";
    expect(await explain("--accept", "exempt")).toMatchObject({ exit: 3, counts: { unknown: 2 } });
  });

  test("that are exempt are not asked about", async () => {
    world.env["GOPRIVATE"] = "example.org";
    world.writeMain([a], a.lines.replace(a.h1, other));
    rmSync(world.database, { recursive: true });
    expect(await explain()).toMatchObject({ counts: { exempt: 2 } });
  });

  test("that cannot be read are named, and the others still judged", async () => {
    world.writeMain([a], `${a.lines}broken\n${a.path} v1.0.0 h2:zzz=\n`);
    const report = await explain();
    expect(report).toMatchObject({ exit: 3, counts: { proven: 2, malformed: 1, ignored: 1 } });
    expect(report.lines.find((each) => each.state === "malformed")).toMatchObject({ line: 3 });
  });

  test("of a database that lies are not proven", async () => {
    world.writeMain([a, b], a.lines + b.lines);
    const lookup = join(world.database, `lookup/${a.path}@${a.version}`);
    writeFileSync(lookup, readFileSync(lookup, "utf8").replace(a.h1, other));
    const report = await explain();
    expect(report).toMatchObject({ exit: 4, counts: { forged: 2, proven: 2 } });
    expect(report.openings[0]).toMatchObject({ code: "forged", grave: true });
  });

  test("that nobody can be asked about are no answer; what was asked before is", async () => {
    world.writeMain([a, b], a.lines + b.lines);
    await explain();
    world.env["GOSUMDB"] = `${world.log.verifier.text} https://sum.example.invalid`;
    expect(await explain("--offline")).toMatchObject({ exit: 0, counts: { proven: 4 } });
    rmSync(world.env["MEDKIT_HOME"] ?? "", { recursive: true });
    expect(await explain("--offline")).toMatchObject({ exit: 5, code: "SUMS_UNASKED", counts: { unasked: 4 } });
  });

  test("that are missing are named", async () => {
    world.writeMain([a, b], a.lines);
    const report = await explain();
    expect(report).toMatchObject({ exit: 3, code: "SUMS_UNPROVEN" });
    expect(report.buildList.missing.map((each) => `${each.path} ${each.subject}`)).toEqual([
      "example.org/b go.mod",
      "example.org/b zip",
    ]);
    expect(await explain("--accept", "missing")).toMatchObject({ exit: 0 });
  });
});

describe("openings", () => {
  test("a folder instead of a module, a vendor folder, and settings", async () => {
    world.writeMain([a, b], a.lines, `replace ${b.path} => ../b\n`);
    world.put(join(world.main, "vendor", "modules.txt"), `# ${b.path} ${b.version} => ../b\n${b.path}\n`);
    Object.assign(world.env, { GOINSECURE: "example.org", GOPROXY: "http://user:secret@goproxy.internal" });
    const told = await world.medkit("module", "explain", "--sums", "--json", "--offline");
    expect(told.stdout).not.toContain("secret");
    const { openings } = told.data as unknown as Report;
    const codes = openings.map((each) => each.code).toSorted();
    expect(codes).toEqual(["insecure", "plain-http", "replaced-folder", "vendor"]);
    expect(openings.find((each) => each.code === "replaced-folder")?.params["path"]).toBe(join(world.root, "b"));
    expect(told.exit).toBe(0);
  });

  test("a database that is off proves nothing, and is said so", async () => {
    world.writeMain([a], a.lines);
    world.env["GOSUMDB"] = "off";
    const report = await explain();
    expect(report).toMatchObject({ exit: 3, counts: { exempt: 2 } });
    expect(report.openings).toContainEqual({ code: "database-off", grave: true, params: { where: "GOSUMDB" } });
  });

  test("a replacement by a module is covered by that module's lines", async () => {
    world.writeMain([a], b.lines, `replace ${a.path} => ${b.path} ${b.version}\n`);
    expect(await explain()).toMatchObject({ exit: 0, openings: [], buildList: { missing: [] } });
  });
});

describe("module cache", () => {
  test("a changed, a missing and an added file of a folder are named", async () => {
    world.writeMain([a, b], a.lines + b.lines);
    const { folder } = cachedModule(world.cache, a);
    appendFileSync(join(folder, "code.go"), "// evil\n");
    rmSync(join(folder, "go.mod"));
    writeFileSync(join(folder, "new.go"), "package a\n");
    const report = await explain();
    expect(report).toMatchObject({ exit: 4, code: "SUMS_DIFFERENT", counts: { proven: 4 } });
    expect(report.cache.modules.find((each) => each.path === a.path)).toMatchObject({
      state: "changed",
      faults: ["folder"],
      files: [
        { path: "code.go", kind: "changed" },
        { path: "go.mod", kind: "missing" },
        { path: "new.go", kind: "extra" },
      ],
    });
    expect((await world.medkit("module", "explain", "--sums")).stdout).toContain("new.go: added");
  });

  test.each([
    ["zip", (module: Published) => writeFileSync(cachedModule(world.cache, module).zip, "no zip")],
    ["note", (module: Published) => writeFileSync(cachedModule(world.cache, module).zipHash, other)],
    ["no-note", (module: Published) => rmSync(cachedModule(world.cache, module).zipHash)],
    ["go.mod", (module: Published) => appendFileSync(cachedModule(world.cache, module).goMod, "\n")],
  ] as const)("a changed %s is found", async (fault, spoil) => {
    world.writeMain([a], a.lines);
    spoil(a);
    expect(await explain()).toMatchObject({ exit: 4, cache: { modules: [{ state: "changed", faults: [fault] }] } });
  });

  test("a folder that is still being unpacked, and a module that is not there, are no fault", async () => {
    const c = await world.publish({ path: "example.org/c", version: "v1.0.0" }, { cached: false });
    world.writeMain([a, c], a.lines + c.lines);
    writeFileSync(cachedModule(world.cache, a).partial, "");
    writeFileSync(join(cachedModule(world.cache, a).folder, "code.go"), "half");
    expect(await explain()).toMatchObject({ exit: 0, cache: { modules: [{ state: "ok" }, { state: "absent" }] } });
  });
});

test("a workspace counts with all its modules and go.work.sum", async () => {
  world.writeMain([a], a.lines);
  world.put(
    join(world.root, "second", "go.mod"),
    `module second.example\n\ngo 1.21\n\nrequire ${b.path} ${b.version}\n`,
  );
  world.put(join(world.root, "go.work"), "go 1.21\n\nuse (\n\t./main\n\t./second\n)\n");
  world.put(join(world.root, "go.work.sum"), b.lines);
  const report = await explain();
  expect(report).toMatchObject({ exit: 0, counts: { proven: 4 }, workspace: join(world.root, "go.work") });
  world.env["GOWORK"] = "off";
  expect(await explain()).toMatchObject({ exit: 0, counts: { proven: 2 }, workspace: null });
});

test("bad command lines are refused before anything is asked", async () => {
  for (const wrong of [
    ["--accept", "exempt"],
    ["--go", "seven"],
    ["--sums", "--go", "1.22"],
  ])
    expect(await world.medkit("module", "explain", "--json", ...wrong)).toMatchObject({ exit: 2 });
  world.writeMain([a], a.lines);
  expect(await explain("--accept", "everything")).toMatchObject({ exit: 2, code: "USAGE" });
  rmSync(world.main, { recursive: true });
  mkdirSync(world.main);
  expect(await explain()).toMatchObject({ exit: 2, code: "GO_MOD_NOT_FOUND" });
});

test("a host without go says so, and goes by go.mod", async () => {
  world.writeMain([a], a.lines);
  expect(await explain()).toMatchObject({ buildList: { source: "go.mod", reason: "noGo" } });
  expect((await world.medkit("module", "explain", "--sums")).stdout).toContain("there is no go on PATH");
});

test("long lists are cut, and say so", async () => {
  const many = Array.from({ length: 60 }, (_, index) => `corp.example/m${index} v1.0.0/go.mod ${own.goModH1}\n`);
  world.writeMain([a], a.lines + many.join(""));
  const { stdout } = await world.medkit("module", "explain", "--sums");
  expect(stdout).toContain("… 20 more (--all lists them)");
  expect(stdout.split("\n").filter((line) => line.includes("not in the database"))).toHaveLength(40);
  expect((await world.medkit("module", "explain", "--sums", "--all")).stdout).toContain("corp.example/m59");
  expect(readdirSync(world.main).toSorted()).toEqual(["go.mod", "go.sum"]);
});
