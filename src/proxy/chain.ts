import { MedkitError } from "../core/errors.ts";
import { SourceRefusal } from "../module/index.ts";
import type { Upstream } from "./types.ts";

/** One entry of a GOPROXY list. */
export interface ChainLink {
  /** For people, without credentials. */
  readonly name: string;
  readonly upstream: Upstream;
  /** Which failures let the next one be asked. */
  readonly fallOn: "absent" | "any";
}

/** Whether every source that was asked said that it is not there: then the error has no cause. */
export function isModuleAbsent(error: unknown): boolean {
  return error instanceof MedkitError && error.code === "MODULE_UNAVAILABLE" && !(error.cause instanceof SourceRefusal);
}

/**
 * Asks one upstream after the other, with cmd/go's rules (modfetch.TryProxies): behind a comma the next is asked where the thing is not there, behind a bar
 * after any failure. Where one has failed and none has it, the failure is thrown: a client must not take it for absence.
 */
export function chainUpstream(links: readonly ChainLink[]): Upstream {
  return {
    list: (path) => each(links, (upstream) => upstream.list(path)),
    latest: (path) => each(links, (upstream) => upstream.latest(path)),
    info: (module) => each(links, (upstream) => upstream.info(module)),
    mod: (module) => each(links, (upstream) => upstream.mod(module)),
    zip: async (module, target, options) => {
      const done = await each(links, (upstream) => upstream.zip(module, target, options));
      if (done !== undefined) return done;
      const name = `${module.path}@${module.version}`;
      throw new MedkitError("MODULE_UNAVAILABLE", { module: name, reasons: "there is nobody to ask" });
    },
  };
}

async function each<Result>(
  links: readonly ChainLink[],
  ask: (upstream: Upstream) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  let decisive: MedkitError | undefined;
  let absent: MedkitError | undefined;
  const reasons: string[] = [];
  for (const { name, upstream, fallOn } of links) {
    try {
      const found = await ask(upstream);
      if (found !== undefined) return found;
      reasons.push(`${name}: not there`);
    } catch (error) {
      if (!(error instanceof MedkitError) || error.code === "INTERRUPTED") throw error;
      reasons.push(String(error.params["reasons"] ?? `${name}: ${error.code}`));
      if (isModuleAbsent(error)) {
        absent = error;
        continue;
      }
      decisive = error;
      if (fallOn === "absent") break;
    }
  }
  const last = decisive ?? absent;
  if (last === undefined) return undefined;
  if (last.code !== "MODULE_UNAVAILABLE") throw last;
  const { cause } = last;
  throw new MedkitError("MODULE_UNAVAILABLE", { ...last.params, reasons: reasons.join("; ") }, { cause });
}
