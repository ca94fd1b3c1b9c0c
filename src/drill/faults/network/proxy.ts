import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

/** A module cache that holds nothing, so that the proxy is asked. */
const emptyCache: Pick<Fault, "setUp"> = {
  setUp: ({ host }) => mkdir(join(host.extra, "mod")),
};

export const proxyRefuses: Fault = {
  id: "proxy-refuses",
  title: "A proxy that nobody listens on",
  cause: "MODULES_UNREACHABLE",
  expect: "recovered",
  ...emptyCache,
  environment: ({ inside }) => ({ GOPROXY: "http://127.0.0.1:1", GOMODCACHE: join(inside.extra, "mod") }),
};

export const proxyNameless: Fault = {
  id: "proxy-nameless",
  title: "A proxy whose name cannot be resolved: no resolver answers",
  cause: "MODULES_UNREACHABLE",
  expect: "recovered",
  ...emptyCache,
  environment: ({ inside }) => ({ GOPROXY: "http://goproxy.internal", GOMODCACHE: join(inside.extra, "mod") }),
};

export const proxyOff: Fault = {
  id: "proxy-off",
  title: "GOPROXY=off and an empty module cache",
  cause: "MODULES_UNREACHABLE",
  expect: "recovered",
  ...emptyCache,
  environment: ({ inside }) => ({ GOPROXY: "off", GOMODCACHE: join(inside.extra, "mod") }),
};
