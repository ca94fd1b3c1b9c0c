import { readFile } from "node:fs/promises";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { parseNetrc, type Credentials } from "../../module/index.ts";
import type { Upstream } from "../types.ts";
import { DirectUpstream } from "./direct-upstream.ts";
import { openGate } from "./gate.ts";
import { goAuth } from "./go-auth.ts";
import { AllowedHosts } from "./hosts.ts";
import { Places, type Resolve } from "./places.ts";
import { GoSandbox } from "./sandbox.ts";
import type { DirectSettings } from "./types.ts";

export interface DirectOptions {
  readonly ports: Pick<Ports, "clock" | "env" | "process">;
  readonly settings: DirectSettings;
  /** Patterns of all modules that may come from repositories: the settings' own, and the private ones. */
  readonly patterns: readonly string[];
  /** Folder for scratch files, best on the store's file system. */
  readonly work: string;
  readonly resolve?: Resolve;
}

export interface OpenDirect extends AsyncDisposable {
  readonly upstream: Upstream;
}

/** Opens the gate and makes a sandbox ready; the go command is not started yet. DIRECT_FILE_UNSAFE. */
export async function openDirect(options: DirectOptions): Promise<OpenDirect> {
  const { settings, ports, patterns, work, resolve } = options;
  const { netrc, gitConfig, goauth, limit } = settings;
  const { process, env, clock } = ports;
  const logins = await readLogins(netrc);
  await checkGitConfig(gitConfig);
  const hosts = new AllowedHosts(patterns, settings);
  const places = new Places(resolve === undefined ? { hosts } : { hosts, resolve });
  const authorities = env["SSL_CERT_FILE"] ? [await textOf(env["SSL_CERT_FILE"])] : [];
  let context: SecureContext | undefined;
  // The system's authorities take a while to be read.
  const secure = (): SecureContext =>
    (context ??= createSecureContext({
      ca: [...getCACertificates("default"), ...getCACertificates("system"), ...authorities],
    }));
  const gate = await openGate({
    places,
    logins: goAuth({ process, env, goauth, netrc: logins, gitConfig }),
    secure,
    limit,
  });
  const sandbox = new GoSandbox({ process, env, work, gate, settings });
  return {
    upstream: new DirectUpstream({ sandbox, hosts, clock }),
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

/** Logins by host. git would give that of `default` to every one. */
async function readLogins(path: string | undefined): Promise<ReadonlyMap<string, Credentials>> {
  if (path === undefined) return new Map();
  const logins = parseNetrc(await textOf(path));
  if (!logins.has("default")) return logins;
  const problem = "it has a `default` entry, which is a login for every host; name the hosts with `machine`";
  throw new MedkitError("DIRECT_FILE_UNSAFE", { path, problem });
}

/** What a git configuration must not have, with the reason. */
const unsafeSettings: readonly (readonly [RegExp, string])[] = [
  // git hands URLs to its helpers as arguments, which all users of the host can see.
  [/:\/\/[^/\s"'@]*:[^/\s"'@]*@/, "a URL in it holds a password; use a credential helper or netrc"],
  [/(?:^|\])\s*(?:proxy|curloptResolve)\b/im, "it leads git past the gate that keeps it to allowed hosts"],
  [/^\s*\[\s*include/im, "it includes other files, which nobody looks at"],
];

async function checkGitConfig(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const text = await textOf(path);
  const problem = unsafeSettings.find(([pattern]) => pattern.test(text))?.[1];
  if (problem !== undefined) throw new MedkitError("DIRECT_FILE_UNSAFE", { path, problem });
}
