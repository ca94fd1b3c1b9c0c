import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "vitest";

/** What a test needs beyond Node and the repository. */
export interface Requirements {
  /** Programs on PATH. */
  readonly commands?: readonly string[];
  /** User and network namespaces without privilege. */
  readonly namespaces?: boolean;
  readonly root?: boolean;
  /** A Go module proxy that the host knows of (GOPROXY, or what `go env GOPROXY` says). */
  readonly upstream?: boolean;
}

/** Programs whose package in Debian has another name; tools/install-debian.sh installs them all. */
const byHand = "tools/install-debian.sh installs it on Debian";

function onPath(command: string): boolean {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && existsSync(join(folder, command)));
}

function hasNamespaces(): boolean {
  return spawnSync("unshare", ["--user", "--map-current-user", "--net", "true"], { stdio: "ignore" }).status === 0;
}

function hasUpstream(): boolean {
  const given = process.env["GOPROXY"] ?? spawnSync("go", ["env", "GOPROXY"], { encoding: "utf8" }).stdout;
  return /https?:\/\//.test(given ?? "");
}

/** Why these requirements are not met here; undefined where they are. */
export function missing(needs: Requirements): string | undefined {
  const absent = (needs.commands ?? []).filter((command) => !onPath(command));
  const reasons = [
    ...absent.map((command) => `${command} is not installed (${byHand})`),
    ...(needs.namespaces === true && !hasNamespaces() ? ["no user and network namespaces without privilege"] : []),
    ...(needs.root === true && process.getuid?.() !== 0 ? ["not root"] : []),
    ...(needs.upstream === true && !hasUpstream() ? ["no Go module proxy is known (set GOPROXY)"] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

type Suite = (name: string, body: () => void) => void;
type Case = (name: string, body: () => unknown, timeout?: number) => void;

/**
 * `describe` and `it` that skip, with the reason in the name, where the host lacks something:
 * `requires({ commands: ["zsh"] }).it("completes", …)`. With CI=true a skip fails the run.
 */
export function requires(needs: Requirements): { readonly describe: Suite; readonly it: Case } {
  const reason = missing(needs);
  if (reason === undefined)
    return {
      describe: (name, body) => void describe(name, body),
      it: (name, body, timeout) => it(name, body, timeout),
    };
  return {
    describe: (name, body) => void describe.skip(`${name} [skipped: ${reason}]`, body),
    it: (name, body, timeout) => it.skip(`${name} [skipped: ${reason}]`, body, timeout),
  };
}
