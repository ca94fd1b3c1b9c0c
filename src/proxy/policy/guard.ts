import { canonicalVersion, moduleName, resolveLatest, type ModuleVersion } from "../../module/index.ts";
import type { DatabaseMirror } from "../database-mirror.ts";
import type { Modules, Wish } from "../mirror.ts";
import { listText } from "../store/index-files.ts";
import type { ProvenFile } from "../store/proven-files.ts";
import type { ProvenKind } from "../trust/types.ts";
import type { PolicyGate } from "./gate.ts";
import { offer, type Offer } from "./offer.ts";
import type { Quarantine } from "./quarantine.ts";
import { PolicyRefusal } from "./refusal.ts";
import { timeOfInfo, type ReleaseTimes } from "./release-times.ts";
import type { Verdict } from "./types.ts";

export interface GuardOptions {
  readonly modules: Modules;
  readonly gate: PolicyGate;
  readonly times: ReleaseTimes;
  readonly quarantine: Quarantine;
}

/**
 * Modules as a policy lets them be seen. What is denied is not fetched; what is held back is fetched, proven and not served; neither is offered by `list`,
 * `@latest` and queries. Refusals are thrown: PolicyRefusal, and else what the modules throw.
 */
export class GuardedModules implements Modules {
  readonly database: DatabaseMirror;
  readonly isPrivate: (path: string) => boolean;
  readonly #modules: Modules;
  readonly #gate: PolicyGate;
  readonly #times: ReleaseTimes;
  readonly #quarantine: Quarantine;

  constructor({ modules, gate, times, quarantine }: GuardOptions) {
    this.database = modules.database;
    this.isPrivate = modules.isPrivate;
    this.#modules = modules;
    this.#gate = gate;
    this.#times = times;
    this.#quarantine = quarantine;
  }

  async distrust(kind: ProvenKind, module: ModuleVersion): Promise<void> {
    await this.#modules.distrust(kind, module);
  }

  async list(path: string, wish: Wish): Promise<Buffer | undefined> {
    const { rules, otherwise } = this.#gate.policy;
    if (rules.length === 0 && otherwise === "allow") return await this.#modules.list(path, wish);
    const offered = await this.#offer(path, wish);
    return offered === undefined ? undefined : Buffer.from(listText(offered.versions));
  }

  async latest(path: string, wish: Wish): Promise<Buffer | undefined> {
    this.#demandPath(path);
    const latest = await this.#modules.latest(path, wish);
    if (latest === undefined) return undefined;
    const module = { path, version: versionOfInfo(latest) };
    const verdict = this.#gate.judge(module, timeOfInfo(latest));
    if (verdict?.action === "allow") return latest;
    return (await this.#otherLatest(path, wish)) ?? this.#refuse(module, verdict, wish);
  }

  async info(module: ModuleVersion, wish: Wish): Promise<Buffer | undefined> {
    if (canonicalVersion(module.version) !== module.version) {
      this.#demandPath(module.path);
      const found = await this.#modules.info(module, wish);
      if (found === undefined) return undefined;
      this.#demand({ path: module.path, version: versionOfInfo(found) }, found, wish);
      return found;
    }
    const verdict = this.#gate.judge(module, "unasked");
    if (verdict !== undefined && verdict.action !== "allow") this.#refuse(module, verdict, wish);
    const info = await this.#modules.info(module, wish);
    if (info !== undefined) this.#demand(module, info, wish);
    return info;
  }

  async file(kind: ProvenKind, module: ModuleVersion, wish: Wish): Promise<ProvenFile | undefined> {
    const verdict = this.#gate.judge(module, "unasked");
    if (verdict === undefined) {
      const info = await this.#modules.info(module, wish);
      if (info !== undefined) this.#demand(module, info, wish);
      else return await this.#withoutTime(kind, module);
    } else if (verdict.action !== "allow") this.#refuse(module, verdict, wish);
    return await this.#modules.file(kind, module, wish);
  }

  /** A file that may lie in the store although nothing says how old it is. */
  async #withoutTime(kind: ProvenKind, module: ModuleVersion): Promise<undefined> {
    const stored = await this.#modules.file(kind, module, { mayFetch: false });
    if (stored === undefined) return undefined;
    await stored.file[Symbol.asyncDispose]();
    this.#demand(module, undefined, { mayFetch: false });
    return undefined;
  }

  /** The versions that are offered. Refused where there are some, and none is. */
  async #offer(path: string, wish: Wish): Promise<Offer | undefined> {
    this.#demandPath(path);
    const listed = await this.#modules.list(path, wish);
    if (listed === undefined) return undefined;
    const versions = listed.toString("utf8").split("\n").filter((line) => line !== ""); // prettier-ignore
    const offered = await offer(this.#gate, this.#times, path, versions, wish.mayFetch);
    if (offered.versions.length === 0 && offered.refused !== undefined)
      throw this.#refusal(moduleName({ path, version: offered.refused.version }), offered.refused.verdict);
    return offered;
  }

  /** What `@latest` means among the versions that are offered, by cmd/go's rule, else among those that are stored: its `.info`. */
  async #otherLatest(path: string, wish: Wish): Promise<Buffer | undefined> {
    const listed = await this.#modules.list(path, wish);
    const versions = (listed?.toString("utf8") ?? "").split("\n").filter((line) => line !== "");
    const offered = await offer(this.#gate, this.#times, path, versions, wish.mayFetch);
    const view = {
      list: () => Promise.resolve([...offered.versions]),
      latest: () => Promise.resolve(undefined),
      mod: async (module: ModuleVersion): Promise<Buffer | undefined> => {
        const found = await this.#modules.file("mod", module, wish);
        if (found === undefined) return undefined;
        try {
          return await found.file.bytes();
        } finally {
          await found.file[Symbol.asyncDispose]();
        }
      },
    };
    const version = await resolveLatest(view, path);
    const info =
      version === undefined
        ? await this.#modules.latest(path, { mayFetch: false })
        : await this.#modules.info({ path, version }, wish);
    if (info === undefined) return undefined;
    const verdict = this.#gate.judge({ path, version: versionOfInfo(info) }, timeOfInfo(info));
    return verdict?.action === "allow" ? info : undefined;
  }

  #demandPath(path: string): void {
    const verdict = this.#gate.judgePath(path);
    if (verdict !== undefined) throw this.#refusal(path, verdict);
  }

  /** Throws unless the version passes, by the time in its `.info`. */
  #demand(module: ModuleVersion, info: Buffer | undefined, wish: Wish): void {
    const verdict = this.#gate.judge(module, timeOfInfo(info));
    if (verdict?.action !== "allow") this.#refuse(module, verdict, wish);
  }

  #refuse(module: ModuleVersion, verdict: Verdict | undefined, wish: Wish): never {
    const said = verdict ?? { action: "deny", rule: "default", reason: undefined, contact: undefined };
    if (said.action === "quarantine" && wish.mayFetch) this.#quarantine.take(module);
    throw this.#refusal(moduleName(module), said);
  }

  #refusal(what: string, verdict: Verdict): PolicyRefusal {
    return new PolicyRefusal(what, verdict, this.#gate.policy.status);
  }
}

function versionOfInfo(info: Buffer): string {
  const value = JSON.parse(info.toString("utf8")) as { readonly Version: string };
  return value.Version;
}
