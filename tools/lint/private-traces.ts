import type { Finding, SourceFile } from "./rule.ts";

/** A registry on this very host is nobody's secret. */
const ownHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Host names in the values of `npm config get registry` and `go env GOPROXY`: no file of the repository names where packages come from. */
export function privateHosts(settings: readonly string[]): string[] {
  const hosts = settings
    .flatMap((setting) => setting.split(/[,|\s]+/))
    .filter((each) => /^https?:\/\//.test(each) && URL.canParse(each))
    .map((each) => new URL(each).hostname);
  return [...new Set(hosts)].filter((host) => !ownHosts.has(host));
}

/** Whether a checkout's folder is telling enough to search for: `/src` would be found everywhere. */
function isTelling(path: string): boolean {
  return path.split("/").length > 2 && path.length > 6;
}

/** Nothing in the repository may tell of the machine that it was written on. The needles are not printed: findings are read by others. */
export function checkPrivateTraces(
  files: readonly SourceFile[],
  hosts: readonly string[],
  checkout: string,
): Finding[] {
  const folder = checkout.replace(/\/+$/, "");
  const findings: Finding[] = [];
  for (const { path, text } of files) {
    for (const [index, line] of text.split("\n").entries()) {
      if (hosts.some((host) => line.includes(host)))
        findings.push({ path, line: index + 1, problem: "names the host of a package registry" });
      if (isTelling(folder) && line.includes(folder))
        findings.push({ path, line: index + 1, problem: "holds the absolute path of this checkout" });
    }
  }
  return findings;
}
