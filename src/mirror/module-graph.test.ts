import { describe, expect, it } from "vitest";
import { moduleName, parseGoMod, type GoMod } from "../module/index.ts";
import { isPrunedLanguage, readModuleGraph, type GoModReader } from "./module-graph.ts";
import type { GraphRoot } from "./types.ts";

/** `a@v1` requires…; a `go` line of 1.17 or more prunes. */
function reader(mods: Readonly<Record<string, string>>): GoModReader & { readonly asked: string[] } {
  const asked: string[] = [];
  const read = async (name: string): Promise<GoMod | undefined> => {
    asked.push(name);
    await Promise.resolve();
    return mods[name] === undefined ? undefined : parseGoMod(mods[name]);
  };
  return { asked, version: (module) => read(moduleName(module)), folder: read };
}

function root(text: string): GraphRoot {
  const { require, replace, exclude, go } = parseGoMod(`module m.org/main\n${text}`, { main: true });
  const replacements = replace.map((each) => ({ ...each, folder: "/other" }));
  return { required: require, own: ["m.org/main"], replacements, excluded: exclude, isPruned: isPrunedLanguage(go) };
}

const names = (found: readonly { path: string; version: string }[]): string[] => found.map(moduleName).toSorted();

describe("readModuleGraph", () => {
  const mods = {
    "a.org/a@v1.0.0": "module a.org/a\ngo 1.20\nrequire b.org/b v1.1.0\n",
    "b.org/b@v1.1.0": "module b.org/b\ngo 1.20\nrequire c.org/c v1.2.0\n",
    "b.org/b@v1.0.0": "module b.org/b\nrequire c.org/c v1.9.0\n",
    "c.org/c@v1.2.0": "module c.org/c\nrequire m.org/main v0.9.0\n",
    "c.org/c@v1.9.0": "module c.org/c\n",
  };

  it("reads a pruned graph as far as the direct requirements say, and selects what they name", async () => {
    const from = reader(mods);
    const graph = await readModuleGraph(root("go 1.22\nrequire a.org/a v1.0.0\n"), from);
    expect(names(graph.loaded)).toEqual(["a.org/a@v1.0.0"]);
    expect(names(graph.buildList)).toEqual(["a.org/a@v1.0.0", "b.org/b@v1.1.0"]);
  });

  it("reads all of it for a program of before go 1.17, without the main module", async () => {
    const graph = await readModuleGraph(root("go 1.16\nrequire a.org/a v1.0.0\n"), reader(mods));
    expect(names(graph.loaded)).toEqual(["a.org/a@v1.0.0", "b.org/b@v1.1.0", "c.org/c@v1.2.0"]);
    expect(names(graph.buildList)).toEqual(["a.org/a@v1.0.0", "b.org/b@v1.1.0", "c.org/c@v1.2.0"]);
  });

  it("follows one that prunes not, in a graph that is pruned, and keeps the highest version", async () => {
    const from = reader(mods);
    const graph = await readModuleGraph(root("go 1.22\nrequire (\na.org/a v1.0.0\nb.org/b v1.0.0\n)\n"), from);
    expect(names(graph.loaded)).toEqual(["a.org/a@v1.0.0", "b.org/b@v1.0.0", "c.org/c@v1.9.0"]);
    expect(names(graph.buildList)).toEqual(["a.org/a@v1.0.0", "b.org/b@v1.1.0", "c.org/c@v1.9.0"]);
  });

  it("applies replacements by versions and by folders, and exclusions", async () => {
    const text =
      "go 1.16\nrequire a.org/a v1.0.0\nreplace a.org/a => d.org/d v0.1.0\nreplace b.org/b v1.5.0 => ./b\nexclude c.org/c v1.9.0\n";
    const from = reader({
      ...mods,
      "d.org/d@v0.1.0": "module a.org/a\nrequire b.org/b v1.5.0\n",
      "/other/b": "module b.org/b\nrequire (\nc.org/c v1.9.0\nc.org/c v1.2.0\n)\n",
    });
    const graph = await readModuleGraph(root(text), from);
    expect(names(graph.loaded)).toEqual(["c.org/c@v1.2.0", "d.org/d@v0.1.0"]);
    expect(names(graph.buildList)).toEqual(["c.org/c@v1.2.0", "d.org/d@v0.1.0"]);
    expect(from.asked).toContain("/other/b");
  });

  it("goes on without a go.mod that cannot be had, and ends in a ring", async () => {
    const from = reader({
      "a.org/a@v1.0.0": "module a.org/a\nrequire (\nb.org/b v1.0.0\nx.org/x v1.0.0\n)\n",
      "b.org/b@v1.0.0": "module b.org/b\nrequire a.org/a v1.0.0\n",
    });
    const graph = await readModuleGraph(root("require a.org/a v1.0.0\n"), from);
    expect(names(graph.buildList)).toEqual(["a.org/a@v1.0.0", "b.org/b@v1.0.0", "x.org/x@v1.0.0"]);
  });
});
