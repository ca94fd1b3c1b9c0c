import { readFile, stat } from "node:fs/promises";
import { MedkitError } from "../core/errors.ts";
import { readRegularFile } from "../core/regular-file.ts";
import {
  cachedModule,
  digestFolder,
  digestZip,
  hash1,
  hashGoMod,
  openModuleZip,
  type NamedDigest,
} from "../module/index.ts";
import type { BuildModule, CachedCheck, CacheFault } from "./types.ts";

/** Hashes that a module version must have, by the database, else by go.sum; several where lines contradict each other. */
export interface SumHashes {
  readonly zip: readonly string[];
  readonly goMod: readonly string[];
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() === true ? "folder" : facts === undefined ? undefined : "file";
}

/** Digests; undefined where it cannot be hashed as Go would, and so is not what go.sum says. */
async function digestsOrNothing(digests: () => Promise<NamedDigest[]>): Promise<NamedDigest[] | undefined> {
  try {
    return await digests();
  } catch (error) {
    if (error instanceof MedkitError && error.code === "INTERRUPTED") throw error;
    if (error instanceof Error && error.name === "AbortError") throw error;
    return undefined;
  }
}

function compare(zip: readonly NamedDigest[], folder: readonly NamedDigest[], prefix: string): CachedCheck["files"] {
  const here = new Map(folder.map((each) => [each.name, each.sha256]));
  const there = new Map(zip.map((each) => [each.name, each.sha256]));
  const short = (name: string): string => name.slice(prefix.length);
  const differing = [...there].flatMap(([name, sha256]) => {
    const found = here.get(name);
    if (found === sha256) return [];
    return [{ path: short(name), kind: found === undefined ? ("missing" as const) : ("changed" as const) }];
  });
  const extra = [...here.keys()].filter((name) => !there.has(name)).map((name) => ({ path: short(name), kind: "extra" as const })); // prettier-ignore
  return [...differing, ...extra].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * What GOMODCACHE has of a module, as `go mod verify` looks at it (cmd/go/internal/modcmd/verify.go): zip and unpacked folder against go's note of the
 * zip's hash; and beyond that the note, and the go.mod, against go.sum. What go.sum says is believed before the note, which lies beside what it speaks of.
 */
export async function checkCached(
  cache: string,
  module: BuildModule,
  sums: SumHashes,
  signal: AbortSignal,
): Promise<CachedCheck> {
  const { path, version } = module;
  const at = cachedModule(cache, module);
  const prefix = `${path}@${version}`;
  const hasZip = (await kindOf(at.zip)) === "file";
  const hasFolder = (await kindOf(at.folder)) === "folder" && (await kindOf(at.partial)) === undefined;
  const note = ((await readRegularFile(at.zipHash)) ?? "").trim();
  const faults: CacheFault[] = [];
  const goMod = await readFile(at.goMod).catch(() => undefined);
  if (goMod !== undefined && sums.goMod.length > 0 && !sums.goMod.includes(hashGoMod(goMod))) faults.push("go.mod");
  const expected = sums.zip.length > 0 ? sums.zip : note === "" ? [] : [note];
  const by = sums.zip.length > 0 ? "go.sum" : "note";
  let files: CachedCheck["files"] = [];
  let zipState: CachedCheck["zip"] = hasZip ? "changed" : "absent";
  if (hasZip || hasFolder) {
    if (note === "") faults.push("no-note");
    else if (!expected.includes(note)) faults.push("note");
    const ofZip = hasZip
      ? await digestsOrNothing(async () => {
          await using zip = await openModuleZip(at.zip, { prefix: `${prefix}/` });
          return await digestZip(zip, { signal });
        })
      : undefined;
    const isZipRight = ofZip !== undefined && expected.includes(hash1(ofZip));
    if (hasZip && expected.length > 0 && !isZipRight) faults.push("zip");
    if (isZipRight) zipState = "ok";
    if (hasFolder && expected.length > 0) {
      const ofFolder = await digestsOrNothing(() => digestFolder(at.folder, prefix, { signal }));
      if (ofFolder === undefined || !expected.includes(hash1(ofFolder))) {
        faults.push("folder");
        if (isZipRight && ofFolder !== undefined) files = compare(ofZip, ofFolder, `${prefix}/`);
      }
    }
  }
  const isThere = hasZip || hasFolder;
  const state = faults.length > 0 ? "changed" : isThere ? "ok" : "absent";
  return { path, version, state, faults, files, zip: zipState, by };
}
