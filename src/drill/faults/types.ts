import type { CauseCode } from "../../core/causes/index.ts";
import type { Mount, Need } from "../scenarios/types.ts";
import type { HostFacts } from "../types.ts";

/**
 * The folders of a fault's host, as one side sees them: the drill (`stage.host`) or the processes in the sandbox (`stage.inside`). The host is a healthy
 * one until the fault is set: a Go of its own on PATH, a module that builds, a filled module cache and a warm build cache in their usual places.
 */
export interface FaultPaths {
  readonly base: string;
  readonly home: string;
  /** `/tmp` inside. */
  readonly tmp: string;
  /**
   * The module that has to build: `go.mod` (module example.org/drill), `go.sum`, `main.go`, `main_test.go`, `internal/greet/`; it imports the package
   * {@link FaultStage.dependency} of another module. Lies in a git-less folder.
   */
  readonly project: string;
  /** The host's own Go tree (GOROOT). Its own copy only where {@link Fault.ownGo} says so; else shared, and not to be changed. */
  readonly go: string;
  /** GOMODCACHE (HOME/go/pkg/mod), filled; GOCACHE (HOME/.cache/go-build), warm. */
  readonly modCache: string;
  readonly goCache: string;
  /** Folder for programs of the fault's own, for it to put on PATH. */
  readonly tools: string;
  /** A free folder for servers' files, certificates, mounts… */
  readonly extra: string;
}

/** A module and package of the kit that the project depends on, at a version that this Go can build. */
export interface Dependency {
  /** `golang.org/x/sync` */
  readonly module: string;
  readonly version: string;
  /** `golang.org/x/sync/errgroup` */
  readonly importPath: string;
  /** A go expression that uses it. */
  readonly use: string;
}

export interface FaultStage {
  readonly host: FaultPaths;
  readonly inside: FaultPaths;
  /** Version of the host's own Go. */
  readonly goVersion: string;
  /** Versions that the kit holds, newest first. */
  readonly kitVersions: readonly string[];
  readonly dependency: Dependency;
  readonly facts: HostFacts;
  /** The kit's module tree as seen inside, for servers that serve from it (a GOPROXY tree with `sumdb/`). */
  readonly kitModules: string;
  readonly now: Date;
}

/** What has to come out. */
export type Expectation =
  /** The command passes in the end. */
  | "recovered"
  /** The cause is named, nothing safe helps, status 3. */
  | "named"
  /** A policy refuses: named, status 6. */
  | "denied"
  /** Nothing is the environment's fault: no cause is told, nothing is changed, the status is the command's own. */
  | "left-alone";

/** A hostile (or merely odd) server in the sandbox, on loopback; started before the command and ended after it. */
export interface FaultServer {
  /** File in `src/drill/faults/servers/`, run by medkit's own runtime: `proxy.mjs`. It prints one line when it listens. */
  readonly script: string;
  readonly args: readonly string[];
}

/**
 * One way in which a healthy host breaks. A new fault is a new file with one such object in its family's folder, and a line in that family's registry.
 * The drill sees the command fail first, then lets rescue at it; then undoes, and compares trees and environment.
 */
export interface Fault {
  /** Kebab-case; `medkit drill KIT --scenario <id>`. */
  readonly id: string;
  readonly title: string;
  /** The label: what rescue has to say. Written before the remedy was. Undefined for what is to be left alone. */
  readonly cause: CauseCode | undefined;
  readonly expect: Expectation | ((stage: FaultStage) => Expectation);
  readonly needs?: readonly Need[];
  /** Why it cannot be injected at this stage (a Go version that does not know the matter); undefined: it can. */
  lack?(stage: Pick<FaultStage, "goVersion" | "kitVersions" | "facts">): string | undefined;
  /** True: the command passes before rescue is let at it; it has to pass. */
  readonly passes?: true;
  /** Default `go build -o <tmp>/out ./...`. */
  command?(stage: FaultStage): readonly [string, ...string[]];
  /** Folder that the command runs in; default the project. */
  cwd?(stage: FaultStage): string;
  /** True: the Go tree is a private copy that {@link setUp} may damage. */
  readonly ownGo?: true;
  /** False: cannot be set together with another fault. */
  readonly pairs?: false;
  /** True: the fault runs as root of its sandbox (for mounts and owners that it makes itself). Avoid. */
  readonly asRoot?: true;
  /** Writes files, on the drill's side (`stage.host`). Everything is given to the session's user afterwards. */
  setUp?(stage: FaultStage): Promise<void>;
  /** Laid over the healthy environment; undefined takes a variable away. */
  environment?(stage: FaultStage): Readonly<Record<string, string | undefined>>;
  mounts?(stage: FaultStage): readonly Mount[];
  server?(stage: FaultStage): FaultServer | undefined;
  /** POSIX shell lines, run in the shell that then runs the command: `ulimit -n 20`, `umask 777`. */
  shell?(stage: FaultStage): string;
  /** Words before the command, and before medkit: a program that restricts itself and then becomes what follows it. */
  wrap?(stage: FaultStage): readonly string[];
  /** More that must hold of the report (parsed JSON); why it does not, or undefined. */
  judge?(report: unknown, stage: FaultStage): string | undefined;
}
