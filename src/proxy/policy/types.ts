/** What is done with a version: `quarantine` stores and proves it, and serves it only when it is released. */
export type Action = "allow" | "deny" | "quarantine";

/** Which versions an expression means. A term of Go versions (`go1.22.5`) is for toolchains only. */
export type VersionTest =
  | { readonly kind: "pseudo" | "prerelease" | "release" | "incompatible" }
  | { readonly kind: "terms"; readonly terms: readonly VersionTerm[] };

export interface VersionTerm {
  readonly operator: "=" | "<" | "<=" | ">" | ">=";
  /** `v1.2.3`, or a Go version without `go` where `toolchain` is true. */
  readonly version: string;
  readonly toolchain: boolean;
}

/** Accepted for a time although it is known to be vulnerable. */
export interface Exception {
  /** `GO-2024-1234`, or an alias of it. */
  readonly id: string;
  /** Patterns; none: every module. */
  readonly modules: readonly string[];
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly reason: string;
}

/** Known vulnerabilities as a condition of a rule. */
export interface VulnerableTest {
  /** True: only those of which a fixed version exists. */
  readonly onlyFixed: boolean;
  /** Ids or aliases; none: all. */
  readonly ids: readonly string[];
  readonly exceptions: readonly Exception[];
}

/** A rule applies where all its conditions hold; one that is absent always holds. */
export interface Rule {
  readonly id: string;
  readonly action: Action;
  /** Go's patterns (GOPRIVATE), or `=PATH` for exactly one module. None: every module. */
  readonly modules: readonly string[];
  /** One of them has to hold. None: every version. */
  readonly versions: readonly VersionTest[];
  /** Holds for what is younger. */
  readonly minAge: Cooldown | undefined;
  readonly vulnerable: VulnerableTest | undefined;
  readonly reason: string | undefined;
  readonly contact: string | undefined;
  /** Milliseconds since the epoch; Infinity: for ever. */
  readonly until: number;
}

export interface Cooldown {
  readonly milliseconds: number;
  /** As it was written: `168h`. */
  readonly text: string;
}

/** Versions that leave the quarantine. */
export interface Release {
  readonly modules: readonly string[];
  readonly versions: readonly VersionTest[];
  readonly reason: string | undefined;
  readonly until: number;
}

/** Rules in order: the first that applies decides. */
export interface Policy {
  readonly rules: readonly Rule[];
  readonly released: readonly Release[];
  readonly otherwise: "allow" | "deny";
  /** HTTP status of a refusal. */
  readonly status: number;
  readonly contact: string | undefined;
}

/** A vulnerability that a version has. */
export interface Finding {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** The next version without it, as modules have it (`v1.2.4`), or `go1.22.4`; undefined where there is none yet. */
  readonly fixed: string | undefined;
}

/** What a policy says of a version, and why. */
export interface Verdict {
  readonly action: Action;
  /** Id of the rule that decided; `default` where none applied, `released` where the list of releases did. */
  readonly rule: string;
  readonly reason: string | undefined;
  readonly contact: string | undefined;
  /** Where its age decided. */
  readonly age?: {
    /** RFC 3339; undefined where it has no time. */
    readonly time: string | undefined;
    readonly minAge: string;
    /** RFC 3339: when it will be old enough. */
    readonly until: string | undefined;
  };
  /** Where vulnerabilities decided: those that count. */
  readonly findings?: readonly Finding[];
}

/** When a version was published: its `.info` says so. `none`: it has no time. `unasked`: not looked up yet. */
export type ReleaseTime = Date | "none" | "unasked";

/** Knows which vulnerabilities a version has. */
export interface VulnerabilityLookup {
  /** Time of the newest change in the database, RFC 3339. */
  readonly modified: string;
  find(module: { readonly path: string; readonly version: string }): readonly Finding[];
}
