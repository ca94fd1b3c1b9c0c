import type { Cause } from "../types.ts";
import { databases } from "./network/databases.ts";
import { httpProxies } from "./network/http-proxies.ts";
import { names } from "./network/names.ts";
import { proxies } from "./network/proxies.ts";
import { tls } from "./network/tls.ts";
import { vcs } from "./network/vcs.ts";

/** Faults between `go` and the servers that it asks. All of them listen on loopback, in a network of the recorder's own. */
export const causes: readonly Cause[] = [...proxies, ...databases, ...httpProxies, ...names, ...tls, ...vcs];
