import { readFile, stat } from "node:fs/promises";
import { fromSystemError, MedkitError, systemCode } from "../core/errors.ts";
import { watchFiles } from "../core/watch-files.ts";
import { Guard, parseLogins, type Login } from "../proxy/index.ts";
import type { CommandContext } from "./context.ts";

/** Milliseconds between two looks at the file of logins. */
const lookEvery = 5_000;

/** The logins of a file. PATH_NOT_FOUND, LOGIN_FILE_INVALID. */
export async function readLogins(file: string): Promise<readonly Login[]> {
  try {
    return parseLogins(await readFile(file, "utf8"), file);
  } catch (error) {
    if (error instanceof MedkitError) throw error;
    if (systemCode(error) === "ENOENT") throw new MedkitError("PATH_NOT_FOUND", { path: file });
    throw fromSystemError(error, file);
  }
}

/** Who may come in, renewed when the file changes; no guard where no file is named. */
export async function openGuard(
  { ports, t }: CommandContext,
  file: string | undefined,
  say: (line: string) => void,
): Promise<AsyncDisposable & { readonly guard: Guard | undefined }> {
  if (file === undefined) return { guard: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  const guard = new Guard(ports.clock, await readLogins(file));
  if (((await stat(file)).mode & 0o004) !== 0) say(t.text("proxy.login.open", { file }));
  const watch = watchFiles([file], lookEvery, async () => {
    try {
      const logins = await readLogins(file);
      guard.replace(logins);
      say(t.text("proxy.login.reloaded", { file, count: logins.length }));
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      say(t.text("proxy.login.kept", { code: error.code, file }));
    }
  });
  return {
    guard,
    [Symbol.asyncDispose]: () => {
      watch[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
