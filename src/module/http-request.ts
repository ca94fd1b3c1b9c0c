import { redactUrl, splitCredentials, type Credentials } from "./goproxy-list.ts";
import { detailed, misbehaved, type RedirectFault } from "./http-trouble.ts";

const MAX_REDIRECTS = 10;

/** Where a request goes, and the login that only its first host is told. */
export interface Address {
  readonly url: URL;
  readonly login: { readonly authorization: string; readonly origin: string } | undefined;
}

export interface Answer {
  readonly response: Response;
  /** Where the answer came from, after redirects: further parts of the same file are asked for there. */
  readonly address: Address;
}

export function parseAddress(text: string, netrc: ReadonlyMap<string, Credentials> = new Map()): Address {
  const { url: plain, authorization } = splitCredentials(text, netrc);
  const url = new URL(plain);
  return { url, login: authorization === undefined ? undefined : { authorization, origin: url.origin } };
}

/** Follows redirects by hand: credentials stay with their host, https stays https, and circles end. */
export async function ask(
  fetchFrom: typeof fetch,
  { url: first, login }: Address,
  extra: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  let url = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const headers: Record<string, string> = { "accept-encoding": "identity", ...extra };
    if (login !== undefined && url.origin === login.origin) headers["authorization"] = login.authorization;
    const response = await fetchFrom(url.href, { headers, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
      return { response, address: { url, login } };
    await response.body?.cancel();
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
    const fault = next === undefined ? "PROXY_REDIRECT_REFUSED" : faultOf(url, next);
    if (next === undefined || fault !== undefined) {
      const to = redactUrl(location);
      const reason = `it redirects to ${to}, which is not followed`;
      throw detailed(reason, fault ?? "PROXY_REDIRECT_REFUSED", { url: redactUrl(first.href), to }, response.status);
    }
    url = next;
  }
  throw misbehaved("PROXY_REDIRECTS", { url: redactUrl(first.href), hops: MAX_REDIRECTS });
}

/** Never away from TLS, never to a file, and with no login that a server made up; a code for each. */
function faultOf(from: URL, to: URL): RedirectFault | undefined {
  if (!/^https?:$/.test(to.protocol)) return "PROXY_REDIRECT_REFUSED";
  if (from.protocol === "https:" && to.protocol !== "https:") return "PROXY_REDIRECT_DOWNGRADE";
  return to.username === "" && to.password === "" ? undefined : "PROXY_REDIRECT_LOGIN";
}
