import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fromSystemError, systemCode } from "../core/errors.ts";
import { parseNetrc, type Credentials } from "../module/index.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Where logins lie: NETRC, else ~/.netrc. It need not be there. */
export function netrcPath(env: Env): string {
  return env["NETRC"] || join(env["HOME"] || homedir(), ".netrc");
}

/** Its text; undefined where it is not there, or not ours to read. */
export async function readNetrcText(env: Env): Promise<string | undefined> {
  const path = netrcPath(env);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(systemCode(error) ?? "")) return undefined;
    throw fromSystemError(error, path);
  }
}

/** Logins by host. A netrc that is not there has none. */
export async function readNetrc(env: Env): Promise<ReadonlyMap<string, Credentials>> {
  const text = await readNetrcText(env);
  return text === undefined ? new Map() : parseNetrc(text);
}
