import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { parseGoVersion } from "../core/go-version.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { lookUp, type SettingSources } from "./settings.ts";
import type { Evidence, GoCommand } from "./types.ts";

/** The first program of this name on PATH. Relative folders are passed over, as go does. */
export async function findProgram(name: string, path: string | undefined): Promise<string | undefined> {
  for (const folder of (path ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, name);
    const runs = await Promise.all([stat(file), access(file, constants.X_OK)]).then(
      ([facts]) => facts.isFile(),
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}

/** The first line of a GOROOT's VERSION, without `go` and what GOEXPERIMENT adds. */
async function readVersion(goroot: string): Promise<string | undefined> {
  const text = await readRegularFile(join(goroot, "VERSION"), 4096);
  return text?.split("\n")[0]?.trim().split(" ")[0];
}

/**
 * The go command that starts in this environment, by its files alone: nothing is started. GOROOT is the variable, else the user's file, else where the program
 * lies; `go` may be a link into a GOROOT, and is then found by what it leads to.
 */
export async function lookAtGo(env: SettingSources["env"], sources: SettingSources): Promise<GoCommand> {
  const program = await findProgram("go", env["PATH"]);
  const given = lookUp("GOROOT", sources);
  const evidence: Evidence[] = given === undefined ? [] : [given.evidence];
  if (program === undefined) return { program, goroot: given?.value, version: undefined, isAssumed: false, evidence };
  const real = await realpath(program).catch(() => program);
  const own = join(real, "..", "..");
  const ownVersion = await readVersion(own);
  // The program's own version counts, whatever GOROOT says; GOROOT says where the standard library is.
  const text = ownVersion ?? (given === undefined ? undefined : await readVersion(given.value));
  const versionFile = join(ownVersion === undefined ? (given?.value ?? own) : own, "VERSION");
  if (text !== undefined) evidence.unshift({ where: versionFile, line: 1, text });
  evidence.unshift({ where: program });
  return {
    program,
    goroot: given?.value ?? (ownVersion === undefined ? undefined : own),
    version: text?.startsWith("go") === true ? parseGoVersion(text) : undefined,
    isAssumed: false,
    evidence,
  };
}
