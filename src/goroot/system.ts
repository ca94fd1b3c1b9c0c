import { renameSync } from "node:fs";
import { access, constants, link, lstat, readFile, readlink, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import { replaceLink, syncFolder, temporaryBeside, writeFileAtomic, type Layout } from "../state/index.ts";
import type { Exchange } from "./exchange.ts";
import type { StoredToolchain } from "./types.ts";

/** Where a system-wide Go is looked for. */
export interface SystemPlaces {
  /** `/usr/local/go`: a link to the GOROOT. */
  readonly goroot: string;
  /** `/usr/local/bin/go`: a link to the first one's `bin/go`. */
  readonly command: string;
}

/** The usual places, or those below another prefix than `/usr/local`. */
export function systemPlaces(prefix = "/usr/local"): SystemPlaces {
  return { goroot: join(prefix, "go"), command: join(prefix, "bin", "go") };
}

/** What stood at a place before medkit came; the way back. */
type Before =
  | { readonly path: string; readonly kind: "absent" }
  | { readonly path: string; readonly kind: "link"; readonly target: string }
  | { readonly path: string; readonly kind: "moved"; readonly to: string };

export interface SystemRecord {
  readonly schema: "medkit/system-go/v1";
  /** Name in the store of the toolchain that the places lead to. */
  readonly name: string;
  readonly before: readonly Before[];
}

/** What `toolchain use --system` wrote down; undefined where nothing is to be restored. */
export async function readSystemRecord(layout: Layout): Promise<SystemRecord | undefined> {
  try {
    const value = JSON.parse(await readFile(layout.system, "utf8")) as SystemRecord;
    return value.schema === "medkit/system-go/v1" ? value : undefined;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function lookAt(path: string): Promise<Before> {
  const facts = await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (facts === undefined) return { path, kind: "absent" };
  if (facts.isSymbolicLink()) return { path, kind: "link", target: await readlink(path) };
  for (let count = 1; ; count++) {
    const to = `${path}.before-medkit${count === 1 ? "" : `-${count}`}`;
    if ((await lstat(to).catch(() => undefined)) === undefined) return { path, kind: "moved", to };
  }
}

async function demandRight(places: SystemPlaces): Promise<void> {
  for (const path of [places.goroot, places.command]) {
    try {
      await access(dirname(path), constants.W_OK);
    } catch (error) {
      throw new MedkitError("SYSTEM_GO_FORBIDDEN", { path: dirname(path) }, { cause: error });
    }
  }
}

/** Other users must be able to reach what the system's `go` leads to: a home below a private folder would break it for all of them. */
async function demandReach(goroot: string): Promise<void> {
  for (let folder = goroot; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) throw new MedkitError("SYSTEM_GO_PRIVATE", { path: folder });
    if (dirname(folder) === folder) return;
  }
}

/** Puts a folder aside and a link in its place: one step where the host can, else two with nothing between them. */
async function linkForFolder(path: string, to: string, target: string, exchange: Exchange): Promise<void> {
  await symlink(target, to);
  if (await exchange(to, path)) return;
  const ready = temporaryBeside(path);
  await rename(to, ready);
  try {
    renameSync(path, to);
    renameSync(ready, path);
  } finally {
    await rm(ready, { force: true });
  }
}

/** Puts a link at a place; what is there and no link is kept aside, as `before` says. Whoever looks always finds one of both. */
async function setPlace(before: Before, target: string, exchange: Exchange): Promise<void> {
  const facts = before.kind === "moved" ? await lstat(before.path) : undefined;
  if (before.kind === "moved" && facts?.isSymbolicLink() === false) {
    if (facts.isDirectory()) {
      await linkForFolder(before.path, before.to, target, exchange);
      return syncFolder(dirname(before.path));
    }
    try {
      // A second name; the link then replaces the first one.
      await link(before.path, before.to);
    } catch (error) {
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK"].includes(systemCode(error) ?? "")) throw error;
      await rename(before.path, before.to);
    }
  }
  await replaceLink(target, before.path);
}

/** Where a switch ended before its one step, the name for what is kept is a link still, or the file's second name: it goes. */
async function dropUnused(before: Before): Promise<void> {
  if (before.kind !== "moved") return;
  const [here, aside] = await Promise.all([before.path, before.to].map((path) => lstat(path).catch(() => undefined)));
  if (here === undefined || here.isSymbolicLink() || aside === undefined) return;
  if (aside.isSymbolicLink() || aside.ino === here.ino) await rm(before.to, { force: true });
}

async function restorePlace(before: Before, exchange: Exchange): Promise<void> {
  if (before.kind === "link") return replaceLink(before.target, before.path);
  const facts = await lstat(before.path).catch(() => undefined);
  const aside = before.kind === "moved" ? await lstat(before.to).catch(() => undefined) : undefined;
  // Nothing was moved yet, or somebody put something there meanwhile: that is not ours to remove.
  if (facts !== undefined && !facts.isSymbolicLink()) return dropUnused(before);
  if (before.kind === "moved" && facts !== undefined && aside?.isDirectory() === true) {
    if (await exchange(before.to, before.path)) await rm(before.to);
    else {
      await rm(before.path);
      renameSync(before.to, before.path);
    }
  } else if (before.kind === "moved") await rename(before.to, before.path);
  else await rm(before.path, { force: true });
  await syncFolder(dirname(before.path));
}

/**
 * Leads the system's places to a toolchain of the store. What stood there is written down before anything changes, and kept. Where a step fails, what was
 * done is taken back. SYSTEM_GO_FORBIDDEN, SYSTEM_GO_PRIVATE, SYSTEM_GO_UNDONE (as it was before), SYSTEM_GO_HALF (could not be taken back).
 */
export async function useForSystem(
  layout: Layout,
  stored: StoredToolchain,
  places: SystemPlaces,
  exchange: Exchange,
): Promise<SystemRecord> {
  await demandRight(places);
  await demandReach(stored.goroot);
  const earlier = await readSystemRecord(layout);
  for (const each of earlier?.before ?? []) await dropUnused(each);
  const now = [await lookAt(places.goroot), await lookAt(places.command)];
  // The first switch knew what was there before medkit; later ones find medkit's own links.
  const before = now.map((each) => earlier?.before.find((old) => old.path === each.path) ?? each);
  const record: SystemRecord = { schema: "medkit/system-go/v1", name: stored.name, before };
  await writeFileAtomic(layout.system, `${JSON.stringify(record)}\n`);
  const targets = [stored.goroot, join(places.goroot, "bin", "go")];
  const done: Before[] = [];
  try {
    for (const [index, each] of now.entries()) {
      done.push(each);
      await setPlace(each, targets[index] ?? "", exchange);
    }
  } catch (error) {
    await takeBack(layout, done, earlier, exchange, error);
  }
  return record;
}

async function takeBack(
  layout: Layout,
  done: readonly Before[],
  earlier: SystemRecord | undefined,
  exchange: Exchange,
  cause: unknown,
): Promise<never> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  try {
    for (const each of done.toReversed()) {
      const aside = each.kind === "moved" ? await lstat(each.to).catch(() => undefined) : undefined;
      if (each.kind !== "moved" || aside !== undefined) await restorePlace(each, exchange);
    }
    if (earlier === undefined) await rm(layout.system, { force: true });
    else await writeFileAtomic(layout.system, `${JSON.stringify(earlier)}\n`);
  } catch (error) {
    throw new MedkitError("SYSTEM_GO_HALF", { reason, record: layout.system }, { cause: error });
  }
  throw new MedkitError("SYSTEM_GO_UNDONE", { reason }, { cause });
}

/** Puts back what stood at the system's places before the first `use --system`. Gives their paths. SYSTEM_GO_NOTHING, SYSTEM_GO_FORBIDDEN. */
export async function restoreSystem(layout: Layout, exchange: Exchange): Promise<readonly string[]> {
  const record = await readSystemRecord(layout);
  const [goroot, command] = record?.before ?? [];
  if (record === undefined || goroot === undefined || command === undefined) throw new MedkitError("SYSTEM_GO_NOTHING");
  await demandRight({ goroot: goroot.path, command: command.path });
  for (const each of record.before.toReversed()) await restorePlace(each, exchange);
  await rm(layout.system);
  return record.before.map((each) => each.path);
}
