import type { RebuiltRecord } from "../goroot/index.ts";
import type { Platform } from "../core/go-version.ts";

/** One toolchain that goes into the kit. */
export interface KitToolchain {
  readonly version: string;
  readonly platform: Platform;
}

/** A named module at the version that one Go version takes. */
export interface NamedModule {
  readonly path: string;
  readonly version: string;
}

/** What one Go version of the kit has to be able to build offline. */
export interface ModuleSet {
  readonly goVersion: string;
  readonly modules: readonly NamedModule[];
  /** Absolute folders of main modules whose closure is in the kit (`gomod:`), in the configuration's order. */
  readonly mainModules: readonly string[];
  /** Absolute folders of main modules that the cache is warmed with. */
  readonly warm: readonly string[];
  /** Target platforms of the kit's toolchains of this version. */
  readonly platforms: readonly Platform[];
}

/** What `kit build` is going to do; plain data, computed without clock, network or disk. */
export interface KitPlan {
  readonly name: string;
  readonly version: string;
  readonly archive: string;
  readonly toolchains: readonly KitToolchain[];
  readonly moduleSets: readonly ModuleSet[];
  readonly sources: readonly ("proxy" | "download" | "local" | "rebuild")[];
  readonly local: readonly string[];
  readonly download: string;
  readonly goproxy: string;
  readonly sumdb: string;
  readonly private: readonly string[];
  readonly tests: boolean;
  readonly cache: { readonly enabled: boolean };
  /** The Go platform of the host that builds: commands of a Go version run on its toolchain for this platform. */
  readonly host: Platform;
}

/** Go's hash of one file of the module protocol, as in go.sum. */
export interface ManifestModule {
  readonly path: string;
  readonly version: string;
  /** `h1:` of the zip; absent where only the go.mod is needed. */
  readonly h1?: string;
  readonly goModH1: string;
  readonly verifiedBy: "checksum-database" | "kit-signature";
}

export interface ManifestToolchain {
  readonly version: string;
  readonly platform: string;
  readonly module: string;
  readonly h1: string;
  /** `rebuilt-unmatched`: made from proven source where no source had it; nothing published vouches for its bytes. */
  readonly verifiedBy: "checksum-database" | "rebuilt-unmatched";
  readonly source: string;
  /** With `checksum-database`, and only then. */
  readonly proof?: ManifestProof;
  /** With `rebuilt-unmatched`, and only then. */
  readonly rebuilt?: RebuiltRecord;
  /** Programs that need an interpreter and a libc; absent where all are static. */
  readonly dynamic?: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/** An RFC 6962 inclusion proof of a go.sum database record, checkable without a network. */
export interface ManifestProof {
  readonly recordId: number;
  readonly record: string;
  readonly treeSize: number;
  readonly hashes: readonly string[];
}

export interface ManifestCache {
  readonly goVersion: string;
  readonly platform: string;
  readonly cgo: boolean;
  readonly entries: number;
  readonly bytes: number;
  /** With cgo: the C compiler whose output it is, in its own words. */
  readonly compiler?: string;
}

export interface ManifestTool {
  readonly platform: string;
  readonly libc?: string;
  readonly file: string;
  /** SHA-256 of the executable once unpacked. */
  readonly sha256: string;
  readonly bytes: number;
  readonly version: string;
  readonly runtime: string;
}

/** `manifest.json`; the order of the members is the order in the file. See docs/reference/kit-format.md. */
export interface KitManifest {
  readonly schema: "medkit/kit/v1";
  readonly name: string;
  readonly version: string;
  readonly created: string;
  readonly sums: Readonly<Record<string, string>>;
  readonly executables: readonly string[];
  readonly toolchains: readonly ManifestToolchain[];
  readonly moduleSets: readonly {
    readonly goVersion: string;
    readonly named: readonly string[];
    readonly packages: number;
  }[];
  readonly modules: readonly ManifestModule[];
  readonly caches: readonly ManifestCache[];
  readonly tools: readonly ManifestTool[];
  readonly checksumDatabase: {
    readonly name: string;
    readonly key: string;
    /** The signed note of the one tree head that all lookups of the kit carry. */
    readonly head: string;
    readonly records: number;
  };
  readonly withoutLicence: readonly string[];
  readonly madeBy: { readonly tool: string; readonly runtime: string };
}
