type Environment = Readonly<Record<string, string | undefined>>;

function pick(env: Environment, ...names: readonly string[]): string | undefined {
  return names.find((name) => env[name]);
}

/** The variable that names the proxy for a URL; undefined where none is set. */
export function forwardProxyVariable(url: URL, env: Environment): string | undefined {
  return url.protocol === "https:" ? pick(env, "HTTPS_PROXY", "https_proxy") : pick(env, "HTTP_PROXY", "http_proxy");
}

/** NO_PROXY's list, as it counts. */
export function exemptionList(env: Environment): string {
  return env[pick(env, "NO_PROXY", "no_proxy") ?? ""] ?? "";
}

/** The forward proxy for a URL by HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as golang.org/x/net/http/httpproxy decides; undefined: direct. */
export function forwardProxyFor(url: URL, env: Environment): string | undefined {
  const proxy = env[forwardProxyVariable(url, env) ?? ""];
  if (!proxy || isExempt(url, exemptionList(env))) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

function ipv4(text: string): number | undefined {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function inRange(host: string, range: string): boolean {
  const [base = "", bits = ""] = range.split("/", 2);
  const [address, network] = [ipv4(host), ipv4(base)];
  if (address === undefined || network === undefined || !/^\d+$/.test(bits)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(network / size);
}

/** Whether NO_PROXY's list lets a host be asked without a proxy. Loopback always is. */
export function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (host === "localhost" || host === "::1" || host.startsWith("127.")) return true;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list.split(",").some((raw) => {
    const entry = raw.trim().toLowerCase();
    if (entry === "") return false;
    if (entry === "*") return true;
    if (entry.includes("/")) return inRange(host, entry);
    const [name = "", wanted] = entry.split(":", 2);
    if (wanted !== undefined && wanted !== port) return false;
    const plain = name.replace(/^\*?\./, "");
    return host === plain || host.endsWith(`.${plain}`) ? !(name.startsWith(".") && host === plain) : false;
  });
}
