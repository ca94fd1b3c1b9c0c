import { readFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder, writeFileAtomic } from "./atomic-write.ts";

/**
 * The one map of what medkit writes under its home. Nothing else in the code computes a path in there.
 *
 * | path | what | lifetime |
 * | --- | --- | --- |
 * | `version` | number of this layout, one line | written once |
 * | `downloads/sha256/ab/<digest>` | fetched files, named by their content | until pruned |
 * | `partial/<digest of an address>/` | an interrupted download: `data`, and in `map.json` which octets of it are there | a week |
 * | `toolchains/<name>/` | Go toolchains: `goroot/`, read-only, and `toolchain.json`; published by rename | until removed |
 * | `current` | link to the `goroot` that the user switched to; `current/bin` is on PATH | replaced by rename |
 * | `system.json` | what stood at the system's places before `toolchain use --system` | until restored |
 * | `sumdb/<name>/` | a checksum database's tree head and tiles | grows |
 * | `modules/` | modules as a GOPROXY tree, with proofs: what `proxy serve` keeps | grows |
 * | `gomodcache/`, `gocache/` | GOMODCACHE and GOCACHE of medkit's own `go` runs | cache |
 * | `packed/<key>/` | packed toolchains and warm caches, named by all that went into them | cache |
 * | `keys/` | signing keys; only the owner can enter | the user's |
 * | `openpgp/<fingerprint>.json` | OpenPGP keys that a person confirmed; no other keyring is looked at | until removed |
 * | `work/<id>/` | staging, with its owner in `work/<id>.owner` | one run |
 * | `journal/<plan>.jsonl` | plans that are being applied | one run |
 * | `locks/<name>.lock` | who works on what | one act |
 */
export interface Layout {
  readonly home: string;
  readonly versionFile: string;
  readonly downloads: string;
  readonly partials: string;
  readonly toolchains: string;
  readonly current: string;
  readonly system: string;
  readonly modules: string;
  readonly goModCache: string;
  readonly goCache: string;
  readonly packed: string;
  readonly keys: string;
  readonly openpgp: string;
  readonly work: string;
  readonly journal: string;
  readonly locks: string;
  /** Where the file with this SHA-256 (hexadecimal) lies. */
  readonly download: (sha256: string) => string;
  /** Folder of one interrupted download, by the SHA-256 (hexadecimal) of its address. */
  readonly partial: (key: string) => string;
  readonly toolchain: (name: string) => string;
  /** Folder of one checksum database, by the name in its key (`sum.example.org`). */
  readonly sumdb: (name: string) => string;
  readonly key: (name: string) => string;
  readonly openpgpKey: (fingerprint: string) => string;
  readonly lock: (name: string) => string;
}

/** Rises when a newer medkit writes what an older one would misread. */
export const LAYOUT_VERSION = 1;

export interface HomeSources {
  /** The value of `--home`. */
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * Medkit's home: `--home`, `MEDKIT_HOME`, `$XDG_DATA_HOME/medkit`, `~/.local/share/medkit`. Empty variables count as unset;
 * a relative XDG_DATA_HOME is ignored, as the XDG Base Directory Specification says. HOST_NO_HOME where nothing is left.
 */
export function resolveHome(sources: HomeSources): string {
  const { flag, env, cwd } = sources;
  const given = flag || env["MEDKIT_HOME"];
  if (given) return resolve(cwd, given);
  const data = env["XDG_DATA_HOME"];
  if (data && isAbsolute(data)) return join(data, "medkit");
  const user = env["HOME"];
  if (user && isAbsolute(user)) return join(user, ".local", "share", "medkit");
  throw new MedkitError("HOST_NO_HOME");
}

/** Database names, key names and lock names reach us from configuration: one of them must never lead out of its folder. */
function segment(name: string): string {
  if (!/^[A-Za-z0-9_+@=,-][A-Za-z0-9._+@=,-]{0,199}$/.test(name))
    throw new MedkitError("STATE_NAME_UNSAFE", { name: JSON.stringify(name) });
  return name;
}

function digest(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new MedkitError("STATE_NAME_UNSAFE", { name: JSON.stringify(text) });
  return text;
}

/** The paths under a home; touches no disk. */
export function layoutAt(home: string): Layout {
  return {
    home,
    versionFile: join(home, "version"),
    downloads: join(home, "downloads"),
    partials: join(home, "partial"),
    toolchains: join(home, "toolchains"),
    current: join(home, "current"),
    system: join(home, "system.json"),
    modules: join(home, "modules"),
    goModCache: join(home, "gomodcache"),
    goCache: join(home, "gocache"),
    packed: join(home, "packed"),
    keys: join(home, "keys"),
    openpgp: join(home, "openpgp"),
    work: join(home, "work"),
    journal: join(home, "journal"),
    locks: join(home, "locks"),
    download: (sha256) => join(home, "downloads", "sha256", digest(sha256).slice(0, 2), sha256),
    partial: (key) => join(home, "partial", digest(key)),
    toolchain: (name) => join(home, "toolchains", segment(name)),
    // One folder each, also for a name with a path: the signs that stand for others are in no database's name.
    sumdb: (name) => {
      if (!/^[A-Za-z0-9][A-Za-z0-9._~:/-]*$/.test(name) || /(?:^|\/)(?:\.|\/|$)/.test(name))
        throw new MedkitError("STATE_NAME_UNSAFE", { name: JSON.stringify(name) });
      return join(home, "sumdb", segment(name.replaceAll("/", "+").replaceAll("~", "=").replaceAll(":", "@")));
    },
    key: (name) => join(home, "keys", segment(name)),
    openpgpKey: (fingerprint) => join(home, "openpgp", `${segment(fingerprint)}.json`),
    lock: (name) => join(home, "locks", `${segment(name)}.lock`),
  };
}

async function readVersion(layout: Layout): Promise<number | undefined> {
  let text: string;
  try {
    text = await readFile(layout.versionFile, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw fromSystemError(error, layout.versionFile);
  }
  if (!/^[1-9]\d{0,8}\n$/.test(text)) throw new MedkitError("STATE_VERSION_UNREADABLE", { path: layout.versionFile });
  return Number(text);
}

/** A umask that leaves what others may write to (000, 002) does so no more for the rest of this process and what it starts: what is proven in the home must stay so. */
function keepOthersOut(): void {
  const mask = process.umask(0o077);
  process.umask(mask | 0o022);
}

/**
 * Makes the home ready and returns its paths. A home that a newer medkit wrote is refused (STATE_TOO_NEW) before anything
 * in it changes. HOST_READ_ONLY and HOST_NO_SPACE where the system says so.
 */
export async function openHome(home: string): Promise<Layout> {
  const layout = layoutAt(home);
  const version = await readVersion(layout);
  if (version !== undefined && version > LAYOUT_VERSION) {
    throw new MedkitError("STATE_TOO_NEW", { home, found: version, known: LAYOUT_VERSION });
  }
  keepOthersOut();
  for (const folder of [layout.downloads, layout.toolchains, layout.journal, layout.locks]) await ensureFolder(folder);
  for (const folder of [layout.keys, layout.work]) await ensureFolder(folder, 0o700);
  if (version === undefined) await writeFileAtomic(layout.versionFile, `${LAYOUT_VERSION}\n`);
  return layout;
}
