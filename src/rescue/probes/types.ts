import type { GoMod } from "../../module/index.ts";
import type { ProcessResult } from "../../core/ports.ts";

/** Where the go command takes a variable from. */
export interface Setting {
  readonly name: string;
  /** What the go command would use; empty where it is unset everywhere and has no default that we know. */
  readonly value: string;
  readonly origin: "environment" | "goenv-file" | "goroot" | "default";
  /** For `goenv-file` and `goroot`: the file and its line, from 1. */
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** What a path is on this host. */
export interface PathFacts {
  readonly path: string;
  readonly kind: "file" | "folder" | "other" | "absent";
  /** Permission bits; 0 where absent. */
  readonly mode: number;
  readonly uid: number;
  /** By the kernel's own answer (access(2)), for the real user. */
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  readonly size: number;
  /** The mount that it, or its nearest existing parent, lies on. */
  readonly mount: {
    readonly point: string;
    readonly type: string;
    readonly noexec: boolean;
    readonly readOnly: boolean;
  };
  readonly freeBytes: number;
  readonly freeInodes: number | undefined;
}

/** The go command that the child would start. */
export interface GoFacts {
  /** As found on PATH (or as the command names it); undefined: none. */
  readonly path: string | undefined;
  /** After symbolic links. */
  readonly realPath: string | undefined;
  /** Why it cannot be started, found without starting it. */
  readonly problem:
    | "missing"
    | "not-executable"
    /** The kernel refuses it although mode bits and mount allow it: a policy, which is never got around. */
    | "denied"
    | "noexec"
    | "architecture"
    | "interpreter"
    | "empty"
    | undefined;
  /** For `architecture`: what the file is for, as GOARCH. For `interpreter`: the loader that is absent. */
  readonly detail: string | undefined;
  /** The tree that the program lies in (its own `bin/..`), whatever GOROOT says. */
  readonly ownRoot: string | undefined;
  /** Of `VERSION` in {@link ownRoot}: `1.21.13`. */
  readonly version: string | undefined;
  /** Programs of pkg/tool that a build needs and that are absent or cannot run (`compile`, `asm`, `link`), and `std` where the sources are gone. */
  readonly lacks: readonly string[];
}

export interface ProjectFacts {
  /** Folder of the go.mod that counts for the command's folder; undefined: none. */
  readonly root: string | undefined;
  readonly goModFile: string | undefined;
  /** Undefined where there is none or it does not parse; then {@link goModProblem} says why. */
  readonly goMod: GoMod | undefined;
  readonly goModProblem: string | undefined;
  readonly hasGoSum: boolean;
  /** The go.work that counts without GOWORK: in the folder or above it. */
  readonly goWorkFile: string | undefined;
  readonly vendor: boolean;
  /** Folders up to two levels below that hold a go.mod, where there is none here or above. */
  readonly modulesBelow: readonly string[];
}

/** What came back when an address was really asked. */
export interface Answer {
  readonly url: string;
  readonly outcome:
    | "ok"
    | "refused"
    | "unreachable"
    | "timeout"
    | "no-name"
    | "cut"
    | "status"
    | "html"
    /** A zip was asked for, and this is none. */
    | "not-zip"
    | "tls-authority"
    | "tls-name"
    | "tls-time"
    | "tls-other"
    | "proxy-refused"
    | "proxy-status"
    /** `--offline`. */
    | "not-asked"
    | "other";
  /** For `status` and `proxy-status`. */
  readonly status: number | undefined;
  /** The library's or server's own words, without secrets. */
  readonly detail: string;
  /** The server's clock (Date header) minus ours, in seconds. */
  readonly clockSkew: number | undefined;
  readonly milliseconds: number;
}

/** What a server shows of itself before anybody trusts it. Good for naming a cause, and for nothing else. */
export interface ServerFacts {
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly issuer: string;
  /** This host's clock when it was asked, and the server's (Date header). */
  readonly ours: Date;
  readonly theirs: Date | undefined;
}

export interface RunOptions {
  /** Laid over the child's environment; undefined takes away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Milliseconds; default 10 s. */
  readonly timeout?: number;
}

/** Facts of the host, gathered when somebody asks and kept for the round. None of them changes anything. */
export interface Probes {
  setting(name: string): Promise<Setting>;
  /** The user's file of `go env -w`: its path, and its lines. */
  goenvFile(): Promise<{ readonly path: string; readonly lines: readonly string[] } | undefined>;
  /** `go env -json` as the child would see it; undefined where go does not run or refuses. */
  goEnv(): Promise<Readonly<Record<string, string>> | undefined>;
  go(): Promise<GoFacts>;
  /** Other Go trees on this host that are whole and run, best first: absolute GOROOTs with their versions. */
  otherGos(): Promise<readonly { readonly goroot: string; readonly version: string }[]>;
  project(): Promise<ProjectFacts>;
  path(path: string): Promise<PathFacts>;
  /** Runs a program with the child's environment; for questions that change nothing (`go env`, `go version`, `go list`). */
  run(argv: readonly [string, ...string[]], options?: RunOptions): Promise<ProcessResult>;
  /**
   * Asks an address the way the go command would: through the proxies that the environment names, with its trust. Never with `--offline`.
   * `environment` is laid over the child's; undefined takes a variable away.
   */
  ask(url: string, environment?: Readonly<Record<string, string | undefined>>): Promise<Answer>;
  /** Looks at the certificate and the clock of a server, trusting neither; sends no name and no password. Never with `--offline`. */
  serverFacts(url: string): Promise<ServerFacts | undefined>;
  /** Soft and hard limits of this process: `open files`, `processes`, `address space`, `file size`; `unlimited` is Infinity. */
  limits(): Promise<Readonly<Record<string, { readonly soft: number; readonly hard: number }>>>;
  /** Bytes that a process here may take: the smaller of the machine's free memory and the control group's limit. */
  memory(): Promise<{ readonly available: number; readonly limit: number | undefined }>;
  /** Whether a program is on the child's PATH, and where. */
  which(name: string): Promise<string | undefined>;
}
