import type { Cause } from "../../types.ts";
import { authorityUnknown } from "./authority-unknown.ts";
import { certificateExpired } from "./certificate-expired.ts";
import { checksumDatabaseUnreachable } from "./checksum-database-unreachable.ts";
import { clockWrong } from "./clock-wrong.ts";
import { gitMissing } from "./git-missing.ts";
import { httpProxyWrong } from "./http-proxy-wrong.ts";
import { modulesUnreachable } from "./modules-unreachable.ts";
import { noProxyWrong } from "./no-proxy-wrong.ts";
import { proxyAnswerWrong } from "./proxy-answer-wrong.ts";
import { proxyCredentialsMissing } from "./proxy-credentials-missing.ts";

/**
 * Told before the modules' own causes: a page in place of a go.mod looks like a checksum mismatch. Whoever stands between comes first, then what came
 * from there.
 */
export const earlyNetworkCauses: readonly Cause[] = [httpProxyWrong, noProxyWrong, proxyAnswerWrong];

/** Most precise first; that modules cannot be had is what remains. */
export const networkCauses: readonly Cause[] = [
  gitMissing,
  proxyCredentialsMissing,
  authorityUnknown,
  clockWrong,
  certificateExpired,
  modulesUnreachable,
  checksumDatabaseUnreachable,
];
