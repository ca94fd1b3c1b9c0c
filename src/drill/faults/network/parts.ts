import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueAuthority, issueServer, type Validity } from "../certificates.ts";
import type { Mount } from "../../scenarios/types.ts";
import type { FaultServer, FaultStage } from "../types.ts";

/** A name that leads to loopback inside; the go command passes by every HTTP_PROXY for `127.0.0.1` itself. */
export const proxyHost = "goproxy.internal";
/** Ports of the fault's servers: the module proxy, a forward proxy, and what it tunnels to. */
export const ports = { modules: 8081, forward: 3128, tunnel: 8443 } as const;

const names: readonly string[] = [proxyHost, "proxy.internal"];

/** The kit's modules for this Go, as a server's `trees`. */
export function treesOf({ inside, goVersion, kitModules }: FaultStage): readonly string[] {
  return [join(inside.base, "kit", "modules-by-go", `go${goVersion}`), kitModules];
}

/** Servers of `proxy.mjs`; see there. */
export function serving(...servers: readonly Readonly<Record<string, unknown>>[]): FaultServer {
  return { script: "proxy.mjs", args: [JSON.stringify(servers)] };
}

/** The host's own names for what listens on loopback. */
export async function writeHosts({ host }: FaultStage): Promise<void> {
  await writeFile(join(host.extra, "hosts"), `127.0.0.1 localhost\n${names.map((name) => `127.0.0.1 ${name}\n`).join("")}`); // prettier-ignore
}

export function hostsMount({ inside }: FaultStage): Mount {
  return { kind: "bind", from: join(inside.extra, "hosts"), to: "/etc/hosts" };
}

const year = 365 * 24 * 3600 * 1000;

/** From years before a moment to years after it. */
export function around(moment: Date): Validity {
  return { from: new Date(moment.getTime() - 2 * year), to: new Date(moment.getTime() + 2 * year) };
}

/** Years away from a moment. */
export function shifted(moment: Date, years: number): Date {
  return new Date(moment.getTime() + years * year);
}

const authorityName = "Example Corp Root CA";

/** An authority and a server's certificate by it: `ca.pem`, `server.pem` and `server.key` in the fault's folder. Gives the authority's certificate. */
export async function writeCertificates(
  { host, now }: FaultStage,
  hosts: readonly [string, ...string[]],
  validity: Validity,
): Promise<string> {
  const authority = { ...issueAuthority(authorityName, { from: shifted(now, -20), to: shifted(now, 20) }), name: authorityName }; // prettier-ignore
  const server = issueServer(authority, hosts, validity);
  await writeFile(join(host.extra, "ca.pem"), authority.cert);
  await writeFile(join(host.extra, "server.pem"), server.cert);
  await writeFile(join(host.extra, "server.key"), server.key);
  return authority.cert;
}

/** `tls` of a server that uses them. */
export function tlsOf({ inside }: FaultStage): { readonly key: string; readonly cert: string } {
  return { key: join(inside.extra, "server.key"), cert: join(inside.extra, "server.pem") };
}
