import { linkSync, readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder } from "./atomic-write.ts";
import { type ProcessIdentity, liveness, ownIdentity, parseIdentity, uniqueToken } from "./process-identity.ts";

/*
 * A lock is a file that names its holder. It appears by link(2) of a complete file, so nobody sees a half-written one.
 *
 * Taking over from a dead holder is where such locks usually break: two processes see the same stale file, the first replaces
 * it, the second removes the replacement. Here every holding has a unique token t, and only who holds the lock
 * `<path>.<t>` (a claim, taken by this same algorithm) may replace `<path>` while it still says t. A dead process never
 * acts again and tokens never return, so under the claim the check cannot go stale. A claim whose owner died is
 * taken over the same way, one level deeper; each level costs one death, so it ends.
 */

export interface LockHolder {
  readonly token: string;
  readonly process: ProcessIdentity;
  /** RFC 3339, for people. */
  readonly since: string;
  readonly purpose: string;
}

export interface LockOptions {
  /** What the holder is doing, shown to whoever is kept waiting: `kit build`. */
  readonly purpose?: string;
  /** Milliseconds to wait for another holder; 0 (default) refuses at once. */
  readonly wait?: number;
  readonly signal?: AbortSignal;
  /** Called once where it has to wait. */
  readonly onWait?: (holder: LockHolder | undefined) => void;
}

export interface Lock {
  readonly path: string;
  release(): void;
}

const held = new Map<string, string>();
let exitHook = false;

function readHolder(path: string): LockHolder | "absent" | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "absent";
    throw fromSystemError(error, path);
  }
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const identity = parseIdentity(value["process"]);
    const { token, since, purpose } = value;
    if (identity === undefined || typeof token !== "string" || !/^[0-9a-f]{20}$/.test(token)) return undefined;
    return { token, process: identity, since: String(since), purpose: String(purpose) };
  } catch {
    return undefined;
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw fromSystemError(error, path);
  }
}

/** True where the complete file `temporary` now also has the name `path`, which nobody had. */
function linkExclusively(temporary: string, path: string, content: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw fromSystemError(error, path);
  }
  // No hard links here (exFAT, some FUSE): an exclusive create. A reader may see it empty, and then takes it for a live unknown.
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw fromSystemError(error, path);
  }
}

type Attempt = { readonly token: string } | { readonly heldBy: LockHolder | undefined };

function attempt(path: string, purpose: string): Attempt {
  const holder: LockHolder = { token: uniqueToken(), process: ownIdentity(), since: new Date().toISOString(), purpose };
  const content = `${JSON.stringify(holder)}\n`;
  const temporary = `${path}.tmp-${holder.token}`;
  try {
    writeFileSync(temporary, content, { flag: "wx", mode: 0o644 });
  } catch (error) {
    // A full disk gives the name, and no room for what belongs under it.
    unlinkIfThere(temporary);
    throw fromSystemError(error, path);
  }
  try {
    // A bound, so that a lock that changes hands all the time counts as held.
    for (let round = 0; round < 16; round++) {
      if (linkExclusively(temporary, path, content)) return { token: holder.token };
      const found = readHolder(path);
      if (found === "absent") continue;
      if (found === undefined || liveness(found.process) !== "dead") return { heldBy: found };
      if (replaceDead(path, found, temporary, purpose)) return { token: holder.token };
    }
    const last = readHolder(path);
    return { heldBy: last === "absent" ? undefined : last };
  } finally {
    unlinkIfThere(temporary);
  }
}

function replaceDead(path: string, dead: LockHolder, temporary: string, purpose: string): boolean {
  const claimPath = `${path}.${dead.token}`;
  const claim = attempt(claimPath, purpose);
  if (!("token" in claim)) return false;
  try {
    const now = readHolder(path);
    if (now === "absent" || now === undefined || now.token !== dead.token) return false;
    renameSync(temporary, path);
    return true;
  } catch (error) {
    throw fromSystemError(error, path);
  } finally {
    releaseFile(claimPath, claim.token);
  }
}

function releaseFile(path: string, token: string): void {
  const found = readHolder(path);
  if (found !== "absent" && found?.token === token) unlinkIfThere(path);
}

/** Removes what dead processes left beside a lock that we hold: their claims are about tokens that no longer count. */
function sweep(path: string): void {
  const prefix = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(prefix) || !/^(?:\.(?:tmp-)?[0-9a-f]{20})+$/.test(name.slice(prefix.length - 1))) continue;
    const left = join(dirname(path), name);
    const found = readHolder(left);
    if (found !== "absent" && found !== undefined && liveness(found.process) === "dead") unlinkIfThere(left);
  }
}

function releaseAll(): void {
  for (const [path, token] of held) {
    try {
      releaseFile(path, token);
    } catch {
      // The process ends; whoever comes next takes the lock over.
    }
  }
}

function lockedError(path: string, holder: LockHolder | undefined): MedkitError {
  return new MedkitError("LOCKED", {
    path,
    pid: holder?.process.pid ?? "?",
    host: holder?.process.host ?? "?",
    purpose: holder?.purpose || "?",
    since: holder?.since ?? "?",
  });
}

/**
 * Takes a lock, or throws LOCKED (exit 7) naming the holder. Locks of processes that ended without releasing are taken over;
 * those of another host or container are not, since nobody here can tell. Released on process exit at the latest.
 */
export async function acquireLock(path: string, options: LockOptions = {}): Promise<Lock> {
  await ensureFolder(dirname(path));
  const deadline = performance.now() + (options.wait ?? 0);
  let delay = 10;
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const result = attempt(path, options.purpose ?? "");
    if ("token" in result) return hold(path, result.token);
    const left = deadline - performance.now();
    if (left <= 0) throw lockedError(path, result.heldBy);
    if (!told) options.onWait?.(result.heldBy);
    told = true;
    // Spread out, so that many waiters do not come back in step.
    await sleep(
      Math.min(left, delay * (0.5 + Math.random())),
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    );
    delay = Math.min(delay * 1.5, 200);
  }
}

function hold(path: string, token: string): Lock {
  if (!exitHook) process.on("exit", releaseAll);
  exitHook = true;
  held.set(path, token);
  sweep(path);
  return {
    path,
    release: () => {
      if (held.get(path) !== token) return;
      held.delete(path);
      releaseFile(path, token);
    },
  };
}

/** Runs `work` under the lock and releases it however `work` ends. */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const lock = await acquireLock(path, options);
  try {
    return await work();
  } finally {
    lock.release();
  }
}
