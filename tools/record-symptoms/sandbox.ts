import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { DEV, etc, INSIDE, must, TOOLCHAINS, WARM } from "./namespace.ts";
import type { Servers } from "./servers.ts";
import type { Command, Environment, Files, Run } from "./types.ts";

export const HOME = "/home/dev";
export const PROJECT = `${HOME}/service`;
export const GOROOT = "/opt/go";

const dropToDev = [
  "setpriv",
  `--reuid=${DEV}`,
  `--regid=${DEV}`,
  "--clear-groups",
  "--inh-caps=-all",
  "--bounding-set=-all",
  "--no-new-privs",
  "--",
  "env",
  "-i",
];

export interface Outcome {
  readonly exit: string;
  readonly stdout: string;
  readonly stderr: string;
}

export type Limits = Pick<Run, "limits" | "memory" | "patience" | "cwd">;

export function argv(command: Command): readonly string[] {
  return typeof command === "string" ? command.split(" ") : command;
}

/** The variables of a healthy host in a closed network: a proxy that answers, a checksum database behind it, no other Go. */
export function healthyEnvironment(servers: Servers): Record<string, string> {
  return {
    PATH: `${GOROOT}/bin:/usr/bin:/bin`,
    HOME,
    USER: "dev",
    LOGNAME: "dev",
    LANG: "C.UTF-8",
    GOPROXY: "http://goproxy.internal",
    GOSUMDB: servers.gosumdb,
    GOTOOLCHAIN: "local",
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

/** The host of one run. Mounts, homes and the Go tree are its own and gone with it; a fault may break anything. */
export class Sandbox {
  readonly release: string;
  readonly servers: Servers;
  readonly project = PROJECT;
  readonly home = HOME;
  readonly goroot = GOROOT;
  readonly #mounts: string[] = [];

  constructor(release: string, servers: Servers, warm = true) {
    this.release = release;
    this.servers = servers;
    for (const [path, text] of Object.entries(etc())) writeFileSync(path, text);
    const run = join(INSIDE, "run");
    mkdirSync(run, { recursive: true });
    this.mount(run, "-t", "tmpfs", "symptoms");
    mkdirSync(HOME, { recursive: true });
    const home = join(WARM, release);
    mkdirSync(home, { recursive: true });
    if (warm) this.overlay(HOME, home);
    else this.mount(HOME, "--bind", home);
    this.overlay(GOROOT, join(TOOLCHAINS, `go${release}`));
    for (const folder of [HOME, PROJECT, "/tmp"]) this.folder(folder);
    chmodSync("/tmp", 0o1777);
  }

  /** Mounts with these arguments of mount(8), for this run only. */
  mount(on: string, ...args: readonly string[]): void {
    if (!exists(on)) mkdirSync(on, { recursive: true });
    must("mount", ...args, on);
    this.#mounts.push(on);
  }

  overlay(on: string, lower: string): void {
    const layer = join(INSIDE, "run", String(this.#mounts.length));
    for (const part of ["upper", "work"]) mkdirSync(join(layer, part), { recursive: true });
    const places = `lowerdir=${lower},upperdir=${layer}/upper,workdir=${layer}/work`;
    this.mount(on, "-t", "overlay", "-o", places, "symptoms");
  }

  /** A file system of its own at a folder, which `dev` owns: `size=64k`, `nr_inodes=10`, `noexec`. */
  tmpfs(on: string, options: string): void {
    this.mount(on, "-t", "tmpfs", "-o", `mode=0755,uid=${DEV},gid=${DEV},${options}`, "symptoms");
  }

  /** Mounts a folder on itself with another option: `ro`, `noexec`. */
  remount(folder: string, option: string): void {
    this.mount(folder, "--bind", folder);
    must("mount", "-o", `remount,bind,${option}`, folder);
  }

  path(path: string): string {
    return isAbsolute(path) ? path : join(PROJECT, path);
  }

  folder(path: string): string {
    const target = this.path(path);
    const missing: string[] = [];
    for (let at = target; !exists(at); at = dirname(at)) missing.push(at);
    mkdirSync(target, { recursive: true });
    for (const each of target.startsWith(HOME) ? [target, ...missing] : []) chownSync(each, DEV, DEV);
    return target;
  }

  write(path: string, content: string | Uint8Array, mode = 0o644): string {
    const target = this.path(path);
    this.folder(dirname(target));
    writeFileSync(target, content);
    chmodSync(target, mode);
    if (target.startsWith(HOME) || target.startsWith("/tmp")) chownSync(target, DEV, DEV);
    return target;
  }

  files(files: Files): void {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  /** Rewrites a file; throws where that changes nothing, since then no fault was injected. */
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new Error(`${path} is as it was`);
    this.write(path, after, lstatSync(this.path(path)).mode & 0o777);
  }

  remove(path: string): void {
    lstatSync(this.path(path));
    rmSync(this.path(path), { recursive: true });
  }

  link(path: string, to: string): void {
    this.folder(dirname(this.path(path)));
    symlinkSync(to, this.path(path));
  }

  /** A folder with links to these programs, for a PATH that lacks all others. */
  onlyPrograms(...names: readonly string[]): string {
    const folder = this.folder("/home/dev/bin");
    for (const name of names) symlinkSync(must("which", name).trim(), join(folder, name));
    return folder;
  }

  /** A part of GOROOT, with `tool/` for its programs. */
  inGoroot(path: string): string {
    return join(GOROOT, path.replace(/^tool\//, "pkg/tool/linux_amd64/"));
  }

  /** Runs as `dev` in preparation of a fault: it has to pass. */
  async asDev(command: Command, env: Environment = {}): Promise<Outcome> {
    const outcome = await this.run(command, env, { patience: 900 });
    if (outcome.exit !== "0")
      throw new Error(`preparing: ${argv(command).join(" ")}: ${outcome.exit}\n${outcome.stdout}${outcome.stderr}`);
    return outcome;
  }

  async run(command: Command, env: Environment = {}, setting: Limits = {}): Promise<Outcome> {
    const all = { ...healthyEnvironment(this.servers), ...env };
    const set = Object.fromEntries(
      Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    const group = setting.memory === undefined ? undefined : memoryGroup(setting.memory);
    const args = [
      ...(group === undefined ? [] : ["sh", "-c", `echo $$ > ${group}/cgroup.procs && exec "$@"`, "sh"]),
      ...(setting.limits === undefined ? [] : ["prlimit", ...setting.limits, "--"]),
      ...dropToDev,
      ...Object.entries(set).map(([name, value]) => `${name}=${value}`),
      ...argv(command),
    ];
    const [program = "", ...rest] = args;
    try {
      return await collect(program, rest, this.path(setting.cwd ?? PROJECT), setting.patience ?? 60);
    } finally {
      if (group !== undefined) must("rmdir", group);
    }
  }

  close(): void {
    for (const on of this.#mounts.toReversed()) {
      // Once each: below may lie the host's own folder of this name.
      if (spawnSync("umount", [on]).status !== 0) must("umount", "--lazy", on);
    }
    for (const folder of ["/tmp", "/home"]) must("mountpoint", "-q", folder);
    for (const folder of ["/tmp", HOME]) must("sh", "-c", `rm -rf ${folder}/* ${folder}/.[a-z]*`);
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function memoryGroup(bytes: number): string {
  const group = "/sys/fs/cgroup/memory/symptoms";
  mkdirSync(group, { recursive: true });
  writeFileSync(join(group, "memory.limit_in_bytes"), String(bytes));
  return group;
}

/** Runs to the end, or to the SIGINT of somebody who waited long enough. */
function collect(command: string, args: readonly string[], cwd: string, patience: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (text: string) => (texts[stream] += text));
    const kill = (signal: NodeJS.Signals): void => {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    let interrupted = false;
    const impatience = setTimeout(() => {
      interrupted = true;
      kill("SIGINT");
    }, patience * 1000);
    const end = setTimeout(() => kill("SIGKILL"), (patience + 5) * 1000);
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearTimeout(impatience);
      clearTimeout(end);
      const exit = interrupted ? "SIGINT" : (signal ?? String(status));
      resolve({ ...texts, exit });
    });
  });
}
