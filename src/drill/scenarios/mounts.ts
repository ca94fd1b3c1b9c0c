import { chmod, copyFile, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { RunPaths, Scenario, Stage } from "./types.ts";

function view(paths: RunPaths): string {
  return join(paths.base, "view");
}

async function makeView(stage: Stage): Promise<void> {
  await mkdir(view(stage.host), { mode: 0o755 });
}

function stateOutside(told: Readonly<Record<string, string>>): string | undefined {
  return told["state"] === undefined ? "the state folder was where it cannot work" : undefined;
}

export const readOnlyMount: Scenario = {
  id: "read-only-mount",
  title: "The kit on a read-only mount",
  proves: "A kit on a DVD or a read-only share works from there; a private state folder serves.",
  needs: ["mounts"],
  setUp: makeView,
  mounts: (stage) => [{ kind: "bind-read-only", from: stage.inside.place, to: view(stage.inside) }],
  settings: (stage) => ({ view: view(stage.inside) }),
  judge: stateOutside,
};

export const noexecMount: Scenario = {
  id: "noexec-mount",
  title: "The kit on a noexec mount",
  proves: "Where no program may be started from the kit's disk, a private state folder serves.",
  needs: ["mounts"],
  setUp: makeView,
  mounts: (stage) => [{ kind: "bind-noexec", from: stage.inside.place, to: view(stage.inside) }],
  settings: (stage) => ({ place: view(stage.inside) }),
  judge: stateOutside,
};

export const noSharedMemory: Scenario = {
  id: "no-dev-shm",
  title: "No /dev/shm",
  proves: "Nothing in the kit needs shared memory.",
  needs: ["mounts"],
  mounts: () => [{ kind: "devices", to: "/dev" }],
};

export const busyboxChroot: Scenario = {
  id: "busybox-chroot",
  title: "A root that holds nothing but a static busybox",
  proves: "No libc, no /etc, no certificates, no GNU tool is needed.",
  needs: ["mounts", "chroot"],
  shells: ["ash"],
  setUp: async (stage) => {
    const { root } = stage.host;
    for (const folder of ["", "bin", "dev", "proc", "tmp", stage.inside.base]) {
      await mkdir(join(root, folder), { recursive: true });
      // Whatever our umask: the session is somebody else.
      await chmod(join(root, folder), 0o755);
    }
    await copyFile(stage.facts.commands["busybox"] ?? "", join(root, "bin", "busybox"));
    await chmod(join(root, "bin", "busybox"), 0o755);
    for (const applet of stage.facts.busyboxApplets)
      if (applet !== "busybox") await symlink("busybox", join(root, "bin", applet));
  },
  environment: () => ({ PATH: "/bin" }),
  mounts: (stage) => {
    const { base, root, tmp } = stage.inside;
    return [
      { kind: "bind", from: base, to: join(root, base) },
      { kind: "bind", from: tmp, to: join(root, "tmp") },
      { kind: "devices", to: join(root, "dev") },
      { kind: "proc", to: join(root, "proc") },
    ];
  },
  settings: () => ({ chroot: true }),
};
