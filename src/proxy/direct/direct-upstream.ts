import { constants } from "node:fs";
import { isIP } from "node:net";
import { copyFile, readFile, rename, stat } from "node:fs/promises";
import { systemCode, MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import {
  canonicalVersion,
  isPseudoVersion,
  isSemver,
  MODULE_ZIP_LIMITS,
  moduleName,
  sortVersions,
  type ModuleVersion,
} from "../../module/index.ts";
import { Coalescer } from "../coalesce.ts";
import { FreshAnswers } from "../fresh-answers.ts";
import type { Upstream } from "../types.ts";
import type { AllowedHosts } from "./hosts.ts";
import { readGoAnswer, type GoModuleAnswer } from "./go-answers.ts";
import { goFailureError, readGoFailure } from "./go-failure.ts";
import type { GoRun, GoSandbox } from "./sandbox.ts";

/** What one run found, or why there is nothing. */
type Found<Value> = { readonly value: Value } | { readonly absent: string };

interface VersionFacts {
  readonly version: string;
  readonly time: string | undefined;
  readonly mod: Buffer;
  readonly from: string;
}

/** Answers that are remembered for a minute. Each may hold a go.mod of at most `smallMod` octets; a bigger one is fetched again. */
const mostKept = 500;
const smallMod = 64 * 1024;
const maxMod = 16 * 1024 * 1024;

export interface DirectUpstreamOptions {
  readonly sandbox: Pick<GoSandbox, "run">;
  readonly hosts: Pick<AllowedHosts, "trust">;
  readonly clock: Pick<Ports["clock"], "monotonic">;
}

/**
 * Modules out of their repositories, by the host's go command and git. What it calls absent is MODULE_UNAVAILABLE with go's reason, without a cause; what fails is
 * DIRECT_TOOL_MISSING, DIRECT_LOGIN, DIRECT_FAILED, DIRECT_TOO_SLOW, DIRECT_TOO_BIG, DIRECT_HOST. Nothing of it is verified.
 */
export class DirectUpstream implements Upstream {
  readonly #options: DirectUpstreamOptions;
  readonly #fresh: FreshAnswers;
  readonly #coalescer = new Coalescer();

  constructor(options: DirectUpstreamOptions) {
    this.#options = options;
    this.#fresh = new FreshAnswers(options.clock, mostKept);
  }

  async list(path: string): Promise<readonly string[]> {
    const found = await this.#once(`${path} list`, () =>
      // `@latest` makes go look at a module that no go.mod requires; versions that are retracted belong into a list.
      this.#ask(path, ["list", "-m", "-versions", "-retracted", "-json", `${path}@latest`], async (answer) =>
        sortVersions(answer.versions.filter((version) => isSemver(version) && !isPseudoVersion(version))),
      ),
    );
    return valueOf(found, path);
  }

  async latest(path: string) {
    return await this.info({ path, version: "latest" });
  }

  async info(module: ModuleVersion) {
    const { version, time } = await this.#facts(module);
    return { version, time };
  }

  async mod(module: ModuleVersion) {
    const { mod, from } = await this.#facts(module);
    return { bytes: mod, from };
  }

  async zip(module: ModuleVersion, target: string): Promise<{ readonly from: string }> {
    const name = moduleName(module);
    const found = await this.#ask(name, ["mod", "download", "-json", name], async (answer) => {
      const facts = await readFacts(module, answer);
      await takeZip(name, answer.zip, target);
      return facts;
    });
    // The mirror wants the go.mod and the date next.
    this.#fresh.put(name, keepable(found));
    return { from: valueOf(found, name).from };
  }

  async #facts(module: ModuleVersion): Promise<VersionFacts> {
    const name = moduleName(module);
    const found = await this.#once(name, () =>
      this.#ask(name, ["list", "-m", "-json", name], (answer) => readFacts(module, answer)),
    );
    return valueOf(found, name);
  }

  /** One run for all who ask at the same time, and for those who do within a minute. */
  async #once<Value>(key: string, ask: () => Promise<Found<Value>>): Promise<Found<Value>> {
    return await this.#coalescer.run(key, async () => {
      const kept = this.#fresh.peek(key)?.value;
      // One key is one kind of answer, and so of one type.
      if (kept !== undefined) return kept as Found<Value>;
      const found = await ask();
      this.#fresh.put(key, keepable(found));
      return found;
    });
  }

  /** Runs go and reads what it prints. */
  async #ask<Value>(
    what: string,
    args: readonly string[],
    use: (answer: GoModuleAnswer) => Promise<Value>,
  ): Promise<Found<Value>> {
    const host = what.split(/[/@]/, 1)[0] ?? "";
    // The go command asks this very machine past every gate.
    const isOwn = isIP(host) !== 0 && host.startsWith("127.");
    if (isOwn || this.#options.hosts.trust(host, 443) === undefined)
      throw new MedkitError("DIRECT_HOST", { module: what, hosts: host });
    return await this.#options.sandbox.run(
      what,
      args,
      async ({ result, pass, folders, metRepository }: GoRun): Promise<Found<Value>> => {
        const answer = readGoAnswer(result.stdout.toString("utf8"), what);
        if (result.status === 0 && answer !== undefined && answer.error === undefined)
          return { value: await use(answer) };
        const failure = readGoFailure(answer?.error ?? result.stderr, folders);
        if (failure.kind === "absent") {
          if (failure.of === "module" || metRepository) return { absent: failure.reason };
          // git takes a page to sign in for a repository without references.
          throw new MedkitError("DIRECT_FAILED", {
            module: what,
            reason: `no git repository answered (${failure.reason})`,
          });
        }
        const told = [...pass.problems].join("; ");
        throw goFailureError("reason" in failure && told !== "" ? { ...failure, reason: told } : failure, what);
      },
    );
  }
}

function valueOf<Value>(found: Found<Value>, module: string): Value {
  if ("value" in found) return found.value;
  throw new MedkitError("MODULE_UNAVAILABLE", { module, reasons: `direct: ${found.absent}` });
}

/** What may lie in memory for a minute; undefined: not this. */
function keepable<Value>(found: Found<Value>): Found<Value> | undefined {
  const value = "value" in found ? found.value : undefined;
  const mod = typeof value === "object" && value !== null && "mod" in value ? value.mod : undefined;
  return Buffer.isBuffer(mod) && mod.length > smallMod ? undefined : found;
}

async function readFacts(module: ModuleVersion, answer: GoModuleAnswer): Promise<VersionFacts> {
  const { version, goMod, time } = answer;
  const name = moduleName(module);
  const bad = (problem: string): MedkitError => new MedkitError("PROXY_ANSWER_INVALID", { what: name, problem });
  if (version === undefined || !isSemver(version)) throw bad("go names no version");
  if (canonicalVersion(module.version) === module.version && version !== module.version)
    throw bad(`it is of version ${version}`);
  if (goMod === undefined) throw bad("go has no go.mod of it");
  if ((await stat(goMod)).size > maxMod) throw new MedkitError("PROXY_TOO_BIG", { url: name, limit: maxMod });
  const from = answer.origin === "" ? "direct" : `direct: ${answer.origin}`;
  return { version, time, mod: await readFile(goMod), from };
}

async function takeZip(name: string, zip: string | undefined, target: string): Promise<void> {
  if (zip === undefined) throw new MedkitError("PROXY_ANSWER_INVALID", { what: name, problem: "go made no zip of it" });
  const limit = MODULE_ZIP_LIMITS.maxFile;
  if ((await stat(zip)).size > limit) throw new MedkitError("PROXY_TOO_BIG", { url: name, limit });
  try {
    await rename(zip, target);
  } catch (error) {
    if (systemCode(error) !== "EXDEV") throw error;
    await copyFile(zip, target, constants.COPYFILE_FICLONE);
  }
}
