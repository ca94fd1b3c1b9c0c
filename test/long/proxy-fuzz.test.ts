import { request } from "node:http";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseAsked } from "../../src/proxy/index.ts";
import { seeded } from "../support/mutations.ts";
import { createProxyWorld, type ProxyWorld, type RunningProxy } from "../support/proxy-world.ts";

/** Paths that are parsed, and requests that are sent; MEDKIT_TEST_ROUNDS shortens both. */
const rounds = Number(process.env["MEDKIT_TEST_ROUNDS"] ?? 1_000_000);
const requests = Math.min(rounds, 100_000);

const seeds = [
  "/example.org/a/@v/list",
  "/example.org/a/@latest",
  "/example.org/a/@v/v1.0.0.info",
  "/example.org/a/@v/v1.0.0.mod",
  "/example.org/a/@v/v1.0.0.zip",
  "/github.com/%21burnt%21sushi/toml/@v/v1.3.2.mod",
  "/sumdb/sum.example.org/lookup/example.org/a@v1.0.0",
  "/sumdb/sum.example.org/tile/8/0/000.p/1",
  "/sumdb/sum.example.org/latest",
];
const bits = ["..", "/", "//", "%2e", "%2f", "%5c", "\\", "%00", "!", "%21", "@v", "@latest", "~", ".zip", ".proof", ".work", "?", "#", "\u00e9", "%c3%a9", "%ff", "con", "-", ":", "A", "9".repeat(40), "x".repeat(300)]; // prettier-ignore

function mutate(below: (limit: number) => number): string {
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  let path = pick(seeds);
  for (let changes = below(4); changes >= 0; changes--) {
    const at = below(path.length + 1);
    const cut = below(4);
    const put = below(10) < 7 ? pick(bits) : String.fromCharCode(32 + below(95));
    path = path.slice(0, at) + put + path.slice(at + cut);
  }
  return path;
}

it(`${rounds} mutated paths never name anything outside of the store`, () => {
  const below = seeded(1);
  let accepted = 0;
  for (let round = 0; round < rounds; round++) {
    const path = mutate(below);
    const asked = parseAsked(path);
    if (asked === undefined) continue;
    accepted++;
    const names =
      asked.kind === "database"
        ? [asked.name, ...(asked.file.kind === "lookup" ? [asked.file.module.path, asked.file.module.version] : [])]
        : asked.kind === "list" || asked.kind === "latest"
          ? [asked.path]
          : [asked.module.path, asked.module.version];
    for (const name of names) {
      const bad = name.startsWith("/") || name.includes("\\") || name.includes("\0") || name.split("/").some((each) => /^\.*$/.test(each)); // prettier-ignore
      if (bad) expect.fail(`${path} names ${JSON.stringify(name)}`);
    }
  }
  // A parser that took nothing would pass as well.
  expect(accepted).toBeGreaterThan(rounds / 100);
});

let world: ProxyWorld;
let proxy: RunningProxy;
beforeAll(async () => {
  world = await createProxyWorld();
  world.publish("example.org/a", "v1.0.0");
  proxy = await world.start();
});
afterAll(() => world.close());

/** One request exactly as given; fetch would tidy the path up. Status 0: refused as no HTTP. */
function send(path: string, headers: Readonly<Record<string, string>>, method: string): Promise<number> {
  return new Promise((resolve) => {
    try {
      const sent = request(proxy.url, { path, headers, method, agent: undefined }, (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
        response.once("error", () => resolve(0));
      });
      sent.once("error", () => resolve(0));
      sent.end();
    } catch {
      resolve(0);
    }
  });
}

it(`${requests} requests with mutated paths and headers: no crash, no answer of 5xx, nothing outside of the store`, async () => {
  const below = seeded(2);
  const headers = ["Range", "If-Range", "If-None-Match", "If-Modified-Since", "Disable-Module-Fetch", "Accept-Encoding", "traceparent"]; // prettier-ignore
  const values = ["bytes=0-", "bytes=-1", "bytes=9999999999999999-", "bytes=5-1", "bytes=a-b", '"x"', "*", "W/", "true", "Mon, 99 Foo", "x".repeat(2_000), ""]; // prettier-ignore
  const before = new Set(readdirSync(world.root));
  const statuses = new Map<number, number>();
  const broken: string[] = [];
  for (let done = 0; done < requests; done += 50) {
    const batch = Array.from({ length: 50 }, () => {
      const name = headers[below(headers.length)] ?? "Range";
      const value = values[below(values.length)] ?? "";
      const method = below(10) < 9 ? "GET" : below(2) === 0 ? "HEAD" : "PUT";
      const path = mutate(below).replaceAll(/[^\u0021-\u007e]/g, "%20");
      const target = path.startsWith("/") ? path : `/${path}`;
      return send(target, { [name]: value }, method).then((status) => {
        if (status >= 500) broken.push(`${status} ${method} ${target} ${name}: ${value.slice(0, 40)}`);
        return status;
      });
    });
    for (const status of await Promise.all(batch)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(broken).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(0);
  expect(new Set(readdirSync(world.root)).difference(before)).toEqual(new Set(["store"]).difference(before));
  const strange = readdirSync(join(world.root, "store"), { recursive: true }).filter((name) => String(name).includes("..")); // prettier-ignore
  expect(strange).toEqual([]);
  expect(await send("/healthz", {}, "GET")).toBe(200);
});
