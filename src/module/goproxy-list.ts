import { MedkitError } from "../core/errors.ts";

/** One entry of a GOPROXY list. */
export interface ProxyEntry {
  /** `https://…`, `http://…`, `file://…` without a slash at its end, or `direct`, or `off`. Credentials are still in it. */
  readonly url: string;
  /** Which failures let the next entry be asked: behind a comma only "not there" (404, 410), behind a bar any. */
  readonly fallOn: "absent" | "any";
}

/** Parses a GOPROXY list as cmd/go does (https://go.dev/ref/mod#goproxy-protocol). Throws GOPROXY_INVALID. */
export function parseProxyList(text: string): readonly ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  for (const [, item = "", separator] of text.matchAll(/([^,|]+)([,|]?)/g)) {
    const trimmed = item.trim();
    if (trimmed === "") continue;
    const fallOn = separator === "|" ? "any" : "absent";
    if (trimmed === "off" || trimmed === "direct") {
      entries.push({ url: trimmed, fallOn });
      // What follows never counts.
      break;
    }
    entries.push({ url: checkUrl(trimmed), fallOn });
  }
  if (entries.length === 0) throw new MedkitError("GOPROXY_INVALID", { list: text, problem: "it names no source" });
  return entries;
}

/** As {@link parseProxyList}, but undefined where the list is malformed. */
export function proxyListOrNothing(text: string): readonly ProxyEntry[] | undefined {
  try {
    return parseProxyList(text);
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}

function checkUrl(text: string): string {
  const full = /[.:/]/.test(text) && !text.includes(":/") && !text.startsWith("/") ? `https://${text}` : text;
  const bad = (problem: string): MedkitError => new MedkitError("GOPROXY_INVALID", { list: redactUrl(full), problem });
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    throw bad("it is neither a URL, nor `direct`, nor `off`");
  }
  if (!["http:", "https:", "file:"].includes(url.protocol)) throw bad(`${url.protocol} is not supported`);
  if (url.search !== "" || url.hash !== "") throw bad("a proxy's URL ends with its path");
  return full.replace(/\/+$/, "");
}

/** A URL for messages: credentials are taken out. */
export function redactUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1***@");
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** Credentials by host name out of a netrc text; under `default` those for every other host. Macros are passed over. */
export function parseNetrc(text: string): ReadonlyMap<string, Credentials> {
  const found = new Map<string, Credentials>();
  const withoutMacros = text.replace(/^\s*macdef\b[\s\S]*?(?:\n[ \t]*\n|(?![\s\S]))/gm, "\n");
  const words = withoutMacros.split(/\s+/).filter((word) => word !== "");
  let host: string | undefined;
  let login = "";
  let password = "";
  const keep = (): void => {
    // The first entry of a host counts.
    if (host !== undefined && !found.has(host)) found.set(host, { login, password });
  };
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === "machine" || word === "default") {
      keep();
      host = word === "machine" ? (words[++index] ?? "").toLowerCase() : "default";
      login = "";
      password = "";
    } else if (word === "login") login = words[++index] ?? "";
    else if (word === "password") password = words[++index] ?? "";
    else if (word === "account") index++;
  }
  keep();
  return found;
}

/** Takes the credentials out of a URL: those in it, else the host's of a netrc. */
export function splitCredentials(
  text: string,
  netrc: ReadonlyMap<string, Credentials>,
): { url: string; authorization: string | undefined } {
  const url = new URL(text);
  const inUrl =
    url.username === ""
      ? undefined
      : { login: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  // Basic credentials in clear text are for nobody else to read: Go sends netrc's over https only.
  const fromNetrc = url.protocol === "https:" ? (netrc.get(url.hostname) ?? netrc.get("default")) : undefined;
  const { login, password } = inUrl ?? fromNetrc ?? { login: "", password: "" };
  url.username = "";
  url.password = "";
  const authorization =
    login === "" ? undefined : `Basic ${Buffer.from(`${login}:${password}`, "utf8").toString("base64")}`;
  return { url: url.href, authorization };
}
