import { access, constants, open, mkdir, stat, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { platformText } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { cleanPath, dropPrefix, formatMounts, namespacePrefix } from "./sandbox.ts";
import type { Drop, HostFacts } from "./types.ts";

const interesting = [
  "bash", "bsdtar", "busybox", "curl", "dash", "env", "gcc", "ifconfig", "git", "ip", "mount", "perl", "setpriv", "sh", "sha256sum", "shasum", "tar",
  "unshare", "wget", "zsh", "true",
]; // prettier-ignore

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Absolute paths of commands, from PATH and the standard folders. */
export async function findCommands(
  path: string | undefined,
  names: readonly string[],
): Promise<Record<string, string>> {
  const folders = [...cleanPath().split(":"), ...(path ?? "").split(":")].filter((folder) => folder.startsWith("/"));
  const found: Record<string, string> = {};
  for (const name of names) {
    for (const folder of folders) {
      if (!(await isExecutable(join(folder, name)))) continue;
      found[name] = join(folder, name);
      break;
    }
  }
  return found;
}

/** An ELF file that names no interpreter needs no file of the host. The name stands near the front, where the program headers point to. */
async function isStatic(path: string | undefined): Promise<boolean> {
  if (path === undefined) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    const head = buffer.subarray(0, bytesRead);
    return (
      head.subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1")) &&
      !/\/ld-[a-z0-9-]+\.so|\/ld[0-9.-]*\.so|\/ld-musl/.test(head.toString("latin1"))
    );
  } finally {
    await file.close();
  }
}

async function listApplets(ports: Ports, busybox: string | undefined): Promise<readonly string[]> {
  if (busybox === undefined) return [];
  const result = await ports.process.run({ command: busybox, args: ["--list"], env: {}, timeout: 10_000 });
  return result.stdout
    .toString("utf8")
    .split("\n")
    .filter((name) => /^[a-z0-9[][a-z0-9_.[-]*$/i.test(name));
}

interface Candidate {
  readonly userNamespace: boolean;
  readonly drop: Drop;
}

/** Sandboxes to try, best first. */
function candidates(root: boolean, commands: Readonly<Record<string, string>>): readonly Candidate[] {
  const own: readonly Candidate[] = root
    ? [{ userNamespace: false, drop: commands["setpriv"] === undefined ? "user-namespace" : "setpriv" }]
    : [];
  return [...own, { userNamespace: true, drop: "user-namespace" }];
}

/** A miniature run: namespaces, loopback, a mount, giving up root. Gives undefined where it works, else the host's own words. */
async function tryCandidate(
  ports: Ports,
  candidate: Candidate,
  commands: Readonly<Record<string, string>>,
  scripts: string,
  folder: string,
): Promise<string | undefined> {
  const facts = { commands, isolation: "namespaces" as const, ...candidate };
  const devices = join(folder, "devices");
  await mkdir(devices, { recursive: true });
  await writeFile(join(folder, "mounts.txt"), formatMounts([{ kind: "tmpfs", to: devices }]));
  const [program, ...rest] = [
    ...namespacePrefix(facts),
    commands["sh"] ?? "sh",
    join(scripts, "inside.sh"),
    ...dropPrefix(facts),
    commands["true"] ?? "true",
  ];
  const env = {
    PATH: cleanPath(),
    DRILL_ISOLATION: "namespaces",
    DRILL_MOUNTS: join(folder, "mounts.txt"),
    DRILL_TRANSCRIPT: join(folder, "transcript.txt"),
    DRILL_DEVICES: devices,
  };
  const result = await ports.process.run({ command: program, args: rest, env, timeout: 30_000 });
  const lines = result.stderr.trim().split("\n");
  if (lines.includes("exit 0")) return undefined;
  return lines.findLast((line) => line !== "") ?? `unshare ended with status ${result.status ?? "unknown"}`;
}

/** Root may be root of a container only, whom the kernel lets become nobody else. */
async function dropOfRoot(ports: Ports, commands: Readonly<Record<string, string>>): Promise<Drop> {
  const [command, ...args] = [...dropPrefix({ commands, drop: "setpriv" }), commands["true"] ?? "true"];
  if (commands["setpriv"] === undefined || command === undefined) return "none";
  const result = await ports.process.run({ command, args, env: { PATH: cleanPath() }, timeout: 30_000 });
  return result.status === 0 ? "setpriv" : "none";
}

async function firstFolder(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory() === true) return path;
  }
  return undefined;
}

/**
 * What this host gives, found out by doing it: the namespaces are made once, with a mount and with root given up.
 * `folder` is an empty folder of ours.
 */
export async function gatherHostFacts(ports: Ports, scripts: string, folder: string): Promise<HostFacts> {
  const commands = await findCommands(ports.env["PATH"], interesting);
  const root = process.getuid?.() === 0;
  const base = await firstFolder(["/mnt", "/srv", "/media", "/opt"]);
  const [processor] = cpus();
  const shared = {
    kernel: release(),
    platform: platformText(ports.platform),
    cores: cpus().length,
    processor: processor?.model.trim() ?? "unknown",
    memoryBytes: totalmem(),
    staticBusybox: await isStatic(commands["busybox"]),
    busyboxApplets: await listApplets(ports, commands["busybox"]),
    commands,
  };
  let reason =
    commands["unshare"] === undefined
      ? "no unshare command"
      : base === undefined
        ? "no folder to mount a run at"
        : undefined;
  if (reason === undefined && base !== undefined) {
    for (const candidate of candidates(root, commands)) {
      reason = await tryCandidate(ports, candidate, commands, scripts, folder);
      if (reason === undefined) return { ...shared, isolation: "namespaces", ...candidate, mounts: true, base };
    }
  }
  const drop = root ? await dropOfRoot(ports, commands) : "not-root";
  return {
    ...shared,
    isolation: "none",
    isolationReason: reason ?? "unknown",
    drop,
    userNamespace: false,
    mounts: false,
    base: "",
  };
}
