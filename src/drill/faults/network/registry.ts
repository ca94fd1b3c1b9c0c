import type { Fault } from "../types.ts";
import { proxyCuts, proxyFails, proxyHangs, proxyLoginPage, proxyLoginRedirect, proxyShortens, proxyWantsLogin, proxyWantsLoginForPrivate } from "./answers.ts"; // prettier-ignore
import { databaseUnreachable, gitMissing } from "./direct.ts";
import { httpProxyDead, httpProxyForbids, httpProxyWantsLogin, noProxyWrong } from "./forward-proxy.ts";
import { proxyMalformed, proxyNameless, proxyOff, proxyRefuses } from "./proxy.ts";
import { authorityForeign, authorityInVariable, authorityNotInstalled, certificateExpired, clockBehind, trustStoreGone } from "./tls.ts"; // prettier-ignore

export const networkFaults: readonly Fault[] = [
  proxyRefuses,
  proxyNameless,
  proxyMalformed,
  proxyOff,
  proxyHangs,
  proxyFails,
  proxyLoginPage,
  proxyLoginRedirect,
  proxyCuts,
  proxyShortens,
  proxyWantsLogin,
  proxyWantsLoginForPrivate,
  httpProxyDead,
  httpProxyForbids,
  httpProxyWantsLogin,
  noProxyWrong,
  authorityInVariable,
  authorityNotInstalled,
  authorityForeign,
  trustStoreGone,
  certificateExpired,
  clockBehind,
  gitMissing,
  databaseUnreachable,
];
