import { lstat, readFile, readlink, rename, rm, stat, access, constants } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import { replaceLink, syncFolder, writeFileAtomic, type Layout } from "../state/index.ts";
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

/** Puts a link at a place; what is there and no link is moved aside first, as `before` says. */
async function setPlace(before: Before, target: string): Promise<void> {
  if (before.kind === "moved" && (await lstat(before.path)).isSymbolicLink() === false)
    await rename(before.path, before.to);
  await replaceLink(target, before.path);
}

async function restorePlace(before: Before): Promise<void> {
  if (before.kind === "link") return replaceLink(before.target, before.path);
  const facts = await lstat(before.path).catch(() => undefined);
  // Somebody put something else there meanwhile: that is not ours to remove.
  if (facts !== undefined && !facts.isSymbolicLink()) return;
  await rm(before.path, { force: true });
  if (before.kind === "moved") await rename(before.to, before.path);
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
): Promise<SystemRecord> {
  await demandRight(places);
  await demandReach(stored.goroot);
  const earlier = await readSystemRecord(layout);
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
      await setPlace(each, targets[index] ?? "");
    }
  } catch (error) {
    await takeBack(layout, done, earlier, error);
  }
  return record;
}

async function takeBack(
  layout: Layout,
  done: readonly Before[],
  earlier: SystemRecord | undefined,
  cause: unknown,
): Promise<never> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  try {
    for (const each of done.toReversed()) {
      const aside = each.kind === "moved" ? await lstat(each.to).catch(() => undefined) : undefined;
      if (each.kind !== "moved" || aside !== undefined) await restorePlace(each);
    }
    if (earlier === undefined) await rm(layout.system, { force: true });
    else await writeFileAtomic(layout.system, `${JSON.stringify(earlier)}\n`);
  } catch (error) {
    throw new MedkitError("SYSTEM_GO_HALF", { reason, record: layout.system }, { cause: error });
  }
  throw new MedkitError("SYSTEM_GO_UNDONE", { reason }, { cause });
}

/** Puts back what stood at the system's places before the first `use --system`. Gives their paths. SYSTEM_GO_NOTHING, SYSTEM_GO_FORBIDDEN. */
export async function restoreSystem(layout: Layout): Promise<readonly string[]> {
  const record = await readSystemRecord(layout);
  const [goroot, command] = record?.before ?? [];
  if (record === undefined || goroot === undefined || command === undefined) throw new MedkitError("SYSTEM_GO_NOTHING");
  await demandRight({ goroot: goroot.path, command: command.path });
  for (const each of record.before.toReversed()) await restorePlace(each);
  await rm(layout.system);
  return record.before.map((each) => each.path);
}
