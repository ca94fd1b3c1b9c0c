import { askingProxy, emptyCache } from "../module-source.ts";
import type { Fault } from "../types.ts";

export const proxyRefuses: Fault = {
  id: "proxy-refuses",
  title: "A proxy that nobody listens on",
  cause: "MODULES_UNREACHABLE",
  expect: "recovered",
  setUp: emptyCache,
  environment: askingProxy("http://127.0.0.1:1"),
};

export const proxyNameless: Fault = {
  id: "proxy-nameless",
  title: "A proxy whose name cannot be resolved: no resolver answers",
  cause: "MODULES_UNREACHABLE",
  expect: "recovered",
  setUp: emptyCache,
  environment: askingProxy("http://goproxy.internal"),
};

export const proxyOff: Fault = {
  id: "proxy-off",
  title: "GOPROXY=off and an empty module cache",
  cause: "MODULES_UNREACHABLE",
  expect: "recovered",
  setUp: emptyCache,
  environment: askingProxy("off"),
};

export const proxyMalformed: Fault = {
  id: "proxy-malformed",
  title: "GOPROXY that is no address of a proxy",
  cause: "SETTING_INVALID",
  expect: "recovered",
  setUp: emptyCache,
  environment: askingProxy("ftp://goproxy.internal"),
};
