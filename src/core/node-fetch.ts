import { MedkitError } from "./errors.ts";

type Env = Readonly<Record<string, string | undefined>>;

const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"] as const;

function proxySettings(env: Env): Record<string, string> | undefined {
  const settings: Record<string, string> = {};
  for (const name of proxyVariables) {
    const value = env[name];
    if (value !== undefined && value !== "") settings[name] = value;
  }
  return Object.keys(settings).some((name) => /^https?_proxy$/i.test(name)) ? settings : undefined;
}

async function prepare(env: Env): Promise<void> {
  const [{ setGlobalProxyFromEnv }, { getCACertificates, setDefaultCACertificates }] = await Promise.all([
    import("node:http"),
    import("node:tls"),
  ]);
  const proxy = proxySettings(env);
  if (proxy !== undefined) setGlobalProxyFromEnv(proxy);
  setDefaultCACertificates([...getCACertificates("default"), ...getCACertificates("system")]);
}

/**
 * The platform's fetch, which goes through HTTPS_PROXY and HTTP_PROXY but for NO_PROXY, trusts the host's authorities besides
 * the usual ones (a closed network has its own), and ends when `signal` is aborted. Set up at the first request: that takes time which
 * most commands need not spend.
 */
export function createFetch(env: Env, signal: AbortSignal): typeof fetch {
  let ready: Promise<void> | undefined;
  return async (input, init) => {
    await (ready ??= prepare(env));
    const signals = [signal, ...(init?.signal ? [init.signal] : [])];
    try {
      return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    } catch (error) {
      if (signal.aborted) throw new MedkitError("INTERRUPTED", {}, { cause: error });
      throw error;
    }
  };
}
