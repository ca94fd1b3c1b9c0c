import { MedkitError } from "./errors.ts";
import { hostPlatform } from "./go-version.ts";
import { createFetch } from "./node-fetch.ts";
import { createProcessRunner } from "./node-process.ts";
import type { Ports } from "./ports.ts";

export interface NodePortsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly offline: boolean;
  readonly progress: Ports["progress"];
}

/** The real outside world. */
export function createNodePorts(options: NodePortsOptions): Ports {
  return {
    env: options.env,
    cwd: options.cwd,
    platform: hostPlatform(process.platform, process.arch),
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    // Loaded when first needed: node:crypto takes longer to load than all of medkit.
    random: { bytes: (length) => process.getBuiltinModule("node:crypto").randomBytes(length) },
    fetch: options.offline ? refuseFetch : createFetch(options.env, options.signal),
    process: createProcessRunner(options.signal),
    progress: options.progress,
    signal: options.signal,
  };
}

function refuseFetch(input: string | URL | Request): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  return Promise.reject(new MedkitError("OFFLINE", { url }));
}
