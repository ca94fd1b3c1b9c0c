import { createHash } from "node:crypto";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { readTar } from "../archive/index.ts";
import { sha256File } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import { compareGoVersions, parseGoVersion, platformText, type Platform } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import type { KitFacts } from "./types.ts";

export interface InspectedKit {
  readonly facts: KitFacts;
  readonly sha256: string;
  readonly bytes: number;
  /** True where the kit carried the example service, which is then in the given folder. */
  readonly hasExample: boolean;
}

/** Only what the drill names in its report; a kit with a broken manifest is still rehearsed, and fails at its verification. */
const heading = z.looseObject({ name: z.string(), version: z.string() });

function newestFirst(a: string, b: string): number {
  const [left, right] = [parseGoVersion(a), parseGoVersion(b)];
  return left === undefined || right === undefined ? 0 : compareGoVersions(right, left);
}

function parseHeading(text: string): { readonly name: string; readonly version: string } {
  try {
    return heading.parse(JSON.parse(text));
  } catch {
    return { name: "unknown", version: "unknown" };
  }
}

/**
 * Reads an archive through once: which Go versions it holds for this platform, whether it has modules, database and cache. The example
 * service, where the kit carries it, is written to `exampleFolder`. ARCHIVE_… for what is no sound archive, KIT_NOT_FOUND for
 * what is no kit, HOST_PLATFORM for a kit of other platforms.
 */
export async function inspectKit(archive: string, platform: Platform, exampleFolder: string): Promise<InspectedKit> {
  let top = "";
  let manifest = "";
  let hasExample = false;
  const versions = new Set<string>();
  const platforms = new Set<string>();
  const seen = { modules: false, cache: false };
  let databaseName = "";
  const suffix = `.${platform.os}-${platform.arch}`;
  for await (const entry of readTar(archive)) {
    const [first = "", ...rest] = entry.path.split("/");
    top ||= first;
    const path = rest.join("/");
    if (entry.kind !== "file") continue;
    const toolchain = /^toolchains\/go([^/]+)\/tree\.txt$/.exec(path)?.[1];
    if (toolchain !== undefined) platforms.add(toolchain.slice(toolchain.lastIndexOf(".") + 1).replace("-", "/"));
    if (toolchain?.endsWith(suffix) === true) versions.add(toolchain.slice(0, -suffix.length));
    seen.modules ||= path.startsWith("modules/");
    databaseName ||= /^modules\/sumdb\/(.+?)\/lookup\//.exec(path)?.[1] ?? "";
    seen.cache ||= path.startsWith("cache/");
    if (path === "manifest.json") manifest = (await entry.bytes()).toString("utf8");
    const example = /^examples?\/service\/(.+)$/.exec(path)?.[1];
    if (example === undefined) continue;
    hasExample = true;
    await mkdir(dirname(join(exampleFolder, example)), { recursive: true });
    await writeFile(join(exampleFolder, example), await entry.bytes());
  }
  if (platforms.size === 0) throw new MedkitError("KIT_NOT_FOUND", { path: archive });
  if (versions.size === 0)
    throw new MedkitError("HOST_PLATFORM", {
      platform: platformText(platform),
      supported: [...platforms].toSorted().join(", "),
    });
  return {
    facts: {
      top,
      ...parseHeading(manifest),
      goVersions: [...versions].toSorted(newestFirst),
      hasModules: seen.modules,
      hasChecksumDatabase: databaseName !== "",
      databaseName,
      hasCache: seen.cache,
    },
    sha256: await sha256File(archive),
    bytes: (await stat(archive)).size,
    hasExample,
  };
}

/** The archive to rehearse: the given one, or one made of an unpacked kit's folder. KIT_NOT_FOUND where there is neither. */
export async function archiveOf(ports: Ports, kit: string, work: string): Promise<string> {
  const info = await stat(kit).catch(() => undefined);
  if (info === undefined) throw new MedkitError("KIT_NOT_FOUND", { path: kit });
  if (!info.isDirectory()) return kit;
  const archive = join(work, `${createHash("sha256").update(kit).digest("hex").slice(0, 8)}.tgz`);
  const args = ["-C", dirname(kit), "--exclude", `${basename(kit)}/state`, "-czf", archive, basename(kit)];
  const result = await ports.process.run({ command: "tar", args, env: { PATH: ports.env["PATH"] ?? "", LC_ALL: "C" } });
  if (result.status !== 0) throw new MedkitError("KIT_NOT_FOUND", { path: kit }, { cause: new Error(result.stderr) });
  return archive;
}
