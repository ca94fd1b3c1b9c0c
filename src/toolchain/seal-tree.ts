import { chmod, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { isToolchainExecutable } from "./tree.ts";

/** Every file gets the mode that the published archive gives it, without the right to write; folders the same. */
async function makeReadOnly(goroot: string): Promise<void> {
  const visit = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(goroot, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) await chmod(join(goroot, path), isToolchainExecutable(path) ? 0o555 : 0o444);
    }
    await chmod(join(goroot, below), 0o555);
  };
  await visit("");
}

async function syncEach(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncEach(path);
    else if (entry.isFile()) {
      const handle = await open(path, "r");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }
}

/** Brings a whole tree to the disk. One syncfs(2) where the host's `sync -f` gives it: for 9,300 files it took 0.4 s, and an fsync each 20 s. */
export async function flushTree(ports: Pick<Ports, "env" | "process">, folder: string): Promise<void> {
  try {
    const env = { PATH: ports.env["PATH"] ?? "/usr/bin:/bin" };
    const { status } = await ports.process.run({ command: "sync", args: ["-f", folder], env, timeout: 300_000 });
    if (status === 0) return;
  } catch (error) {
    if (error instanceof MedkitError && error.code === "INTERRUPTED") throw error;
  }
  await syncEach(folder);
}

/** Makes the `goroot` below `folder` read-only and all of `folder` durable: the last step before it gets its name in the store. */
export async function sealTree(ports: Ports, folder: string): Promise<void> {
  await makeReadOnly(join(folder, "goroot"));
  await flushTree(ports, folder);
}
