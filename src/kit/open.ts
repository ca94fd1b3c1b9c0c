import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { extractTar, readTar } from "../archive/index.ts";
import { sha256File } from "../core/digest.ts";
import { MedkitError, systemCode } from "../core/errors.ts";
import { withStaging } from "../state/index.ts";
import { listKit } from "./inventory.ts";
import { parseManifest } from "./manifest.ts";
import type { KitManifest } from "./types.ts";

/** A kit as a person names it: its archive, or the folder it was unpacked to. */
export type KitLocation =
  | { readonly kind: "archive"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string };

/** Says what lies at a path. PATH_NOT_FOUND, KIT_NOT_FOUND. */
export async function locateKit(path: string): Promise<KitLocation> {
  let facts: Awaited<ReturnType<typeof stat>>;
  try {
    facts = await stat(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR")
      throw new MedkitError("PATH_NOT_FOUND", { path }, { cause: error });
    throw error;
  }
  if (facts.isFile()) return { kind: "archive", path };
  if (!facts.isDirectory()) throw new MedkitError("KIT_NOT_FOUND", { path });
  // A kit that lost its manifest is still a kit, and a damaged one: any of its own files says so.
  for (const mark of ["manifest.json", "manifest.sha256sum", "kit.sha256sum", "activate.sh"]) {
    try {
      await stat(join(path, mark));
      return { kind: "folder", path };
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
  }
  throw new MedkitError("KIT_NOT_FOUND", { path });
}

/** What the file `<archive>.sha256sum` beside an archive says of it. */
export type ArchiveSum = "matches" | "differs" | "malformed" | "absent";

export async function checkArchiveSum(archive: string): Promise<ArchiveSum> {
  let text: string;
  try {
    text = await readFile(`${archive}.sha256sum`, "latin1");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "absent";
    throw error;
  }
  const match = /^([0-9a-f]{64}) {2}(.+)\n$/.exec(text);
  if (match === null || match[2] !== basename(archive)) return "malformed";
  return match[1] === (await sha256File(archive)) ? "matches" : "differs";
}

/**
 * Gives `work` the kit's folder. An archive is unpacked for that time into a private staging folder, under strict rules: nothing
 * is written outside, and the first unfit member ends it.
 */
export async function withKitFolder<T>(
  location: KitLocation,
  stagingRoot: string | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if (location.kind === "folder") return work(location.path);
  return withStaging(
    stagingRoot ?? join(tmpdir(), `medkit-${process.getuid?.() ?? 0}`),
    "kit-verify",
    async (staging) => {
      const target = join(staging.path, "kit");
      const topFolder = await topFolderOf(location.path);
      await extractTar(location.path, target, {
        topFolder,
        stripTopFolder: true,
        alphabet: "kit",
        compression: "gzip",
      });
      return work(target);
    },
  );
}

/** The one folder that an archive's first member names. */
async function topFolderOf(archive: string): Promise<string> {
  for await (const entry of readTar(archive, { alphabet: "kit", compression: "gzip" }))
    return entry.path.split("/", 1)[0] ?? "";
  throw new MedkitError("KIT_NOT_FOUND", { path: archive });
}

export interface KitListing {
  readonly manifest: KitManifest;
  /** Octets of regular files by the kit's top folders; `.` for files beside them. */
  readonly areas: ReadonlyMap<string, { readonly files: number; readonly bytes: number }>;
}

function addTo(areas: Map<string, { files: number; bytes: number }>, path: string, size: number): void {
  const top = path.includes("/") ? (path.split("/", 1)[0] ?? "") : ".";
  const area = areas.get(top) ?? { files: 0, bytes: 0 };
  areas.set(top, { files: area.files + 1, bytes: area.bytes + size });
}

/** Reads what is inside without unpacking. It proves nothing: that is what verify is for. */
export async function inspectKit(location: KitLocation): Promise<KitListing> {
  const areas = new Map<string, { files: number; bytes: number }>();
  let manifest: KitManifest | undefined;
  if (location.kind === "folder") {
    for (const entry of await listKit(location.path)) if (entry.type === "file") addTo(areas, entry.path, entry.size);
    manifest = parseManifest(await readFile(join(location.path, "manifest.json"), "utf8"));
  } else {
    for await (const entry of readTar(location.path, { alphabet: "kit", compression: "gzip" })) {
      if (entry.kind !== "file") continue;
      const inside = entry.path.slice(entry.path.indexOf("/") + 1);
      addTo(areas, inside, entry.size);
      if (inside === "manifest.json") manifest = parseManifest((await entry.bytes()).toString("utf8"));
    }
  }
  if (manifest === undefined) throw new MedkitError("KIT_NOT_FOUND", { path: dirname(location.path) });
  return { manifest, areas };
}
