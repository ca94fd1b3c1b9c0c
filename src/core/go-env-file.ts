import { join } from "node:path";
import { readRegularFile } from "./regular-file.ts";

export interface GoenvFile {
  readonly path: string;
  readonly lines: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Path of the user's `go env -w` file, as cmd/go/internal/cfg.EnvFile has it: GOENV, else `go/env` in the user's configuration folder
 * (os.UserConfigDir). Undefined: switched off, or there is nowhere for it.
 */
export function goenvPath(env: Environment, os: string): string | undefined {
  const given = env["GOENV"];
  if (given === "off") return undefined;
  if (given) return given;
  const home = env["HOME"];
  if (os === "darwin") return home ? join(home, "Library", "Application Support", "go", "env") : undefined;
  if (env["XDG_CONFIG_HOME"]) return join(env["XDG_CONFIG_HOME"], "go", "env");
  return home ? join(home, ".config", "go", "env") : undefined;
}

/** The last line that sets a variable, from 1; comments and lines that are no setting do not count (cmd/go/internal/cfg.readEnvFile). */
export function findSetting(
  lines: readonly string[],
  name: string,
): { readonly value: string; readonly line: number } | undefined {
  for (let index = lines.length - 1; index >= 0; index--) {
    const text = lines[index] ?? "";
    const cut = text.indexOf("=");
    if (cut > 0 && /^[A-Z]/.test(text) && text.slice(0, cut) === name)
      return { value: text.slice(cut + 1), line: index + 1 };
  }
  return undefined;
}

/** Lines of a file of settings, of 1 MiB at most; undefined where it is none. */
export async function readLines(path: string): Promise<readonly string[] | undefined> {
  return (await readRegularFile(path, 1024 * 1024))?.replace(/\n$/, "").split("\n");
}
