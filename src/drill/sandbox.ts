import { join } from "node:path";
import type { HostFacts, ShellName } from "./types.ts";
import type { Mount } from "./scenarios/types.ts";

/** Who the session is where root can become somebody else: no account of the host has this number. */
export const SESSION_UID = 65532;

const standardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The PATH that a person finds on an ordinary host. */
export function cleanPath(): string {
  return standardPath;
}

function command(facts: Pick<HostFacts, "commands">, name: string): string {
  return facts.commands[name] ?? name;
}

/** Arguments that start the sandbox's first process as root of fresh namespaces; without namespaces it is an ordinary process. */
export function namespacePrefix(facts: Pick<HostFacts, "commands" | "isolation" | "userNamespace">): readonly string[] {
  if (facts.isolation === "none") return [];
  const user = facts.userNamespace ? ["--user", "--map-root-user"] : [];
  // --kill-child: whoever ends `unshare` ends all of the sandbox, and the kernel takes its mounts away.
  return [
    command(facts, "unshare"),
    ...user,
    "--net",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child=SIGKILL",
    "--mount-proc",
    "--",
  ];
}

/** Arguments with which the session gives up root, and the root folder where `chroot` is given. */
export function dropPrefix(facts: Pick<HostFacts, "commands" | "drop">, chroot?: string): readonly string[] {
  const id = String(SESSION_UID);
  const unshare = command(facts, "unshare");
  const noNewPrivileges =
    facts.commands["setpriv"] === undefined ? [] : [facts.commands["setpriv"], "--no-new-privs", "--"];
  switch (facts.drop) {
    case "setpriv": {
      const setpriv = [command(facts, "setpriv"), "--no-new-privs", "--clear-groups", "--inh-caps=-all"];
      if (chroot !== undefined)
        return [...setpriv, "--", unshare, `--root=${chroot}`, `--setgid=${id}`, `--setuid=${id}`, "--"];
      return [...setpriv, "--bounding-set=-all", `--reuid=${id}`, `--regid=${id}`, "--"];
    }
    case "user-namespace":
      return [
        ...noNewPrivileges,
        unshare,
        "--user",
        "--map-user=1000",
        "--map-group=1000",
        ...(chroot === undefined ? [] : [`--root=${chroot}`]),
        "--",
      ];
    case "not-root":
      return noNewPrivileges;
    case "none":
      return [];
  }
}

/** Arguments that start the shell under test without the host's start-up files. */
export function shellPrefix(
  facts: Pick<HostFacts, "commands">,
  shell: ShellName,
  options: { readonly interactive: boolean; readonly chroot: boolean },
): readonly string[] {
  const interactive = options.interactive ? ["-i"] : [];
  switch (shell) {
    case "dash":
      return [command(facts, "dash"), ...interactive];
    case "bash":
      return [command(facts, "bash"), "--noprofile", "--norc", ...interactive];
    case "zsh":
      return [command(facts, "zsh"), "-f", ...interactive];
    case "ash":
      return [options.chroot ? "/bin/busybox" : command(facts, "busybox"), "ash", ...interactive];
  }
}

/** The lines that `inside.sh` reads. Paths with a tab or a line break cannot be said in it, and nobody makes such here. */
export function formatMounts(mounts: readonly Mount[]): string {
  const from = (mount: Mount): string =>
    "from" in mount ? mount.from : mount.kind === "tmpfs" ? (mount.options ?? "-") : "-";
  return mounts.map((mount) => `${mount.kind}\t${from(mount)}\t${mount.to}\n`).join("");
}

/** What every namespaced run sees: its own `/tmp`, `/var/tmp` and `/dev/shm`, and its folder at the same path as every other run. */
export function commonMounts(hostBase: string, insideBase: string): readonly Mount[] {
  return [
    { kind: "bind", from: hostBase, to: insideBase },
    { kind: "bind", from: join(insideBase, "tmp"), to: "/tmp" },
    { kind: "bind", from: join(insideBase, "var-tmp"), to: "/var/tmp" },
    { kind: "tmpfs", to: "/dev/shm" },
  ];
}
