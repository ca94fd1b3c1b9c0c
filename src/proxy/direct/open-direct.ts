import { readFile } from "node:fs/promises";
import { MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { parseNetrc } from "../../module/index.ts";
import type { Upstream } from "../types.ts";
import { DirectUpstream } from "./direct-upstream.ts";
import { openGate, type GateOptions } from "./gate.ts";
import { AllowedHosts } from "./hosts.ts";
import { GoSandbox } from "./sandbox.ts";
import type { DirectSettings } from "./types.ts";

export interface DirectOptions {
  readonly ports: Pick<Ports, "clock" | "env" | "process">;
  readonly settings: DirectSettings;
  /** Patterns of all modules that may come from repositories: the settings' own, and the private ones. */
  readonly patterns: readonly string[];
  /** Folder for scratch files, best on the store's file system. */
  readonly work: string;
  readonly resolve?: GateOptions["resolve"];
}

export interface OpenDirect extends AsyncDisposable {
  readonly upstream: Upstream;
}

/** Opens the gate and makes a sandbox ready; the go command is not started yet. DIRECT_FILE_UNSAFE. */
export async function openDirect(options: DirectOptions): Promise<OpenDirect> {
  const { settings, ports, patterns, work, resolve } = options;
  await checkNetrc(settings.netrc);
  await checkGitConfig(settings.gitConfig);
  const hosts = new AllowedHosts(patterns, settings);
  const gate = await openGate({ hosts, limit: settings.limit, ...(resolve === undefined ? {} : { resolve }) });
  const sandbox = new GoSandbox({ process: ports.process, env: ports.env, work, gate, settings });
  return {
    upstream: new DirectUpstream(sandbox, ports.clock),
    [Symbol.asyncDispose]: async () => {
      await gate[Symbol.asyncDispose]();
      await sandbox.dispose();
    },
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const problem = error instanceof Error && "code" in error ? String(error.code) : "it cannot be read";
    throw new MedkitError("DIRECT_FILE_UNSAFE", { path, problem }, { cause: error });
  }
}

/** git would give the login of `default` to every host. */
async function checkNetrc(path: string | undefined): Promise<void> {
  if (path === undefined || !parseNetrc(await textOf(path)).has("default")) return;
  const problem = "it has a `default` entry, which is a login for every host; name the hosts with `machine`";
  throw new MedkitError("DIRECT_FILE_UNSAFE", { path, problem });
}

/** git hands URLs to its helpers as arguments, which all users of the host can see. */
async function checkGitConfig(path: string | undefined): Promise<void> {
  if (path === undefined || !/:\/\/[^/\s"'@]*:[^/\s"'@]*@/.test(await textOf(path))) return;
  const problem = "a URL in it holds a password; use a credential helper or netrc";
  throw new MedkitError("DIRECT_FILE_UNSAFE", { path, problem });
}
