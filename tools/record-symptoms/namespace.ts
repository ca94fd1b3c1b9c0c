import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the recorder needs inside its own namespaces; nothing of it is on a path that a recorded text shows. */
export const INSIDE = "/opt/.symptoms";
export const TOOLCHAINS = `${INSIDE}/toolchains`;
export const WARM = `${INSIDE}/warm`;
export const DEV = 1000;

const passwd = `root:x:0:0:root:/root:/bin/sh\ndev:x:${DEV}:${DEV}:dev:/home/dev:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`;

/** Runs a program of the host for the recorder itself; throws with what it said. */
export function must(command: string, ...args: readonly string[]): string {
  const run = spawnSync(command, args, { encoding: "utf8" });
  if (run.error !== undefined) throw run.error;
  if (run.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${run.stdout}${run.stderr}`);
  return run.stdout;
}

/** Arguments of unshare(1) for a host of its own: mounts, network and processes. */
export const namespaces = [
  "--mount",
  "--net",
  "--pid",
  "--fork",
  "--kill-child=SIGKILL",
  "--mount-proc",
  "--",
] as const;

/** Makes this process's namespaces into a plain host: a developer `dev`, empty homes, loopback only, names from one file. */
export function furnishHost(toolchains: string, warm: string): void {
  must("ip", "link", "set", "lo", "up");
  must("mount", "-t", "tmpfs", "symptoms", "/opt");
  for (const [from, to] of [
    [toolchains, TOOLCHAINS],
    [warm, WARM],
  ] as const) {
    mkdirSync(to, { recursive: true });
    must("mount", "--bind", from, to);
  }
  mkdirSync("/opt/go");
  for (const folder of ["/home", "/tmp"]) must("mount", "-t", "tmpfs", "-o", "mode=0755", "symptoms", folder);
  for (const [path, text] of Object.entries(etc())) {
    const file = join(INSIDE, "etc", path.replaceAll("/", "-"));
    mkdirSync(join(INSIDE, "etc"), { recursive: true });
    writeFileSync(file, text);
    must("mount", "--bind", file, path);
  }
}

/** The files of /etc that decide about names and persons, as a healthy host has them. */
export function etc(): Record<string, string> {
  return {
    "/etc/hosts": "127.0.0.1 localhost goproxy.internal git.internal proxy.internal\n",
    "/etc/resolv.conf": "nameserver 127.0.0.53\n",
    "/etc/passwd": passwd,
  };
}
