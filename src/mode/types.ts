import type { GoVersion } from "../core/go-version.ts";
import type { GoMod, GoWork } from "../module/index.ts";
import type { VendorFault, VendorList } from "./vendor-list.ts";

/** What a statement rests on: a variable, a line of a file, a file or folder, or Go's own default. */
export interface Evidence {
  /** `environment`, `default`, or the absolute path of a file or folder. */
  readonly where: string;
  /** 1 for the first line of the file. */
  readonly line?: number;
  /** What stands there, such as `GO111MODULE=auto` or `go 1.22`. */
  readonly text?: string;
}

/** Settings of the go command that have a say. */
export const SETTING_NAMES = [
  "GO111MODULE", "GOWORK", "GOFLAGS", "GOTOOLCHAIN", "GOPATH", "GOMODCACHE", "GOPROXY", "GONOPROXY", "GOPRIVATE",
  "GOSUMDB", "GONOSUMDB", "GOINSECURE", "GOOS", "GOARCH", "CGO_ENABLED",
] as const; // prettier-ignore
export type SettingName = (typeof SETTING_NAMES)[number];

export interface Setting {
  readonly value: string;
  readonly evidence: Evidence;
}

export type Settings = Readonly<Record<SettingName, Setting>>;

/** The go command that starts, before it may switch to another version. */
export interface GoCommand {
  /** Absolute path of the `go` of PATH; undefined where there is none. */
  readonly program: string | undefined;
  readonly goroot: string | undefined;
  /** Undefined: a development version, or it could not be read. */
  readonly version: GoVersion | undefined;
  /** The version is a supposition, and not what was found. */
  readonly isAssumed: boolean;
  readonly evidence: readonly Evidence[];
}

/** A go.mod or go.work as it lies there. `problem` where it cannot be read by Go's grammar. */
export interface ReadFile<Parsed> {
  readonly path: string;
  readonly text: string;
  readonly parsed: Parsed | undefined;
  readonly problem: { readonly line: number; readonly problem: string } | undefined;
}

export type ModFile = ReadFile<GoMod> & {
  /** Folder of the module: with `-modfile` not that of the file. */
  readonly root: string;
};

export interface UsedModule {
  readonly folder: string;
  /** The line of go.work. */
  readonly line: number;
  /** Undefined: there is no go.mod. */
  readonly mod: ModFile | undefined;
}

export type WorkFile = ReadFile<GoWork> & { readonly uses: readonly UsedModule[] };

export interface GopathEntry {
  readonly path: string;
  /** Import path of the folder in question, where it lies below `src`; empty for `src` itself. */
  readonly inside: string | undefined;
}

/** What lies on the disk and in the environment, whichever mode counts in the end. */
export interface Facts {
  readonly folder: string;
  readonly go: GoCommand;
  readonly settings: Settings;
  /** Words of GOFLAGS. */
  readonly flags: readonly string[];
  /** The system's folder for temporary files. */
  readonly tempRoot: string;
  /** The nearest go.mod upwards; `inTempRoot` where it lies in the temporary folder itself. */
  readonly goMod: (ModFile & { readonly inTempRoot: boolean }) | undefined;
  /** The file that `-modfile` names; undefined where none is named or the named one is not there. */
  readonly altMod: ModFile | undefined;
  readonly work: {
    readonly kind: "off" | "relative" | "named" | "found" | "none";
    /** What GOWORK names, or the nearest go.work upwards. */
    readonly path: string | undefined;
    readonly file: WorkFile | undefined;
  };
  /** `vendor` beside go.mod, and beside go.work: undefined where there is no such folder. */
  readonly vendor: { readonly module: VendorList | undefined; readonly work: VendorList | undefined };
  readonly gopath: readonly GopathEntry[];
  /** A go.mod in the first folder of GOPATH. */
  readonly gopathMod: string | undefined;
  /** Toolchains that a switch would find without a download, such as `go1.22.5`, and their GOROOT. */
  readonly toolchains: ReadonlyMap<string, string>;
}

export type ModeKind =
  /** One main module. */
  | "module"
  | "workspace"
  /** Module mode without a main module. */
  | "outside"
  | "gopath"
  /** The go command stops before it has a mode. */
  | "refused";

export type Params = Readonly<Record<string, string | number>>;

/** One thing that was looked at, and what followed. The words are under `mode.step.<code>`. */
export interface Step {
  readonly code: StepCode;
  readonly params: Params;
  readonly evidence: readonly Evidence[];
}

export const STEP_CODES = [
  "go.found", "go.none", "go.unknown", "go.assumed", "toolchain.local", "toolchain.kept", "toolchain.chosen", "toolchain.raised",
  "toolchain.none", "modules.unset", "modules.on", "modules.auto", "modules.off", "work.off", "work.named", "work.found", "work.none",
  "work.unused", "use.module", "use.outside", "mod.found", "mod.none", "mod.tempRoot", "mod.gopath", "mod.autoGopath", "mod.unused",
  "gopath.inside", "gopath.outside", "flags.mod", "flags.modfile", "flags.overlay", "flags.unused", "vendor.none", "vendor.used",
  "vendor.old", "vendor.noGoLine", "vendor.forWorkspace", "vendor.notForWorkspace", "vendor.noWorkspaces", "vendor.overruled",
  "vendor.ignored",
] as const; // prettier-ignore
export type StepCode = (typeof STEP_CODES)[number];

/** Why the go command would stop. The words are under `mode.refusal.<code>`. */
export const REFUSAL_CODES = [
  "modulesBad", "workRelative", "workAbsent", "workEmpty", "useAbsent", "useTwice", "useTooNew", "fileInvalid", "goLineTooNew",
  "directiveTooNew", "goVersionForm", "workTooNew", "modInWorkspace", "modBad", "modfileInWorkspace", "modfileInGopath", "modfileOutside", "modfileName",
  "modfileAbsent", "flagsBad", "vendorInconsistent", "toolchainBad", "toolchainName", "toolchainAbsent", "gopathMod", "noModule",
  "sameModule",
] as const; // prettier-ignore
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Params;
  readonly evidence: readonly Evidence[];
}

export type BuildMod = "mod" | "readonly" | "vendor";

/** What one go command, with one value of GO111MODULE, makes of the folder. */
export interface Decision {
  readonly kind: ModeKind;
  /** The version that does the work, after a switch. */
  readonly version: GoVersion | undefined;
  /** Its GOROOT; undefined where it is not known or would have to be downloaded. */
  readonly goroot: string | undefined;
  /** Main modules: one, or those of the workspace. */
  readonly mains: readonly ModFile[];
  readonly work: WorkFile | undefined;
  /** `-mod` in effect; undefined in GOPATH mode. */
  readonly buildMod: BuildMod | undefined;
  readonly vendor: VendorList | undefined;
  /** What `go env GOMOD` and `go env GOWORK` print. */
  readonly gomod: string;
  readonly gowork: string;
  readonly steps: readonly Step[];
  readonly refusal: Refusal | undefined;
  /** In what vendor/modules.txt and the go.mod files disagree. */
  readonly faults: readonly VendorFault[];
  /** What the go command warns of, and goes on. */
  readonly warnings: readonly Refusal[];
}

export type ModuleSetting = "off" | "auto" | "on";
