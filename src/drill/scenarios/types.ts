import type { Cell, HostFacts, KitFacts } from "../types.ts";

/** What a scenario asks of host and kit. Where it is absent the scenario is skipped with the reason, and never counts as recovered. */
export type Need =
  | "namespaces"
  | "mounts"
  /** A user whom permissions stop. */
  | "unprivileged"
  /** A static busybox, and a way to give up root inside a chroot. */
  | "chroot"
  | "kit-checksum-database"
  | "kit-cache"
  | { readonly command: string };

/** A run's folders, as one side sees them: the drill (`stage.host`) or the processes in the sandbox (`stage.inside`). */
export interface RunPaths {
  readonly base: string;
  /** The throw-away HOME. */
  readonly home: string;
  /** `/tmp` inside. */
  readonly tmp: string;
  /** Where the archive is unpacked. */
  readonly place: string;
  /** The project that has to be built; a copy of the example service in HOME. */
  readonly project: string;
  /** Programs that a scenario puts first on PATH. */
  readonly tools: string;
  /** Root of the chroot, for scenarios that have one. */
  readonly root: string;
  readonly archive: string;
  readonly scripts: string;
  readonly out: string;
}

/** What a scenario works with while it sets its scene. */
export interface Stage {
  readonly host: RunPaths;
  readonly inside: RunPaths;
  readonly cell: Cell;
  readonly kit: KitFacts;
  readonly facts: HostFacts;
  readonly now: Date;
}

/** One mount, done as root of the sandbox before the session starts; paths as seen inside. */
export type Mount =
  | { readonly kind: "bind"; readonly from: string; readonly to: string }
  /** The same files under a second path, with other rules. */
  | { readonly kind: "bind-read-only" | "bind-noexec"; readonly from: string; readonly to: string }
  /** `options` as mount(8) has them, in the place of `mode=1777,size=1g`. */
  | { readonly kind: "tmpfs"; readonly to: string; readonly options?: string }
  /** An empty `/dev` but for these devices. */
  | { readonly kind: "devices"; readonly to: string }
  | { readonly kind: "proc"; readonly to: string };

/** Shell files that the session sources at these points, in the shell under test. */
export type HookPoint =
  | "first"
  | "before-snapshot"
  | "after-verify"
  | "after-activate"
  | "before-build"
  | "after-build"
  | "after-deactivate";

/** What the session script takes from a scenario. Everything else it has from the run. */
export interface SessionSettings {
  /** Folder to unpack into; default: the run's `place`. */
  readonly place?: string;
  /** Where the unpacked kit is seen and used; default: in `place`. */
  readonly view?: string;
  /** `set -eu` and the like, in force from the first line. */
  readonly options?: string;
  /** A prompt, and `i` in `$-`. */
  readonly interactive?: boolean;
  /** Source `activate.sh` by its path, from the project's folder. */
  readonly fromElsewhere?: boolean;
  /** Throw go.sum away and let `go mod tidy` make it again through the checksum database of the kit. */
  readonly tidy?: boolean;
  /** Run inside the chroot at {@link RunPaths.root}. */
  readonly chroot?: boolean;
  /** How the sums are checked by hand; default sha256sum. */
  readonly sumTool?: "sha256sum" | "shasum";
  readonly hooks?: Readonly<Partial<Record<HookPoint, string>>>;
  /** More variables for the hooks, by names that begin with DRILL_. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * One way in which a host is unlike a clean one. A new scenario is a new file with one such object, and a line in `registry.ts`.
 * `setUp` writes files, `environment` changes variables, `mounts` changes what the sandbox sees, hooks change the session's shell;
 * `judge` looks at what the session told. The session itself already demands everything that `proves` does not say.
 */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What holds when it recovers; one sentence for the report. */
  readonly proves: string;
  readonly needs: readonly Need[];
  /** Default: all four. */
  readonly shells?: readonly Cell["shell"][];
  /** `default`: only the version that activation takes by itself. Default: each of the kit. */
  readonly goVersions?: "default";
  /** Session script in `scripts/`. Default `recovery.sh`. */
  readonly script?: string;
  setUp?(stage: Stage): Promise<void>;
  /** Laid over the clean environment; undefined takes a variable away. */
  environment?(stage: Stage): Readonly<Record<string, string | undefined>>;
  mounts?(stage: Stage): readonly Mount[];
  settings?(stage: Stage): SessionSettings;
  /** Why the run counts as not recovered although the session ended well; undefined where it does not. */
  judge?(told: Readonly<Record<string, string>>, stage: Stage): string | undefined;
}
