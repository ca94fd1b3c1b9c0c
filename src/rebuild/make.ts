import { chmod, cp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { platformText, toolchainName, type Release } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { isToolchainExecutable } from "../toolchain/index.ts";

/** A rebuild takes minutes of one processor for each port; whoever needs more has a machine that swaps. Milliseconds. */
const patience = 2 * 3_600_000;

/** Lines of a failed build that are told. */
const lastLines = 15;

/** Variables of a build: nothing of the person's own, and no way to a network. */
export function buildEnvironment(release: Release, bootstrap: string, scratch: string): Record<string, string> {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: scratch,
    TMPDIR: scratch,
    LC_ALL: "C",
    GOROOT_BOOTSTRAP: bootstrap,
    GOOS: release.platform.os,
    GOARCH: release.platform.arch,
    GOCACHE: join(scratch, "cache"),
    GOPATH: join(scratch, "gopath"),
    GOENV: "off",
    GOFLAGS: "",
    GOPROXY: "off",
    GOSUMDB: "off",
    GOTOOLCHAIN: "local",
    GO111MODULE: "",
    GOWORK: "off",
  };
}

/** Copies a toolchain's tree without what was compiled for its own port: the source of any port of the same version. */
async function copySource(goroot: string, tree: string): Promise<void> {
  await cp(goroot, tree, {
    recursive: true,
    filter: (path) => !/^\/(?:bin$|bin\/|pkg\/(?!include(?:\/|$)).)/.test(path.slice(goroot.length)),
  });
  const visit = async (below: string): Promise<void> => {
    const folder = join(tree, below);
    await chmod(folder, 0o755);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else await chmod(join(tree, path), isToolchainExecutable(path) ? 0o755 : 0o644);
    }
  };
  await visit("");
}

export interface MakeOptions {
  /** A toolchain of the same version, for any port. */
  readonly source: string;
  /** GOROOT of the Go that compiles. */
  readonly bootstrap: string;
  readonly release: Release;
  /** An empty folder; the tree and all scratch files lie in it. */
  readonly folder: string;
}

/**
 * Runs `make.bash -distpack` on a copy of a toolchain's source, and gives the path of the module zip that it made. REBUILD_FAILED with the end of what was
 * said, HOST_TOOL_MISSING, HOST_NO_SPACE.
 */
export async function makeModuleZip(ports: Ports, options: MakeOptions): Promise<string> {
  const { source, bootstrap, release, folder } = options;
  const [tree, scratch] = [join(folder, "go"), join(folder, "scratch")];
  await mkdir(scratch, { recursive: true });
  await copySource(source, tree);
  const name = toolchainName(release);
  const step = `rebuild ${name}`;
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step, detail: bootstrap });
  const run = await ports.process.run({
    command: "bash",
    args: ["make.bash", "-distpack"],
    cwd: join(tree, "src"),
    env: buildEnvironment(release, bootstrap, scratch),
    timeout: patience,
  });
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  const zip = join(tree, "pkg", "distpack", `v0.0.1-${name}.zip`);
  const made = await stat(zip).catch(() => undefined);
  await rm(scratch, { recursive: true, force: true });
  if (run.status === 0 && made?.isFile() === true) return zip;
  const said = `${run.stdout.toString("utf8")}\n${run.stderr}`.trim();
  if (/no space left on device/i.test(said)) throw new MedkitError("HOST_NO_SPACE", { path: folder });
  await writeFile(join(folder, "make.log"), said).catch(() => undefined);
  throw new MedkitError("REBUILD_FAILED", {
    version: release.version,
    platform: platformText(release.platform),
    status: run.timedOut ? "timed out" : (run.status ?? run.signal ?? ""),
    said: said.split("\n").slice(-lastLines).join("\n"),
  });
}
