import { linkSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { unescapePath, unescapeVersion } from "../../src/module/index.ts";

/** Where Athens has a file of a GOPROXY tree on its disk: paths and versions unescaped, a folder a version. */
function athensPath(path: string): string | undefined {
  const [, escaped = "", version = "", kind = ""] = /^(.+)\/@v\/(.+)\.(info|mod|zip)$/.exec(path) ?? [];
  if (escaped === "") return undefined;
  const plain = unescapeVersion(version);
  const name = { info: `${plain}.info`, mod: "go.mod", zip: "source.zip" }[kind] ?? "";
  return join(unescapePath(escaped), plain, name);
}

/** The same files, linked in the layout of Athens. */
export function linkForAthens(store: string, target: string): void {
  for (const each of readdirSync(store, { recursive: true, withFileTypes: true })) {
    const file = join(each.parentPath, each.name);
    const path = each.isFile() ? athensPath(relative(store, file)) : undefined;
    if (path === undefined) continue;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    linkSync(file, join(target, path));
  }
}
