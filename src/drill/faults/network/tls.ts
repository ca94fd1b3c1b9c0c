import { existsSync } from "node:fs";
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Fault, FaultStage } from "../types.ts";
import { askingProxy, emptyCache } from "../module-source.ts";
import { around, hostsMount, ports, proxyHost, serving, shifted, tlsOf, treesOf, writeCertificates, writeHosts } from "./parts.ts"; // prettier-ignore

const goproxy = `https://${proxyHost}:${ports.modules}`;
/** Where Debian's update-ca-certificates takes an administrator's authorities from. */
const anchors = "/usr/local/share/ca-certificates";
const bundle = "/etc/ssl/certs/ca-certificates.crt";

/** Every host in the proxy's certificate. */
const hosts = [proxyHost] as const;

async function scene(stage: FaultStage): Promise<string> {
  await emptyCache(stage);
  await writeHosts(stage);
  return writeCertificates(stage, hosts, around(stage.now));
}

const shared = {
  expect: "recovered",
  environment: askingProxy(goproxy),
  mounts: (stage: FaultStage) => [hostsMount(stage)],
  server: (stage: FaultStage) => serving({ port: ports.modules, mode: "modules", trees: treesOf(stage), tls: tlsOf(stage) }), // prettier-ignore
} as const;

export const authorityInVariable: Fault = {
  ...shared,
  id: "authority-in-variable",
  title: "The proxy's authority is not in the host's store; another tool's variable names its certificate",
  cause: "AUTHORITY_UNKNOWN",
  setUp: async (stage) => {
    const authority = await scene(stage);
    const folder = join(stage.host.home, ".config", "corp");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "root.pem"), authority);
  },
  environment: (stage) => ({
    ...shared.environment(stage),
    NODE_EXTRA_CA_CERTS: join(stage.inside.home, ".config", "corp", "root.pem"),
  }),
};

export const authorityNotInstalled: Fault = {
  ...shared,
  id: "authority-not-installed",
  title: "An administrator has put the proxy's authority down, and nobody has run update-ca-certificates",
  cause: "AUTHORITY_UNKNOWN",
  lack: ({ facts }) =>
    facts.userNamespace
      ? "root of this sandbox owns no files"
      : existsSync(anchors)
        ? undefined
        : `this host has no ${anchors}`,
  setUp: async (stage) => {
    const authority = await scene(stage);
    await writeFile(join(stage.host.tools, "corp.crt"), authority);
  },
  mounts: (stage) => [hostsMount(stage), { kind: "bind", from: stage.inside.tools, to: anchors }],
};

export const authorityForeign: Fault = {
  ...shared,
  id: "authority-foreign",
  title: "Nobody has put the proxy's authority on this host",
  cause: "AUTHORITY_UNKNOWN",
  setUp: async (stage) => void (await scene(stage)),
};

export const trustStoreGone: Fault = {
  ...shared,
  id: "trust-store-gone",
  title: "SSL_CERT_FILE and SSL_CERT_DIR name nothing; the host's own store has the authority",
  cause: "AUTHORITY_UNKNOWN",
  lack: () => (existsSync(bundle) ? undefined : `this host has no ${bundle}`),
  setUp: async (stage) => {
    const authority = await scene(stage);
    await writeFile(join(stage.host.extra, "bundle.pem"), `${await readFile(bundle, "utf8")}\n${authority}`);
  },
  environment: (stage) => ({
    ...shared.environment(stage),
    SSL_CERT_FILE: "/opt/old/bundle.pem",
    SSL_CERT_DIR: "/opt/old/certs",
  }),
  mounts: (stage) => [hostsMount(stage), { kind: "bind", from: join(stage.inside.extra, "bundle.pem"), to: bundle }],
};

/** The authority is trusted; the server's certificate is of another time. */
const timed = {
  ...shared,
  environment: (stage: FaultStage) => ({ ...shared.environment(stage), SSL_CERT_FILE: join(stage.inside.extra, "ca.pem") }), // prettier-ignore
} as const;

async function timedScene(stage: FaultStage, years: number): Promise<void> {
  await emptyCache(stage);
  await writeHosts(stage);
  await writeCertificates(stage, hosts, around(shifted(stage.now, years)));
}

export const certificateExpired: Fault = {
  ...timed,
  id: "certificate-expired",
  title: "The proxy's certificate has expired, and this host's clock is right",
  cause: "CERTIFICATE_EXPIRED",
  setUp: (stage) => timedScene(stage, -5),
};

export const clockBehind: Fault = {
  ...timed,
  id: "clock-behind",
  title: "This host's clock is five years behind the proxy's: its certificate is not valid yet",
  cause: "CLOCK_WRONG",
  setUp: (stage) => timedScene(stage, 5),
  server: (stage) =>
    serving({
      port: ports.modules,
      mode: "modules",
      trees: treesOf(stage),
      tls: tlsOf(stage),
      clock: shifted(stage.now, 5).getTime(),
    }),
};
