import type { Replacement } from "../module/index.ts";

/** A setting of the go command, and where it stands: a variable's name, a file, or `default` for Go's own. */
export interface Setting {
  readonly value: string;
  readonly where: string;
}

/** The settings that decide what is proven, and by whom. */
export interface GoSettings {
  readonly gomodcache: string | undefined;
  readonly gopath: string | undefined;
  readonly goproxy: Setting;
  readonly gosumdb: Setting;
  readonly gonosumdb: Setting;
  readonly goprivate: Setting;
  readonly goinsecure: Setting;
  readonly goflags: Setting;
  readonly gowork: Setting;
  /** The `go` that was asked, by its absolute path; undefined where none is on PATH. */
  readonly go: string | undefined;
}

/** A module of the tree, by its go.mod. */
export interface MainModule {
  readonly path: string;
  readonly goMod: string;
}

/** What the go command would take for a folder: one module, or the modules of a workspace. */
export interface ModuleTree {
  /** Folder of go.mod or go.work. */
  readonly root: string;
  readonly workFile: string | undefined;
  readonly mains: readonly MainModule[];
  /** go.sum of each module, and go.work.sum: those that are there. */
  readonly sumFiles: readonly string[];
  /** Replacements that count, those of go.work included, with the folder that relative ones start from. */
  readonly replacements: readonly (Replacement & { readonly folder: string })[];
  /** Whether every go.mod lists all modules that packages are taken from, as since `go 1.17`. */
  readonly isPruned: boolean;
  /** Modules that the go.mod files require, in their order. */
  readonly required: readonly { readonly path: string; readonly version: string; readonly indirect: boolean }[];
  readonly vendor: string | undefined;
}

/**
 * What is known of a line of go.sum. `proven`: the database's record holds this very line; `different`: it holds another hash for it; `forged`: what was
 * answered is not proven; `unknown`: the database has no such version; `exempt`: the settings say not to ask it; `unasked`: it could not be asked;
 * `ignored`: of an algorithm that Go passes over; `malformed`: go refuses the file for it.
 */
export type LineState = "proven" | "different" | "forged" | "unknown" | "exempt" | "unasked" | "ignored" | "malformed";

export interface JudgedLine {
  readonly file: string;
  /** 1 for the first line of the file. */
  readonly line: number;
  readonly path: string;
  readonly version: string;
  readonly subject: "zip" | "go.mod";
  readonly hash: string;
  readonly state: LineState;
  /** The database's hash, where it has one. */
  readonly published: string | undefined;
  /** Number of the record in the log. */
  readonly record: number | undefined;
  /** An error code, or what the database said. */
  readonly reason: string | undefined;
}

export interface BuildModule {
  readonly path: string;
  readonly version: string;
}

export interface NeededLine extends BuildModule {
  readonly subject: "zip" | "go.mod";
}

export interface BuildList {
  /** `go`: all of `go list -m all`; `go.mod`: only what the go.mod files require. */
  readonly source: "go" | "go.mod";
  /** Why go did not say. */
  readonly reason: string | undefined;
  /** What is built, replacements applied, without main modules and folders. */
  readonly modules: readonly BuildModule[];
  /** Lines that a build needs and no go.sum has. */
  readonly missing: readonly NeededLine[];
  /** Lines that only `go list -m all` and its like need; a tidy go.sum has not all of them. */
  readonly beyond: readonly NeededLine[];
}

/** `zip`, `folder`, `go.mod`: not what go.sum says. `note`: go's own note of the zip's hash is another. `no-note`: it is missing. */
export type CacheFault = "zip" | "folder" | "go.mod" | "note" | "no-note";

/** A file that is not as in the zip that it should come from. */
export interface CachedFile {
  readonly path: string;
  readonly kind: "changed" | "missing" | "extra";
}

/** A module that vendor/ has packages of. */
export interface VendoredCheck {
  /** What packages are imported by. */
  readonly path: string;
  /** What the files were copied from: the module or its replacement; undefined for a folder. */
  readonly from: BuildModule | undefined;
  readonly state: "same" | "changed" | "uncompared";
  /** Why nothing was compared: it is a `folder`; its zip is not in the cache, or not what go.sum says; or go.sum has no line for it. */
  readonly reason: "folder" | "no-zip" | "zip-changed" | "no-line" | undefined;
  /** With paths below vendor/. */
  readonly files: readonly CachedFile[];
}

export interface VendorCheck {
  readonly folder: string;
  readonly modules: readonly VendoredCheck[];
  /** Files that belong to no package of vendor/modules.txt, with paths below vendor/. */
  readonly strays: readonly string[];
}

export interface CachedCheck {
  readonly path: string;
  readonly version: string;
  readonly state: "ok" | "absent" | "changed";
  readonly faults: readonly CacheFault[];
  /** Files of the folder that differ from the zip, where the zip is what go.sum says. */
  readonly files: readonly CachedFile[];
  readonly zip: "ok" | "absent" | "changed";
  /** What its zip and folder were held against: a line of go.sum (corrected by the database), or go's note where there is none. */
  readonly by: "go.sum" | "note";
}

/** A way in which somebody between could have changed what is built. The words are under `sums.finding.<code>`. */
export interface Finding {
  readonly code:
    | "different"
    | "forged"
    | "unknown"
    | "exempt"
    | "unasked"
    | "malformed"
    | "missing"
    | "only-go-mod"
    | "cache"
    | "replaced-folder"
    | "vendor"
    | "vendor-changed"
    | "database-off"
    | "exempt-all"
    | "insecure"
    | "plain-http"
    | "mod-mod"
    | "no-sum";
  readonly grave: boolean;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface SumsReport {
  readonly tree: ModuleTree;
  readonly settings: GoSettings;
  readonly database: { readonly name: string; readonly key: string; readonly treeSize: number | undefined } | undefined;
  readonly lines: readonly JudgedLine[];
  readonly buildList: BuildList;
  readonly cache: { readonly folder: string | undefined; readonly modules: readonly CachedCheck[] };
  /** Undefined where there is no vendor/ that go would build from. */
  readonly vendor: VendorCheck | undefined;
  readonly findings: readonly Finding[];
}
