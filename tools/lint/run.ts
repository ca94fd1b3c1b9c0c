// Our own rules over all files of the repository; part of `npm run check`.
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../node-path.mjs";
import { checkDependencies } from "./dependencies.ts";
import { checkFileNames } from "./file-names.ts";
import { checkPrivateTraces, privateHosts } from "./private-traces.ts";
import { findingText, type SourceFile } from "./rule.ts";

function output(command: string, args: readonly string[]): string {
  const run = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  return run.status === 0 ? run.stdout : "";
}

/** Text of a file; undefined for binary files and what is no file. */
function readText(path: string): string | undefined {
  const target = join(root, path);
  if (!lstatSync(target, { throwIfNoEntry: false })?.isFile()) return undefined;
  const bytes = readFileSync(target);
  return bytes.subarray(0, 8192).includes(0) ? undefined : bytes.toString("utf8");
}

// Tracked files, and those that would be: a rule must not wait for the commit.
const paths = output("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
  .split("\0")
  .filter(Boolean);
const files: SourceFile[] = paths.flatMap((path) => {
  const text = readText(path);
  return text === undefined ? [] : [{ path, text }];
});
const hosts = privateHosts([output("npm", ["config", "get", "registry"]), output("go", ["env", "GOPROXY"])]);
const findings = [...checkFileNames(paths), ...checkDependencies(files), ...checkPrivateTraces(files, hosts, root)];
for (const finding of findings) process.stdout.write(`${findingText(finding)}\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
