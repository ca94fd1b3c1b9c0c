import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { MedkitError } from "../../core/errors.ts";
import { addressKind } from "./addresses.ts";

/**
 * A fetch for upstream proxies that connects to no link-local and no metadata address: where a proxy redirects to is the proxy's choice, and may be another host of
 * a closed network, but no request of ours belongs there. `named` are the hosts that the configuration names, which are not looked at. A name that cannot be resolved here is left to fetch: the host's own HTTPS_PROXY may know it.
 */
export function guardedFetch(
  fetcher: typeof fetch,
  named: readonly string[],
  addressesOf = systemAddresses,
): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    if (named.includes(url.hostname)) return await fetcher(input, init);
    const addresses = isIP(host) === 0 ? await addressesOf(host) : [host];
    if (addresses.some((address) => addressKind(address) === "never"))
      throw new MedkitError("PROXY_REDIRECT_REFUSED", { url: url.origin, to: addresses.join(", ") });
    return await fetcher(input, init);
  };
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}
