import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports, ProcessResult } from "../core/ports.ts";

/** Where one run of the go command finds and leaves everything. All paths are absolute. */
export interface GoSetting {
  readonly goroot: string;
  readonly gopath: string;
  readonly gomodcache: string;
  readonly gocache: string;
  readonly goproxy: string;
  /** GOSUMDB; `off` only where medkit itself proves every byte before it is used. */
  readonly gosumdb: string;
  /** A HOME of its own: the go command must not read or write the user's. */
  readonly home: string;
  readonly tmpdir: string;
  /** Further variables, such as GOOS; they win. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** Variables through which a host reaches its network and trusts its authorities; passed on as they are. */
const networkVariables = [
  "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
  "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO",
]; // prettier-ignore

/** The whole environment of a go command that nothing of the user's can leak into. */
export function goEnvironment(ports: Pick<Ports, "env">, setting: GoSetting): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: `${join(setting.goroot, "bin")}:/usr/local/bin:/usr/bin:/bin`,
    HOME: setting.home,
    TMPDIR: setting.tmpdir,
    LC_ALL: "C",
    GOROOT: setting.goroot,
    GOPATH: setting.gopath,
    GOMODCACHE: setting.gomodcache,
    GOCACHE: setting.gocache,
    GOPROXY: setting.goproxy,
    GOSUMDB: setting.gosumdb,
    GOTOOLCHAIN: "local",
    GOENV: "off",
    GOFLAGS: "",
    GOWORK: "off",
    GO111MODULE: "on",
    GOTELEMETRY: "off",
    CGO_ENABLED: "0",
  };
  for (const name of networkVariables) {
    const value = ports.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...setting.extra };
}

export interface GoRun {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly setting: GoSetting;
  /** Run without any network: a new user and network namespace. */
  readonly isolated?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** What the operating system refused a go command, in the words of Go's syscall package; undefined where it was something else. */
function hostRefusal(stderr: string, setting: GoSetting): MedkitError | undefined {
  const said = /^.*(?:no space left on device|disk quota exceeded|read-only file system).*$/m.exec(stderr)?.[0];
  if (said === undefined) return undefined;
  const path =
    /(?:open|write|mkdir|rename|link|symlink|creating work dir:.*?) ?(\/[^\s:]+)/.exec(said)?.[1] ?? setting.gocache;
  return new MedkitError(
    said.includes("read-only") ? "HOST_READ_ONLY" : "HOST_NO_SPACE",
    { path },
    { cause: new Error(said) },
  );
}

/**
 * Runs a toolchain's own `go` and gives back what it did, whatever its status. Throws HOST_NO_SPACE or HOST_READ_ONLY where that made it fail:
 * nobody should be told that a module is missing when the disk is full.
 */
export async function runGo(ports: Ports, run: GoRun): Promise<ProcessResult> {
  const go = join(run.setting.goroot, "bin", "go");
  const env = goEnvironment(ports, run.setting);
  const command = run.isolated === true ? "unshare" : go;
  const args = run.isolated === true ? ["--user", "--map-current-user", "--net", "--", go, ...run.args] : run.args;
  const result = await ports.process.run({ command, args, cwd: run.cwd, env, timeout: run.timeout ?? 1_800_000 });
  const refused = result.status === 0 ? undefined : hostRefusal(result.stderr, run.setting);
  if (refused !== undefined) throw refused;
  return result;
}

/** As {@link runGo}, but a non-zero status is error GO_FAILED with the last lines of stderr. Gives stdout as text. */
export async function mustGo(ports: Ports, run: GoRun): Promise<string> {
  const result = await runGo(ports, run);
  if (result.status === 0) return result.stdout.toString("utf8");
  const tail = result.stderr.trim().split("\n").slice(-12).join("\n");
  throw new MedkitError("GO_FAILED", {
    command: `go ${run.args.join(" ")}`,
    status: result.status ?? String(result.signal),
    tail,
  });
}
