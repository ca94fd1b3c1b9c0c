import { MedkitError } from "../core/errors.ts";
import { parseGoVersion, parsePlatform } from "../core/go-version.ts";

/** `medkit.lock`: the toolchains of a project, by version and platform, with the hash of each. It belongs into version control. */
export interface ToolchainLock {
  readonly schema: "medkit/lock/v1";
  readonly toolchains: readonly LockedToolchain[];
}

export interface LockedToolchain {
  /** Without `go`. */
  readonly version: string;
  /** `linux/amd64`. */
  readonly platform: string;
  readonly h1: string;
}

export const LOCK_FILE = "medkit.lock";

function isLocked(value: unknown): value is LockedToolchain {
  if (typeof value !== "object" || value === null) return false;
  const { version, platform, h1 } = value as Partial<Record<string, unknown>>;
  return (
    typeof version === "string" &&
    parseGoVersion(version) !== undefined &&
    typeof platform === "string" &&
    parsePlatform(platform) !== undefined &&
    typeof h1 === "string" &&
    /^h1:[A-Za-z0-9+/]{43}=$/.test(h1)
  );
}

/** Reads a lock file's text. CONFIG_INVALID for anything that is none: a lock that cannot be read must not count as absent. */
export function parseLock(text: string, file: string): ToolchainLock {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { schema, toolchains } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (schema !== "medkit/lock/v1" || !Array.isArray(toolchains) || !toolchains.every(isLocked))
    throw new MedkitError("CONFIG_INVALID", { file, line: 1, problem: "not a medkit/lock/v1 file" });
  return { schema, toolchains };
}

/** The text of a lock file: sorted by platform, one line a toolchain, so that two people's changes meet in version control. */
export function formatLock(toolchains: readonly LockedToolchain[]): string {
  const lines = toolchains
    .toSorted((a, b) =>
      a.platform === b.platform ? (a.version < b.version ? -1 : 1) : a.platform < b.platform ? -1 : 1,
    )
    .map(({ version, platform, h1 }) => `    ${JSON.stringify({ version, platform, h1 })}`);
  return `{\n  "schema": "medkit/lock/v1",\n  "toolchains": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** Throws TOOLCHAIN_MISMATCH where a lock has another hash for this toolchain. One that is not in the lock is not its affair. */
export function demandLocked(lock: ToolchainLock, found: LockedToolchain): void {
  const locked = lock.toolchains.find((each) => each.version === found.version && each.platform === found.platform);
  if (locked === undefined || locked.h1 === found.h1) return;
  throw new MedkitError("TOOLCHAIN_MISMATCH", {
    subject: `go${found.version} ${found.platform}: ${LOCK_FILE} has ${locked.h1}, the checksum database ${found.h1}`,
  });
}
