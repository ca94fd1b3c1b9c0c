import type { Evidence, Params } from "./types.ts";

/** Where a package comes from. */
export type Origin =
  | "std"
  /** A main module, or one that the workspace uses. */
  | "main"
  /** A folder behind `replace`. */
  | "replaced"
  | "cache"
  | "vendor"
  | "gopath"
  /** Go's own, without a folder: `C`. */
  | "cgo"
  /** A module that the cache does not have: go would fetch it first. */
  | "download"
  /** In no module that is required; with -mod=mod go asks the proxies for one that has it, and adds it. */
  | "lookup"
  | "none";

export const PROBLEM_CODES = [
  "notFound", "notFoundStd", "noModule", "ambiguous", "internal", "noSum", "notInGoMod", "notInVendor", "notInModulesTxt", "relative",
  "badPath", "vendorPath", "graphUnread", "replacedAbsent", "proxyOff", "noGoFiles", "notInGopath", "refused",
] as const; // prettier-ignore
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Why an import would not be found, or not be allowed. The words are under `mode.problem.<code>`. */
export interface Problem {
  readonly code: ProblemCode;
  readonly params: Params;
}

/** Where one import leads. */
export interface Resolution {
  /** As it is written. */
  readonly path: string;
  /** As go calls the package; another than `path` in a vendor folder of GOPATH mode. */
  readonly importPath: string;
  readonly origin: Origin;
  readonly folder: string | undefined;
  /** The module as it is required, and what stands for it. */
  readonly module:
    | {
        readonly path: string;
        /** Empty for main modules. */
        readonly version: string;
        readonly replacement: { readonly path: string; readonly version: string } | undefined;
      }
    | undefined;
  readonly problem: Problem | undefined;
  readonly evidence: readonly Evidence[];
}

/** Who imports: its own import path, where it has one, and its folder. */
export interface Importer {
  readonly path: string | undefined;
  readonly folder: string;
}

export const nowhere = (path: string, code: ProblemCode, params: Params = {}, evidence: readonly Evidence[] = []): Resolution => ({
  path,
  importPath: path,
  origin: "none",
  folder: undefined,
  module: undefined,
  problem: { code, params: { path, ...params } },
  evidence,
}); // prettier-ignore

/** Whether a path begins with another, element by element. */
export function hasPathPrefix(path: string, prefix: string): boolean {
  return prefix === "" || path === prefix || path.startsWith(`${prefix}/`);
}

/** Path up to the element `internal` that restricts who may import, without it; undefined where there is none (cmd/go/internal/load.findInternal). */
export function internalParent(path: string): string | undefined {
  const at = `/${path}/`.lastIndexOf("/internal/");
  return at < 0 ? undefined : path.slice(0, Math.max(0, at - 1));
}

/** A path that begins with no host name is for the standard library (cmd/go/internal/search.IsStandardImportPath). */
export function isStandardPath(path: string): boolean {
  return !(path.split("/")[0] ?? "").includes(".");
}
