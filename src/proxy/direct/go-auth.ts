import type { Ports } from "../../core/ports.ts";
import { present } from "../../core/present.ts";
import type { Credentials } from "../../module/index.ts";

type Headers = Readonly<Record<string, string>>;

/** Who knows logins for pages of a host. */
export interface HostLogins {
  /** Headers for this page; with `refused`, the status that came without or with them. Undefined: none. */
  headers(url: URL, refused?: number): Promise<Headers | undefined>;
}

export interface GoAuthOptions {
  readonly process: Ports["process"];
  readonly env: Ports["env"];
  /** GOAUTH: `off`, or `netrc`, `git DIR`, commands, between semicolons. */
  readonly goauth: string;
  readonly netrc: ReadonlyMap<string, Credentials>;
  /** What git is given as its configuration, besides that of `git DIR`. */
  readonly gitConfig: string | undefined;
}

const patience = 30_000;

/**
 * Logins as GOAUTH names them (`go help goauth`): those of netrc at once, those of git and of commands after a refusal, of commands also before. The first
 * that has one counts. What fails has none.
 */
export function goAuth(options: GoAuthOptions): HostLogins {
  const methods = options.goauth.split(";").map((each) => each.trim().split(/\s+/));
  const kept = new Map<string, Headers>();
  let started: Promise<void> | undefined;
  const keep = async (words: readonly string[], ...more: readonly string[]): Promise<void> => {
    for (const [prefix, headers] of parseUserAuth(await runCommand([...words, ...more], options)))
      kept.set(prefix, headers);
  };
  const commands = methods.filter(([name = "off"]) => !["off", "netrc", "git"].includes(name));
  return {
    headers: async (url, refused) => {
      await (started ??= Promise.all(commands.map((words) => keep(words))).then(() => undefined));
      if (refused !== undefined) for (const words of commands) await keep(words, url.href);
      for (const [name, folder] of methods) {
        if (name === "off") return undefined;
        const found =
          name === "netrc"
            ? basic(options.netrc.get(url.hostname))
            : name === "git"
              ? refused === undefined || folder === undefined
                ? undefined
                : await askGit(folder, url, options)
              : longestPrefix(kept, url);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

function basic(login: Credentials | undefined): Headers | undefined {
  if (login === undefined || login.login === "") return undefined;
  return { Authorization: `Basic ${Buffer.from(`${login.login}:${login.password}`).toString("base64")}` };
}

/** The login that git's helpers have, as cmd/go/internal/auth/gitauth.go asks for it. */
async function askGit(
  folder: string,
  url: URL,
  { process, env, gitConfig }: GoAuthOptions,
): Promise<Headers | undefined> {
  if (!folder.startsWith("/")) return undefined;
  const { status, stdout } = await process.run({
    command: "git",
    args: ["credential", "fill"],
    cwd: folder,
    input: `url=${url.origin}${url.pathname}\n`,
    timeout: patience,
    env: {
      ...present(env),
      GIT_TERMINAL_PROMPT: "0",
      GIT_ASKPASS: "",
      SSH_ASKPASS: "",
      GCM_INTERACTIVE: "never",
      ...(gitConfig === undefined ? {} : { GIT_CONFIG_GLOBAL: gitConfig }),
    },
  });
  if (status !== 0) return undefined;
  const said = new Map<string, string>();
  for (const [, name = "", value = ""] of stdout.toString("utf8").matchAll(/^([a-z]+)=(.*)$/gm)) said.set(name, value);
  // git must not have been talked into a login of another host.
  if (said.get("protocol") !== "https" || said.get("host") !== url.host) return undefined;
  return basic({ login: said.get("username") ?? "", password: said.get("password") ?? "" });
}

async function runCommand(words: readonly string[], { process, env }: GoAuthOptions): Promise<string> {
  const [command = "", ...args] = words;
  const result = await process.run({ command, args, cwd: "/", env: present(env), input: "", timeout: patience });
  return result.status === 0 ? result.stdout.toString("utf8") : "";
}

/** URLs, an empty line, headers, an empty line, and so on (cmd/go/internal/auth/userauth.go). Nothing where it is malformed. */
export function parseUserAuth(text: string): ReadonlyMap<string, Headers> {
  const found = new Map<string, Headers>();
  const blocks = text.split("\n\n");
  if (blocks.pop() !== "" || blocks.length % 2 !== 0) return new Map();
  for (let index = 0; index < blocks.length; index += 2) {
    const headers: Record<string, string> = {};
    for (const line of (blocks[index + 1] ?? "").split("\n")) {
      const [, name = "", value = ""] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([\t -~]*)$/.exec(line) ?? [];
      if (name === "") return new Map();
      headers[name] = value.trim();
    }
    for (const line of (blocks[index] ?? "").split("\n")) {
      if (!URL.canParse(line) || !line.startsWith("https://")) return new Map();
      found.set(line, headers);
    }
  }
  return found;
}

/** The entry of the longest URL that this one begins with, at a whole element. */
function longestPrefix(kept: ReadonlyMap<string, Headers>, url: URL): Headers | undefined {
  let best: string | undefined;
  for (const prefix of kept.keys()) {
    const { origin, pathname } = new URL(prefix);
    const path = pathname.replace(/\/$/, "");
    const matches = origin === url.origin && (url.pathname === path || url.pathname.startsWith(`${path}/`));
    if (matches && prefix.length > (best ?? "").length) best = prefix;
  }
  return best === undefined ? undefined : kept.get(best);
}
