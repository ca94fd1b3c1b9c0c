import { MedkitError } from "../core/errors.ts";
import { canonicalVersion, parseTilePath, unescapePath, unescapeVersion } from "../module/index.ts";
import type { Asked, DatabaseFile } from "./types.ts";

/** Longer paths than any module has are not looked at. */
const longest = 2_048;

/**
 * Reads a request's path. Undefined for what the protocol has not. The path is judged by Go's own rules for module paths and versions, and so no
 * name that comes out of here leads out of a folder.
 */
export function parseAsked(target: string): Asked | undefined {
  const path = plainPath(target);
  if (path === undefined) return undefined;
  try {
    return path.startsWith("sumdb/") ? parseDatabase(path.slice("sumdb/".length)) : parseModule(path);
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}

/** The path without query, percent signs undone. The go command escapes `!` as `%21`. */
function plainPath(target: string): string | undefined {
  const end = target.search(/[?#]/);
  const raw = end < 0 ? target : target.slice(0, end);
  if (raw.length > longest || !raw.startsWith("/")) return undefined;
  if (!raw.includes("%")) return raw.slice(1);
  try {
    return decodeURIComponent(raw.slice(1));
  } catch {
    return undefined;
  }
}

function parseModule(path: string): Asked | undefined {
  const latest = /^(.+)\/@latest$/.exec(path);
  if (latest !== null) return { kind: "latest", path: unescapePath(latest[1] ?? "") };
  const [, escaped = "", name = ""] = /^(.+)\/@v\/([^/]+)$/.exec(path) ?? [];
  if (escaped === "") return undefined;
  const module = unescapePath(escaped);
  if (name === "list") return { kind: "list", path: module };
  const [, version = "", kind] = /^(.+)\.(info|mod|zip)$/.exec(name) ?? [];
  if (kind !== "info" && kind !== "mod" && kind !== "zip") return undefined;
  return { kind, module: { path: module, version: unescapeVersion(version) } };
}

function parseDatabase(path: string): Asked | undefined {
  const [, name = "", rest = ""] =
    /^([A-Za-z0-9][A-Za-z0-9.:-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*?)\/(supported|latest|lookup\/.+|tile\/.+)$/.exec(
      path,
    ) ?? [];
  const file = parseDatabaseFile(rest);
  return file === undefined ? undefined : { kind: "database", name, file };
}

function parseDatabaseFile(path: string): DatabaseFile | undefined {
  if (path === "supported" || path === "latest") return { kind: path };
  if (path.startsWith("tile/")) {
    const tile = parseTilePath(path);
    return tile === undefined ? undefined : { kind: "tile", tile };
  }
  const at = path.lastIndexOf("@");
  if (!path.startsWith("lookup/") || at < 0) return undefined;
  const module = { path: unescapePath(path.slice("lookup/".length, at)), version: unescapeVersion(path.slice(at + 1)) };
  // No database has another; and a blank at the end of one would be lost on the way to it.
  return canonicalVersion(module.version) === module.version ? { kind: "lookup", module } : undefined;
}
