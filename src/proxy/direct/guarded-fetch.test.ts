import { expect, it } from "vitest";
import { guardedFetch } from "./guarded-fetch.ts";

it("goes where a proxy redirects to, but to no link-local and no metadata address", async () => {
  const asked: string[] = [];
  const fetcher = async (input: string | URL | Request): Promise<Response> => {
    asked.push(new URL(input instanceof Request ? input.url : input).hostname);
    return new Response("ok");
  };
  const addresses: Readonly<Record<string, readonly string[]>> = {
    "storage.internal": ["10.0.0.7"],
    "innocent.example.com": ["140.82.121.3", "169.254.169.254"],
    "unknown.example.com": [],
  };
  const guarded = guardedFetch(fetcher, ["169.254.1.1"], async (host) => addresses[host] ?? []);
  const allowed = ["storage.internal", "unknown.example.com", "10.0.0.8", "169.254.1.1"];
  for (const host of allowed) await guarded(`https://${host}/x`);
  expect(asked).toEqual(allowed);
  for (const host of ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "0.0.0.0", "innocent.example.com"])
    await expect(guarded(new URL(`https://${host}/x`)), host).rejects.toMatchObject({ code: "PROXY_REDIRECT_REFUSED" });
  expect(asked).toHaveLength(allowed.length);
});
