import { execFile } from "node:child_process";
import { existsSync } from "node:fs";

/** The host's own cp, wherever PATH points: a folder of the project may come first there. */
const programs = ["/bin/cp", "/usr/bin/cp"];
/** Milliseconds; the files are small. */
const patience = 10_000;

function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { LC_ALL: "C" }, timeout: patience }, (error, stdout) => {
      resolve(error === null && (args[0] !== "--version" || stdout.includes("GNU")));
    });
  });
}

/**
 * Copies a regular file with its mode, owner, ACLs and extended attributes, which Node cannot see: by GNU cp, or that of macOS. `copied`: `target` has all
 * of them. `lost`: it could not get them. `unable`: this host has no such cp, and `target` may be there or not.
 */
export async function copyWithAttributes(source: string, target: string): Promise<"copied" | "lost" | "unable"> {
  const program = programs.find((each) => existsSync(each));
  if (program === undefined) return "unable";
  if (process.platform === "darwin") return (await succeeds(program, ["-p", source, target])) ? "copied" : "lost";
  if (await succeeds(program, ["--preserve=mode,ownership,xattr", "--", source, target])) return "copied";
  return (await succeeds(program, ["--version"])) ? "lost" : "unable";
}
