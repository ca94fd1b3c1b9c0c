import type { Fault } from "../types.ts";
import { proxyOff } from "./proxy.ts";
import { proxyNameless } from "./proxy.ts";
import { proxyRefuses } from "./proxy.ts";

export const networkFaults: readonly Fault[] = [proxyRefuses, proxyNameless, proxyOff];
