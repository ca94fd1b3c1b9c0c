import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** The peer that is measured beside. */
const version = "2026.9.15";

export interface Mise {
  readonly version: string;
  readonly program: string;
  readonly shims: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * mise out of the npm registry, in a folder of its own, with this Go linked as its `go` of that version: nothing is downloaded but mise, and nothing is
 * asked of any network while it is measured. A text: why there is none.
 */
export function installMise(folder: string, goVersion: string, goroot: string): Mise | string {
  const os = process.platform === "darwin" ? "macos" : process.platform;
  const name = `@jdxcode/mise-${os}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`];
  if (spawnSync("npm", args, { stdio: "ignore" }).status !== 0) return `npm has no ${name}@${version} here`;
  const program = join(folder, "node_modules", name, "bin", "mise");
  const env = {
    HOME: folder,
    PATH: "/usr/bin:/bin",
    GOTOOLCHAIN: "local",
    MISE_DATA_DIR: join(folder, "data"),
    MISE_CONFIG_DIR: join(folder, "config"),
    MISE_CACHE_DIR: join(folder, "cache"),
    MISE_STATE_DIR: join(folder, "state"),
    MISE_OFFLINE: "1",
    MISE_GO_VERSION: goVersion,
  };
  for (const step of [["link", `go@${goVersion}`, goroot], ["reshim"]]) {
    const done = spawnSync(program, step, { env, cwd: folder, encoding: "utf8" });
    if (done.status !== 0) return `mise ${step[0] ?? ""}: ${done.stderr.trim().split("\n").at(-1) ?? ""}`;
  }
  return { version, program, shims: join(folder, "data", "shims"), env };
}
