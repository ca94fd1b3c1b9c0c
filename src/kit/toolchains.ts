import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readTar } from "../archive/index.ts";
import { fromSystemError, MedkitError, systemCode } from "../core/errors.ts";
import { parsePlatform, platformText, toolchainName, type Platform } from "../core/go-version.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import { isRecordProven, moduleName, type ChecksumDatabase, type NoteVerifier } from "../module/index.ts";
import {
  isToolchainExecutable,
  toolchainModule,
  type RecordSource,
  type ToolchainRequest,
  type ToolchainSource,
} from "../toolchain/index.ts";
import { chooseKey } from "./database-key.ts";
import { parseManifest } from "./manifest.ts";
import { locateKit, type KitLocation } from "./open.ts";
import type { KitManifest } from "./types.ts";

/** The toolchains of a kit, packed or unpacked, for the store. */
export interface KitToolchains {
  readonly path: string;
  readonly held: readonly { readonly version: string; readonly platform: Platform }[];
  readonly source: ToolchainSource;
  /** The proofs that travel in the manifest; they need no network. */
  readonly records: RecordSource;
}

async function readKitManifest(location: KitLocation): Promise<KitManifest> {
  if (location.kind === "folder") {
    try {
      return parseManifest(await readFile(join(location.path, "manifest.json"), "utf8"));
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      throw new MedkitError("KIT_MANIFEST_INVALID", { problem: "it cannot be read" }, { cause: error });
    }
  }
  for await (const entry of readTar(location.path, { alphabet: "kit", compression: "gzip" }))
    if (/^[^/]+\/manifest\.json$/.test(entry.path)) return parseManifest((await entry.bytes()).toString("utf8"));
  throw new MedkitError("KIT_NOT_FOUND", { path: location.path });
}

/** Whether a path is a kit's folder, or an archive that begins as a kit's does: with its manifest. PATH_NOT_FOUND. */
export async function isKit(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined) throw new MedkitError("PATH_NOT_FOUND", { path });
  if (facts.isDirectory()) return (await stat(join(path, "manifest.json")).catch(() => undefined)) !== undefined;
  if (!/\.t(?:ar\.)?gz$/.test(path)) return false;
  for await (const entry of readTar(path, { alphabet: "any", compression: "gzip" }))
    if (entry.kind === "file") return /^[^/]+\/manifest\.json$/.test(entry.path);
  return false;
}

/** Writes the files of one packed part below `into`. Paths were judged by the reader; two parts never hold the same file. */
async function unpackPart(part: AsyncIterable<Uint8Array>, name: string, into: string): Promise<void> {
  for await (const entry of readTar(part, { name, alphabet: "any", compression: "gzip" })) {
    const target = join(into, entry.path);
    if (entry.kind === "folder") {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, entry.content(), { flag: "wx", mode: isToolchainExecutable(entry.path) ? 0o755 : 0o644 });
  }
}

const partName = /^part-\d+-[a-z]+\.tar\.gz$/;

async function* folderParts(folder: string): AsyncGenerator<[name: string, content: AsyncIterable<Uint8Array>]> {
  for (const name of (await readdir(folder)).toSorted())
    if (partName.test(name)) yield [name, createReadStream(join(folder, name)) as AsyncIterable<Uint8Array>];
}

async function* archiveParts(archive: string, folder: string): AsyncGenerator<[string, AsyncIterable<Uint8Array>]> {
  for await (const entry of readTar(archive, { alphabet: "kit", compression: "gzip" })) {
    const [, below, name] = /^[^/]+\/(toolchains\/[^/]+)\/([^/]+)$/.exec(entry.path) ?? [];
    if (below === folder && name !== undefined && partName.test(name)) yield [name, entry.content()];
  }
}

function sourceOf(location: KitLocation, manifest: KitManifest): ToolchainSource {
  return {
    kind: "kit",
    fetch: async (request, into) => {
      const { version, platform } = request;
      if (!holds(manifest, request))
        throw new MedkitError("TOOLCHAIN_UNAVAILABLE", {
          version,
          platform: platformText(platform),
          reasons: "the kit has it not",
        });
      const folder = `toolchains/${toolchainName(request)}`;
      const parts =
        location.kind === "folder" ? folderParts(join(location.path, folder)) : archiveParts(location.path, folder);
      try {
        for await (const [name, content] of parts) await unpackPart(content, name, into);
      } catch (error) {
        // A folder that is not there, a file that two parts hold: a full disk is not the kit's fault, the rest is.
        const known = fromSystemError(error, into);
        if (known instanceof MedkitError || systemCode(error) === undefined) throw known;
        throw new MedkitError(
          "KIT_DAMAGED",
          { path: folder, problem: systemCode(error) ?? "", count: 1 },
          { cause: error },
        );
      }
      return { from: `kit ${manifest.name} ${manifest.version}` };
    },
  };
}

function holds(manifest: KitManifest, { version, platform }: ToolchainRequest): boolean {
  return manifest.toolchains.some((each) => each.version === version && each.platform === platformText(platform));
}

function recordsOf(manifest: KitManifest, sumdb: NoteVerifier | undefined): RecordSource {
  return {
    lookup: (module) => {
      const { checksumDatabase, toolchains } = manifest;
      const found = toolchains.find((each) => each.module === `${toolchainModule}@${module.version}`);
      if (found?.proof === undefined && found?.verifiedBy === REBUILT_UNMATCHED)
        return Promise.reject(
          new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: "checksum-database", has: REBUILT_UNMATCHED }),
        );
      if (module.path !== toolchainModule || found?.proof === undefined)
        return Promise.reject(
          new MedkitError("DATABASE_UNAVAILABLE", {
            database: checksumDatabase.name,
            reasons: "the kit has no record",
          }),
        );
      // A key that lies in the kit proves nothing: it has to be one that medkit knows, or that the person gave.
      const chosen = chooseKey(manifest, sumdb?.name === checksumDatabase.name ? { sumdb } : {});
      if (typeof chosen === "string")
        return Promise.reject(new MedkitError("KIT_MANIFEST_INVALID", { problem: chosen }));
      if (chosen.vouchedBy === "nobody")
        return Promise.reject(
          new MedkitError("KIT_DATABASE_UNKNOWN", { database: checksumDatabase.name, key: checksumDatabase.key }),
        );
      const hashes = isRecordProven(chosen.verifier, checksumDatabase.head, module, found.proof);
      if (hashes === undefined)
        return Promise.reject(
          new MedkitError("DATABASE_RECORD_UNPROVEN", {
            module: moduleName(module),
            problem: "the proof in the kit's manifest does not hold",
          }),
        );
      return Promise.resolve({ ...hashes, ...found.proof });
    },
  };
}

export interface KitToolchainOptions {
  /** Whose remembered tree heads the kit's must go with. Where that cannot be seen without a network, `onUnseen` is called. */
  readonly database?: Pick<ChecksumDatabase, "openHead" | "verifier">;
  readonly onUnseen?: () => void;
}

/**
 * Opens a kit for its toolchains. Nothing of it is believed: bytes are proven by records, records by the database's key.
 * PATH_NOT_FOUND, KIT_NOT_FOUND, KIT_MANIFEST_INVALID, ARCHIVE_….
 */
export async function openKitToolchains(path: string, options: KitToolchainOptions = {}): Promise<KitToolchains> {
  const location = await locateKit(path);
  const manifest = await readKitManifest(location);
  const { database, onUnseen } = options;
  const own = recordsOf(manifest, database?.verifier);
  const records: RecordSource = {
    lookup: async (module) => {
      const record = await own.lookup(module);
      try {
        if (database?.verifier.name === manifest.checksumDatabase.name)
          await database.openHead(manifest.checksumDatabase.head);
      } catch (error) {
        if (!(error instanceof MedkitError) || !["OFFLINE", "DATABASE_UNAVAILABLE"].includes(error.code)) throw error;
        onUnseen?.();
      }
      return record;
    },
  };
  return {
    path,
    held: manifest.toolchains.flatMap((each) => {
      const platform = parsePlatform(each.platform);
      return platform === undefined ? [] : [{ version: each.version, platform }];
    }),
    source: sourceOf(location, manifest),
    records,
  };
}
