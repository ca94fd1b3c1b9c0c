import { mkdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import type { Ports, ProcessResult } from "../../core/ports.ts";
import { createStaging, removeTree, type Staging } from "../../state/index.ts";
import type { DirectSettings, Gate, Pass } from "./types.ts";

export interface SandboxOptions {
  readonly process: Ports["process"];
  /** The host's: PATH, and where its certificates are, are taken over. */
  readonly env: Ports["env"];
  /** Folder for scratch files; its staging folders are cleaned by whoever owns it. */
  readonly work: string;
  readonly gate: Gate;
  readonly settings: DirectSettings;
}

/** What a run of the go command left. */
export interface GoRun {
  readonly result: ProcessResult;
  readonly pass: Pass;
  /** Folders whose names nobody needs to be told. */
  readonly folders: readonly string[];
  /** Whether git talked with a repository: what speaks its protocol (gitprotocol-http(5), the smart one). */
  readonly metRepository: boolean;
}

/** So many times the limit of one fetch may lie in kept repositories. */
const keptFetches = 4;

/** Where git notes what it exchanges with a repository, references and no content. */
const packetsFile = "packets";

const certificates = ["SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH"] as const;

/**
 * Runs the go command with folders of its own, nothing of the user's settings, and no way out but the gate. Each run has its own GOMODCACHE, which is gone
 * afterwards; only the repositories below `cache/vcs` are kept for the next, since a clone is dear.
 */
export class GoSandbox {
  readonly #options: SandboxOptions;
  #staging: Promise<Staging> | undefined;
  #next = 0;
  #running = 0;
  /** Octets that came in since the kept repositories were last removed. */
  #received = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  /** Runs `go ARGS` and hands what it left to `use`, before it is removed. `module` names it in errors: DIRECT_TOO_SLOW, DIRECT_TOO_BIG, DIRECT_HOST. */
  async run<Result>(module: string, args: readonly string[], use: (run: GoRun) => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      const staging = await (this.#staging ??= this.#open());
      const folder = join(staging.path, `job-${this.#next++}`);
      using pass = this.#options.gate.admit();
      try {
        await makeJob(folder, join(staging.path, "vcs"));
        const result = await this.#go(args, folder, staging.path, pass);
        this.#check(module, result, pass);
        const packets = await stat(join(folder, packetsFile)).catch(() => undefined);
        const metRepository = packets !== undefined && packets.size > 0;
        return await use({ result, pass, folders: [folder, staging.path], metRepository });
      } finally {
        this.#received += pass.received;
        await removeTree(folder);
      }
    } finally {
      this.#leave();
    }
  }

  /** Removes all that is kept. Runs that go on have been ended by then. */
  async dispose(): Promise<void> {
    await (await this.#staging)?.dispose();
  }

  async #open(): Promise<Staging> {
    const staging = await createStaging(this.#options.work, "direct");
    await mkdir(join(staging.path, "home"));
    await mkdir(join(staging.path, "vcs"));
    const { netrc } = this.#options.settings;
    // git and curl look for it at home. A link: no copy of a secret lies about.
    if (netrc !== undefined) await symlink(netrc, join(staging.path, "home", ".netrc"));
    return staging;
  }

  /** Waits for a free place; and where too much has been kept, until all have left and it is removed. */
  async #enter(): Promise<void> {
    const { jobs, limit } = this.#options.settings;
    for (;;) {
      const isFull = this.#received > limit * keptFetches;
      if (isFull && this.#running === 0) {
        this.#received = 0;
        const staging = this.#staging;
        this.#staging = undefined;
        await (await staging)?.dispose();
        continue;
      }
      if (this.#running < jobs && !isFull) break;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running++;
  }

  #leave(): void {
    this.#running--;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #go(args: readonly string[], folder: string, base: string, pass: Pass): Promise<ProcessResult> {
    const { process, env, settings } = this.#options;
    const taken = Object.fromEntries(certificates.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
    return process.run({
      command: "go",
      args,
      cwd: folder,
      timeout: settings.timeout,
      env: {
        PATH: env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
        ...taken,
        ...goEnv(folder, base, settings, pass),
      },
    });
  }

  #check(module: string, result: ProcessResult, pass: Pass): void {
    const { settings } = this.#options;
    if (result.timedOut) throw new MedkitError("DIRECT_TOO_SLOW", { module, seconds: settings.timeout / 1000 });
    if (pass.isOver) throw new MedkitError("DIRECT_TOO_BIG", { module, limit: settings.limit });
    if (result.status !== 0 && pass.refused.size > 0)
      throw new MedkitError("DIRECT_HOST", { module, hosts: [...pass.refused].join(", ") });
  }
}

async function makeJob(folder: string, vcs: string): Promise<void> {
  await mkdir(join(folder, "mod", "cache"), { recursive: true });
  await mkdir(join(folder, "tmp"));
  await symlink(vcs, join(folder, "mod", "cache", "vcs"));
}

/** The whole environment but PATH and certificates. */
function goEnv(folder: string, base: string, settings: DirectSettings, pass: Pass): Record<string, string> {
  const home = join(base, "home");
  return {
    LC_ALL: "C",
    HOME: home,
    TMPDIR: join(folder, "tmp"),
    GOPATH: join(folder, "gopath"),
    GOMODCACHE: join(folder, "mod"),
    GOCACHE: join(folder, "cache"),
    GOENV: "off",
    GOFLAGS: "-modcacherw",
    GOWORK: "off",
    GO111MODULE: "on",
    GOTOOLCHAIN: "local",
    GOTELEMETRY: "off",
    GOPROXY: "direct",
    // The proxy asks the database itself, or none.
    GOSUMDB: "off",
    GOVCS: "*:git",
    // The go command would follow a redirect to localhost past every proxy. So it gets no https at all, is made to fall back to http, and the gate
    // asks over https in its place. git, which cannot be led past its proxy, does get https and nothing else.
    GOINSECURE: "*",
    GOAUTH: "off",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: settings.gitConfig ?? "/dev/null",
    GIT_TEMPLATE_DIR: "",
    GIT_TRACE_PACKET: join(folder, packetsFile),
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GCM_INTERACTIVE: "never",
    // No ssh, no plain http, no file: nothing but TLS through the gate.
    GIT_ALLOW_PROTOCOL: "https",
    GIT_HTTP_PROXY_AUTHMETHOD: "basic",
    // Go reads the upper case first, git's curl the lower case.
    HTTP_PROXY: pass.url,
    HTTPS_PROXY: pass.closed,
    http_proxy: pass.closed,
    https_proxy: pass.url,
    all_proxy: pass.closed,
    NO_PROXY: "",
    no_proxy: "",
  };
}
