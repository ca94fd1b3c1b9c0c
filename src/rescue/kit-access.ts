import type { KeyObject } from "node:crypto";
import { access, constants, mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MedkitError } from "../core/errors.ts";
import { compareGoVersions, parseGoVersion, platformText } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { locateKit, parseManifest, verifyKitFolder, type KitManifest } from "../kit/index.ts";
import { escapePath, escapeVersion, gosumdbValue } from "../module/index.ts";

/** Variables that an activated shell has from the kit, and that a remedy may take one by one. */
const kitVariables = [
  "PATH", "GOROOT", "GOPATH", "GOMODCACHE", "GOCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOTOOLCHAIN", "GOFLAGS", "GOENV", "CGO_ENABLED",
  "MEDKIT_KIT_STATE",
] as const; // prettier-ignore

/** What remedies may take out of an unpacked kit. Nothing of it is started before every byte of it was checked against its sums. */
export interface KitAccess {
  readonly folder: string;
  /** When it was made. */
  readonly created: Date;
  /** Go versions for this host, newest first. */
  readonly goVersions: readonly string[];
  /** GOPROXY of the kit's module tree; undefined where it holds none. */
  readonly goproxy: string | undefined;
  /** GOSUMDB value under which the kit's tree proves its modules. */
  readonly gosumdb: string;
  /** Module path patterns that travel under the kit's own signature (GONOSUMDB after activation). */
  readonly privatePatterns: readonly string[];
  /** Whether the module's zip is in the tree. */
  holds(path: string, version: string): Promise<boolean>;
  /** `h1:` of a module in the kit's manifest (zip and go.mod), proven by the checksum database when the kit was made. */
  hashes(path: string, version: string): { readonly zip: string | undefined; readonly goMod: string } | undefined;
  /** Throws INTEGRITY where a byte of the kit is not what its sums say, or the demanded signer did not sign it. Done once. */
  verify(): Promise<void>;
  /**
   * The variables of a shell in which the kit is active with this Go version, by name, the toolchain being unpacked where it was not. `state` is an own
   * folder, used where the kit's cannot be. Verifies first. GO_FAILED where activation refuses.
   */
  activate(goVersion: string, state: string): Promise<ActiveKit>;
}

export interface ActiveKit {
  readonly variables: Readonly<Record<string, string>>;
  /** The own folder that was filled because the kit's could not be; undefined: nothing outside the kit was written. */
  readonly state: string | undefined;
}

interface Opened {
  readonly ports: Ports;
  readonly folder: string;
  readonly manifest: KitManifest;
  readonly signer: KeyObject | undefined;
}

async function verifyOnce({ folder, signer }: Opened): Promise<void> {
  const { differences, signature } = await verifyKitFolder(folder, signer);
  const [first] = differences;
  if (first !== undefined) throw new MedkitError("KIT_DAMAGED", { path: join(folder, first.path), problem: first.kind, count: differences.length }); // prettier-ignore
  if (signature.state === "invalid" || (signer !== undefined && signature.state !== "valid"))
    throw new MedkitError("KIT_DAMAGED", { path: join(folder, "manifest.json"), problem: "signature", count: 1 });
}

async function activateIn(opened: Opened, goVersion: string, state: string): Promise<ActiveKit> {
  const { ports, folder } = opened;
  const own = join(folder, "state");
  const usable = await access(
    (await stat(own).catch(() => undefined)) === undefined ? folder : own,
    constants.W_OK,
  ).then(
    () => true,
    () => false,
  );
  if (!usable) await mkdir(state, { recursive: true, mode: 0o700 });
  const script = `. ./activate.sh >&2 || exit 1; for name in ${kitVariables.join(" ")}; do eval "if [ -n \\"\\\${$name+x}\\" ]; then printf '%s=%s\\\\n' \\"$name\\" \\"\\\${$name}\\"; fi"; done`;
  const result = await ports.process.run({
    command: "/bin/sh",
    args: ["-c", script],
    cwd: folder,
    env: {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      HOME: ports.env["HOME"] ?? folder,
      LC_ALL: "C",
      MEDKIT_GO: goVersion,
      ...(ports.env["TMPDIR"] === undefined ? {} : { TMPDIR: ports.env["TMPDIR"] }),
      ...(usable ? {} : { MEDKIT_KIT_STATE: state }),
    },
    timeout: 120_000,
  });
  if (result.status !== 0)
    throw new MedkitError("GO_FAILED", { command: "activate.sh", status: result.status ?? String(result.signal), tail: result.stderr.trim().split("\n").slice(-4).join("\n") }); // prettier-ignore
  const variables: Record<string, string> = {};
  for (const line of result.stdout.toString("utf8").split("\n")) {
    const cut = line.indexOf("=");
    if (cut > 0) variables[line.slice(0, cut)] = line.slice(cut + 1);
  }
  return { variables, state: usable ? undefined : state };
}

async function privatePatterns(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, "modules", "private.txt"), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

async function moduleTrees(folder: string, goVersions: readonly string[]): Promise<readonly string[]> {
  const trees: string[] = [];
  for (const tree of [...goVersions.map((version) => join("modules-by-go", `go${version}`)), "modules"]) {
    if ((await stat(join(folder, tree)).catch(() => undefined))?.isDirectory() === true) trees.push(join(folder, tree));
  }
  return trees;
}

function newestFirst(a: string, b: string): number {
  const [left, right] = [parseGoVersion(a), parseGoVersion(b)];
  return left === undefined || right === undefined ? 0 : compareGoVersions(right, left);
}

async function readManifest(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, "manifest.json"), "utf8");
  } catch (error) {
    throw new MedkitError("KIT_MANIFEST_INVALID", { problem: "it cannot be read" }, { cause: error });
  }
}

/** Opens an unpacked kit. PATH_NOT_FOUND, KIT_NOT_FOUND (an archive is none: it must be unpacked), KIT_MANIFEST_INVALID. */
export async function openKit(ports: Ports, path: string, signer: KeyObject | undefined): Promise<KitAccess> {
  const location = await locateKit(path);
  if (location.kind !== "folder") throw new MedkitError("KIT_NOT_FOUND", { path });
  const folder = location.path;
  const manifest = parseManifest(await readManifest(folder));
  const here = platformText(ports.platform);
  const goVersions = manifest.toolchains
    .filter((toolchain) => toolchain.platform === here)
    .map((toolchain) => toolchain.version)
    .toSorted(newestFirst);
  const trees = await moduleTrees(folder, goVersions);
  const opened: Opened = { ports, folder, manifest, signer };
  const byName = new Map(manifest.modules.map((each) => [`${each.path}@${each.version}`, each]));
  let verified: Promise<void> | undefined;
  const verify = (): Promise<void> => (verified ??= verifyOnce(opened));
  const { key } = manifest.checksumDatabase;
  return {
    folder,
    created: new Date(manifest.created),
    goVersions,
    goproxy: trees.length === 0 ? undefined : trees.map((tree) => pathToFileURL(tree).href).join(","),
    gosumdb: gosumdbValue(key),
    privatePatterns: await privatePatterns(folder),
    holds: async (module, version) => {
      const file = join(escapePath(module), "@v", `${escapeVersion(version)}.zip`);
      for (const tree of trees)
        if ((await stat(join(tree, file)).catch(() => undefined))?.isFile() === true) return true;
      return false;
    },
    hashes: (module, version) => {
      const found = byName.get(`${module}@${version}`);
      return found === undefined ? undefined : { zip: found.h1, goMod: found.goModH1 };
    },
    verify,
    activate: async (goVersion, state) => {
      await verify();
      return activateIn(opened, goVersion, state);
    },
  };
}
