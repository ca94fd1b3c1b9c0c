import { goenvPath, readLines } from "../core/go-env-file.ts";
import { secretsOf } from "./redact.ts";

/** The secrets that a command's settings hold: its environment, and the user's file of `go env -w`. Longest first. */
export async function knownSecrets(env: Readonly<Record<string, string>>, os: string): Promise<readonly string[]> {
  const path = goenvPath(env, os);
  const lines = (path === undefined ? undefined : await readLines(path)) ?? [];
  const pairs = lines.map((line) => [line.replace(/=.*$/s, ""), line.replace(/^[^=]*=/, "")] as const);
  const found = new Set([...secretsOf(env), ...pairs.flatMap(([name, value]) => secretsOf({ [name]: value }))]);
  return [...found].toSorted((a, b) => b.length - a.length);
}
