import { readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { cleanPath } from "../sandbox.ts";
import type { Scenario, Stage } from "./types.ts";

/** A folder with links to every program of the host's PATH but these. */
async function makeToolbox(stage: Stage, without: readonly string[]): Promise<void> {
  const linked = new Set(without);
  for (const folder of cleanPath().split(":")) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (linked.has(name)) continue;
      linked.add(name);
      await symlink(join(folder, name), join(stage.host.tools, name));
    }
  }
}

export const bsdTar: Scenario = {
  id: "bsdtar",
  title: "tar is libarchive's",
  proves: "The archive and its parts unpack with bsdtar, as on macOS and FreeBSD.",
  needs: [{ command: "bsdtar" }],
  setUp: async (stage) => {
    await symlink(stage.facts.commands["bsdtar"] ?? "", join(stage.host.tools, "tar"));
  },
  environment: (stage) => ({ PATH: `${stage.inside.tools}:${cleanPath()}` }),
};

export const shasum: Scenario = {
  id: "shasum",
  title: "shasum instead of sha256sum and openssl",
  proves: "Perl's shasum, which macOS has, checks everything.",
  needs: [{ command: "shasum" }],
  // busybox runs its own sha256sum, whatever PATH says.
  shells: ["dash", "bash", "zsh"],
  setUp: (stage) => makeToolbox(stage, ["sha256sum", "openssl", "busybox"]),
  environment: (stage) => ({ PATH: stage.inside.tools }),
  settings: () => ({ sumTool: "shasum" }),
};

export const fewTools: Scenario = {
  id: "few-tools",
  title: "No curl, wget, openssl, perl, python, git or C compiler",
  proves: "A shell and the file tools are enough.",
  needs: [],
  setUp: (stage) =>
    makeToolbox(stage, [
      "curl",
      "wget",
      "openssl",
      "perl",
      "python3",
      "git",
      "gcc",
      "cc",
      "go",
      "shasum",
      "xxd",
      "node",
    ]),
  environment: (stage) => ({ PATH: stage.inside.tools }),
};
