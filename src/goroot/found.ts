import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import { systemCode } from "../core/errors.ts";
import { parseGoVersion, platformText, type Platform } from "../core/go-version.ts";
import { foundPlaces, goPrograms, gorootOfProgram, type GoMaker, type Surroundings } from "./found-places.ts";
import { newestFirst } from "./store.ts";

/** A Go that somebody else installed. */
export interface FoundGoroot {
  /** Where it was found first. */
  readonly path: string;
  /** The same without links. */
  readonly realPath: string;
  /** Other names under which the same tree was found. */
  readonly alsoAt: readonly string[];
  readonly makers: readonly GoMaker[];
  /** Without `go`. */
  readonly version: string;
  readonly platform: Platform;
}

/** Something that lies where a Go should, and cannot be taken for one. */
export interface UnusableGoroot {
  readonly path: string;
  readonly maker: GoMaker;
  /** `no-version`, `no-tools`: a file or folder that each GOROOT has is not there. `unreleased`: a development version or a distributor's own. */
  readonly problem: "no-version" | "no-tools" | "unreleased" | "unreadable" | "link-loop" | "link-to-nothing";
}

export interface FoundGos {
  /** Newest first. */
  readonly found: readonly FoundGoroot[];
  readonly unusable: readonly UnusableGoroot[];
  /** Folders that were not looked at, because there are more than {@link mostInPlace} of them in one place. */
  readonly leftOff: number;
}

/** Folders of one place that are looked at. Nobody has as many Gos; somebody's folder may have as many entries. */
const mostInPlace = 500;

/** Octets of a VERSION file; those of Go have some 40. */
const mostOfVersion = 4096;

type Problem = UnusableGoroot["problem"];

function problemOf(error: unknown): Problem | undefined {
  switch (systemCode(error)) {
    case "ELOOP":
      return "link-loop";
    case "EACCES":
    case "EPERM":
    case "EIO":
    case "ENAMETOOLONG":
      return "unreadable";
    default:
      return undefined;
  }
}

/** The first line of a GOROOT's VERSION; undefined where there is no such file. Of a pipe or device nothing is read. */
function readVersion(goroot: string): string | undefined {
  // Without O_NONBLOCK opening a pipe waits for somebody to write.
  const handle = openSync(join(goroot, "VERSION"), constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(handle).isFile()) return undefined;
    const buffer = Buffer.alloc(mostOfVersion);
    return buffer.toString("utf8", 0, readSync(handle, buffer)).split("\n")[0]?.trim();
  } finally {
    closeSync(handle);
  }
}

function platformOf(goroot: string, host: Platform): Platform | undefined {
  const platforms = readdirSync(join(goroot, "pkg", "tool")).flatMap((name): Platform[] => {
    const [, os, arch] = /^([a-z0-9]+)_([a-z0-9]+)$/.exec(name) ?? [];
    return os === undefined || arch === undefined ? [] : [{ os, arch }];
  });
  return platforms.find((each) => platformText(each) === platformText(host)) ?? platforms[0];
}

/** What a folder is, or why it is no Go that could be named. */
function lookAt(realPath: string, host: Platform): { version: string; platform: Platform } | Problem {
  let version: string | undefined;
  try {
    version = readVersion(realPath);
  } catch (error) {
    return problemOf(error) ?? "no-version";
  }
  if (version === undefined) return "no-version";
  if (!version.startsWith("go") || parseGoVersion(version) === undefined) return "unreleased";
  try {
    const platform = platformOf(realPath, host);
    return platform === undefined ? "no-tools" : { version: version.slice("go".length), platform };
  } catch (error) {
    return problemOf(error) ?? "no-tools";
  }
}

/** Names in a folder that a segment of a pattern stands for; those of a folder that is not there, or is closed to us, are none. */
function namesLike(folder: string, segment: string): readonly string[] {
  const [start = "", end = ""] = segment.split("*");
  try {
    return readdirSync(folder)
      .filter((name) => name.length >= segment.length - 1 && name.startsWith(start) && name.endsWith(end))
      .sort();
  } catch {
    return [];
  }
}

/** The folders that a pattern stands for, at most {@link mostInPlace}, and how many more there are. */
function expand(pattern: string): { readonly paths: readonly string[]; readonly leftOff: number } {
  let paths: readonly string[] = [sep];
  let leftOff = 0;
  for (const segment of pattern.split(sep).filter((each) => each !== "")) {
    paths = segment.includes("*")
      ? paths.flatMap((path) => namesLike(path, segment).map((name) => join(path, name)))
      : paths.map((path) => join(path, segment));
    leftOff += Math.max(0, paths.length - mostInPlace);
    paths = paths.slice(0, mostInPlace);
  }
  return { paths, leftOff };
}

export interface FindOptions extends Surroundings {
  readonly host: Platform;
  /** medkit's store: what is in it is listed as installed, and not as found. */
  readonly store: string;
}

/**
 * Every Go of this host that others have put there, by the places of {@link foundPlaces} and by PATH. Nothing is started, and nothing that lies there can
 * make it fail. Synchronous: some hundred quick looks at the disk.
 */
export function findGoroots({ host, store, ...look }: FindOptions): FoundGos {
  const found = new Map<string, FoundGoroot>();
  const unusable = new Map<string, UnusableGoroot>();
  let leftOff = 0;
  let own = store;
  try {
    own = realpathSync(store);
  } catch {
    // There is none yet.
  }
  const consider = (path: string, maker: GoMaker, realPath: string): Problem | undefined => {
    if (realPath === own || realPath.startsWith(own + sep)) return undefined;
    const before = found.get(realPath);
    if (before !== undefined) {
      const names = new Set([...before.alsoAt, ...(path === before.path ? [] : [path])]);
      found.set(realPath, { ...before, alsoAt: [...names], makers: [...new Set([...before.makers, maker])] });
      return undefined;
    }
    const seen = lookAt(realPath, host);
    if (typeof seen === "string") return seen;
    found.set(realPath, { path, realPath, alsoAt: [], makers: [maker], ...seen });
    return undefined;
  };
  for (const { maker, patterns } of foundPlaces(look)) {
    for (const pattern of patterns.filter((each) => isAbsolute(each))) {
      const expanded = expand(pattern);
      leftOff += expanded.leftOff;
      for (const path of expanded.paths) {
        let problem: Problem | undefined;
        try {
          const realPath = realpathSync(path);
          if (!statSync(realPath).isDirectory()) continue;
          problem = consider(path, maker, realPath);
        } catch (error) {
          // A name that a folder lists, and that leads to nothing.
          problem = problemOf(error) ?? (pattern.endsWith("*") ? "link-to-nothing" : undefined);
        }
        if (problem !== undefined) unusable.set(path, { path, maker, problem });
      }
    }
  }
  for (const program of goPrograms(look.env)) {
    try {
      const realPath = gorootOfProgram(realpathSync(program));
      // A manager's shim leads to no GOROOT: that is no fault.
      consider(realPath, "PATH", realPath);
    } catch {
      // No `go` in this folder of PATH.
    }
  }
  return {
    found: [...found.values()].toSorted((a, b) => newestFirst(a.version, b.version) || (a.path < b.path ? -1 : 1)),
    unusable: [...unusable.values()],
    leftOff,
  };
}
