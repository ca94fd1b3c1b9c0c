import { homedir, release } from "node:os";
import { join } from "node:path";
import type { Ports } from "../core/ports.ts";
import { ensureFolder, writeFileAtomic } from "../state/index.ts";
import { knownSecrets } from "./known-secrets.ts";
import { redactText, redactVariable, redactWords } from "./redact.ts";
import type { CaseFile, Symptom } from "./types.ts";

/** Variables worth knowing; all others stay out of the bundle. */
const interesting = /^(?:GO[A-Z0-9_]*|CGO_[A-Z_]+|CC|CXX|AR|PATH|HOME|TMPDIR|XDG_(?:CACHE|CONFIG)_HOME|LANG|LC_ALL|(?:HTTPS?|NO|ALL)_PROXY|https?_proxy|no_proxy|all_proxy|SSL_CERT_(?:FILE|DIR)|GIT_[A-Z_]+|MEDKIT_[A-Z_]+|LD_LIBRARY_PATH|LD_PRELOAD)$/; // prettier-ignore

/** Everything that helps a stranger to understand a failure, and nothing that is secret. */
export interface Bundle {
  readonly schema: "medkit/rescue-bundle/v1";
  readonly created: string;
  readonly medkit: string;
  readonly command: readonly string[];
  readonly exit: { readonly status: number | null; readonly signal: string | null; readonly startError: string | null };
  readonly stdout: string;
  readonly stderr: string;
  readonly symptoms: readonly Symptom[];
  readonly host: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Names of further variables that were set; their values are nobody's business. */
  readonly otherVariables: readonly string[];
  readonly go: unknown;
  readonly goEnv: unknown;
  readonly project: unknown;
}

/** Characters kept of the end of each stream. */
const outputLimit = 64 * 1024;

/** Walks plain data and takes secrets out of every string; the user's name in paths becomes `~`. */
/** The home of the account; empty where it has none: a user without an entry in the system's list. */
function accountHome(): string {
  try {
    return homedir();
  } catch {
    return "";
  }
}

function clean(value: unknown, secrets: readonly string[], home: string): unknown {
  if (typeof value === "string") {
    const text = redactText(value, secrets);
    return home.length > 1 ? text.replaceAll(home, "~") : text;
  }
  if (Array.isArray(value)) return value.map((each) => clean(each, secrets, home));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        typeof each === "string"
          ? clean(redactVariable(name, each, secrets), secrets, home)
          : clean(each, secrets, home),
      ]),
    );
  }
  return value;
}

/** Gathers a bundle. Changes nothing. */
export async function gatherBundle(ports: Ports, file: CaseFile, version: string): Promise<Bundle> {
  const { command, transcript, probes } = file;
  const secrets = await knownSecrets(command.env, ports.platform.os);
  const names = Object.keys(command.env).toSorted();
  const paths = [command.cwd, command.env["GOCACHE"], command.env["GOMODCACHE"], command.env["TMPDIR"] ?? "/tmp"];
  const bundle: Bundle = {
    schema: "medkit/rescue-bundle/v1",
    created: ports.clock.now().toISOString(),
    medkit: version,
    command: redactWords(command.argv, secrets),
    exit: {
      status: transcript?.status ?? null,
      signal: transcript?.signal ?? null,
      startError: transcript?.startError ?? null,
    },
    stdout: (transcript?.stdout ?? "").slice(-outputLimit),
    stderr: (transcript?.stderr ?? "").slice(-outputLimit),
    symptoms: file.symptoms,
    host: {
      platform: `${ports.platform.os}/${ports.platform.arch}`,
      kernel: release(),
      limits: await probes.limits(),
      memory: await probes.memory(),
      paths: await Promise.all(paths.filter((path) => path !== undefined && path.startsWith("/")).map((path) => probes.path(path ?? ""))), // prettier-ignore
    },
    environment: Object.fromEntries(names.filter((name) => interesting.test(name)).map((name) => [name, command.env[name] ?? ""])), // prettier-ignore
    otherVariables: names.filter((name) => !interesting.test(name)),
    go: await probes.go(),
    goEnv: (await probes.goEnv()) ?? null,
    project: await probes.project(),
  };
  return clean(bundle, secrets, command.env["HOME"] ?? accountHome()) as Bundle;
}

/** Writes a bundle, 0600 in a folder 0700; gives its path. */
export async function writeBundle(folder: string, bundle: Bundle): Promise<string> {
  await ensureFolder(folder, 0o700);
  const path = join(folder, "bundle.json");
  await writeFileAtomic(path, `${JSON.stringify(bundle, undefined, 2)}\n`, { mode: 0o600 });
  return path;
}
