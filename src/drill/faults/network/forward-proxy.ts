import type { Fault, FaultStage } from "../types.ts";
import { askingProxy, emptyCache } from "../module-source.ts";
import { hostsMount, ports, proxyHost, serving, treesOf, writeHosts } from "./parts.ts";

const goproxy = `http://${proxyHost}:${ports.modules}`;

async function scene(stage: FaultStage): Promise<void> {
  await emptyCache(stage);
  await writeHosts(stage);
}

const shared = { expect: "recovered", setUp: scene, mounts: (stage: FaultStage) => [hostsMount(stage)] } as const;

export const httpProxyDead: Fault = {
  ...shared,
  id: "http-proxy-dead",
  title: "HTTP_PROXY names a port where nobody listens; the module proxy is reachable without",
  cause: "HTTP_PROXY_WRONG",
  environment: (stage) => ({ ...askingProxy(goproxy)(stage), HTTP_PROXY: "http://proxy.internal:3129", NO_PROXY: "localhost" }), // prettier-ignore
  server: (stage) => serving({ port: ports.modules, mode: "modules", trees: treesOf(stage) }),
};

export const httpProxyForbids: Fault = {
  ...shared,
  id: "http-proxy-forbids",
  title: "The forward proxy answers 403, and the module proxy is not reachable without it",
  cause: "HTTP_PROXY_WRONG",
  environment: (stage) => ({
    ...askingProxy(`https://${proxyHost}`)(stage),
    https_proxy: `http://proxy.internal:${ports.forward}`,
  }),
  server: () => serving({ port: ports.forward, mode: "forward", refuse: 403 }),
};

export const httpProxyWantsLogin: Fault = {
  ...shared,
  id: "http-proxy-wants-login",
  title: "The forward proxy wants a name and a password",
  cause: "PROXY_CREDENTIALS_MISSING",
  environment: (stage) => ({ ...askingProxy(goproxy)(stage), HTTP_PROXY: `http://proxy.internal:${ports.forward}` }),
  server: () => serving({ port: ports.forward, mode: "forward", refuse: 407 }),
};

export const noProxyWrong: Fault = {
  ...shared,
  id: "no-proxy-wrong",
  title: "NO_PROXY lists a host that is only reachable through the forward proxy",
  cause: "NO_PROXY_WRONG",
  environment: (stage) => ({
    ...askingProxy(goproxy)(stage),
    HTTP_PROXY: `http://proxy.internal:${ports.forward}`,
    NO_PROXY: "localhost,.internal,example.org",
  }),
  server: (stage) => serving({ port: ports.forward, mode: "forward", trees: treesOf(stage) }),
};
