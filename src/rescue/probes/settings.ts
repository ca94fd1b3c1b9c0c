import { findSetting, type GoenvFile } from "../../core/go-env-file.ts";
import type { Setting } from "./types.ts";

/** Environment, then the user's file, then `go.env` of the Go tree: the order of cmd/go. An empty variable counts as unset. */
export function resolveSetting(
  name: string,
  env: Readonly<Record<string, string>>,
  goenv: GoenvFile | undefined,
  goroot: GoenvFile | undefined,
  fallback: string,
): Setting {
  const fromEnvironment = env[name];
  if (fromEnvironment) return { name, value: fromEnvironment, origin: "environment", file: undefined, line: undefined };
  for (const [origin, file] of [
    ["goenv-file", goenv],
    ["goroot", goroot],
  ] as const) {
    const found = file === undefined ? undefined : findSetting(file.lines, name);
    if (file !== undefined && found !== undefined && found.value !== "")
      return { name, value: found.value, origin, file: file.path, line: found.line };
  }
  return { name, value: fallback, origin: "default", file: undefined, line: undefined };
}
