import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readRegularFile } from "../core/regular-file.ts";
import { hasGoFiles } from "./go-source.ts";
import { lineWith } from "./lines.ts";
import { below } from "./read-facts.ts";
import {
  hasPathPrefix,
  internalParent,
  isStandardPath,
  nowhere,
  type Importer,
  type Resolution,
} from "./resolution.ts";
import type { Evidence } from "./types.ts";

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** The nearest go.mod from a folder up to a root, and the path that it gives itself. */
async function moduleAbove(folder: string, root: string): Promise<{ readonly file: string; readonly path: string } | undefined> {
  for (let at = folder; at.length >= root.length; at = dirname(at)) {
    const path = join(at, "go.mod");
    const text = await readRegularFile(path);
    if (text !== undefined) return { file: path, path: lineWith({ path, text }, "module")?.value ?? "" };
    if (at === root) return undefined;
  }
  return undefined;
} // prettier-ignore

/** Finds packages as the go command does in GOPATH mode: go/build.Context.Import, and cmd/go/internal/load for `/v2` paths and `internal`. */
export class GopathResolver {
  readonly #goroot: string | undefined;
  readonly #gopath: readonly string[];

  constructor(goroot: string | undefined, gopath: readonly string[]) {
    this.#goroot = goroot;
    this.#gopath = gopath;
  }

  async resolve(path: string, importer: Importer): Promise<Resolution> {
    if (path === "C") return { ...nowhere(path, "notFound"), origin: "cgo", problem: undefined };
    if (path.startsWith("/")) return nowhere(path, "badPath", { problem: "it is an absolute path" });
    if (/^\.{1,2}(?:\/|$)/.test(path)) return await this.#local(path, importer);
    if (hasPathPrefix(path, "vendor") || path.includes("/vendor/")) return nowhere(path, "vendorPath");
    const found =
      (await this.#vendored(path, importer)) ?? (await this.#plain(path)) ?? (await this.#withoutMajor(path, importer));
    if (found === undefined) return this.#missing(path);
    const parent = internalParent(found.importPath);
    if (parent === undefined || found.folder === undefined) return found;
    // Folders decide here, and not import paths.
    const root = found.folder.slice(0, found.folder.length - found.importPath.length + parent.length);
    if ((await below(root, importer.folder)) !== undefined) return found;
    return { ...found, problem: { code: "internal", params: { path, parent: parent || path } } };
  }

  #at(path: string, importPath: string, origin: "std" | "gopath" | "vendor", folder: string, more: readonly Evidence[] = []): Resolution {
    return { path, importPath, origin, folder, module: undefined, problem: undefined, evidence: [{ where: folder }, ...more] };
  } // prettier-ignore

  async #local(path: string, { folder }: Importer): Promise<Resolution> {
    const target = join(folder, path);
    let importPath = `_${target}`;
    for (const root of this.#gopath) importPath = (await below(join(root, "src"), target)) || importPath;
    if (!(await hasGoFiles(target))) return { ...nowhere(path, "notInGopath", { tried: target }), importPath };
    return this.#at(path, importPath, "gopath", target);
  }

  /** Vendor folders from the importer's folder up to `src`. */
  async #vendored(path: string, { folder }: Importer): Promise<Resolution | undefined> {
    for (const root of this.#gopath) {
      const src = join(root, "src");
      const sub = await below(src, folder);
      if (sub === undefined || sub === "" || `${sub}/`.includes("/testdata/")) continue;
      const words = sub.split("/");
      for (let length = words.length; length >= 0; length--) {
        const prefix = words.slice(0, length).join("/");
        const target = join(src, prefix, "vendor", path);
        if (await hasGoFiles(target))
          return this.#at(path, prefix === "" ? `vendor/${path}` : `${prefix}/vendor/${path}`, "vendor", target);
      }
    }
    return undefined;
  }

  async #plain(path: string): Promise<Resolution | undefined> {
    if (this.#goroot === undefined && isStandardPath(path)) {
      const own = await this.#inGopath(path);
      return own ?? { ...nowhere(path, "notFound"), origin: "std", problem: undefined };
    }
    const std = join(this.#goroot ?? "", "src", path);
    if (this.#goroot !== undefined && (await isFolder(std))) return this.#at(path, path, "std", std);
    return await this.#inGopath(path);
  }

  async #inGopath(path: string): Promise<Resolution | undefined> {
    for (const root of this.#gopath) {
      const target = join(root, "src", path);
      if (await isFolder(target)) return this.#at(path, path, "gopath", target);
    }
    return undefined;
  }

  /** `m/v2/p` means the folder `m/p` to code that has a go.mod above it, where the go.mod of `m` says `m/v2` (cmd/go/internal/load.moduleImportPath). */
  async #withoutMajor(path: string, { folder }: Importer): Promise<Resolution | undefined> {
    const [, before = "", major, after = ""] = /^(.+)\/(v[2-9]|v[1-9]\d+)(\/.*)?$/.exec(path) ?? [];
    if (major === undefined) return undefined;
    for (const root of this.#gopath) {
      const src = join(root, "src");
      if ((await below(src, folder)) === undefined || (await moduleAbove(folder, src)) === undefined) continue;
      for (const each of this.#gopath) {
        const base = join(each, "src", before);
        if (!(await isFolder(base))) continue;
        const above = await moduleAbove(base, join(each, "src"));
        if (above?.path !== `${before}/${major}`) return undefined;
        const found = await this.#plain(before + after);
        return found === undefined ? undefined : { ...found, path, evidence: [...found.evidence, { where: above.file }] };
      }
    }
    return undefined;
  } // prettier-ignore

  #missing(path: string): Resolution {
    const tried = this.#gopath.map((root) => join(root, "src", path)).join(", ");
    return nowhere(path, "notInGopath", { tried });
  }
}
