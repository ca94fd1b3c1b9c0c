import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../../test/support/proxy-world.ts";
import { readPolicy, type PolicyConfig } from "./config.ts";
import type { VulnerabilityLookup } from "./types.ts";

let world: ProxyWorld;
beforeEach(async () => {
  world = await createProxyWorld();
});
afterEach(() => world.close());

const a = "/example.org/a";
const now = () => new Date("2026-06-15T12:00:00Z");
const hoursAgo = (hours: number): string => new Date(now().getTime() - hours * 3_600_000).toISOString();
const text = async (url: string): Promise<string> => (await fetch(url)).text();
const status = async (url: string, headers = {}): Promise<number> => (await fetch(url, { headers })).status;

describe("what is denied", () => {
  it("is not fetched, not listed, and refused also where it is stored, with the reason", async () => {
    for (const version of ["v1.0.0", "v1.1.0"]) world.publish("example.org/a", version);
    const open = await world.start();
    expect(await status(`${open.url}${a}/@v/v1.1.0.zip`)).toBe(200);
    const reason = "it was tagged by mistake";
    const policy: PolicyConfig = {
      contact: "security@example.internal",
      rules: [{ id: "bad-tag", action: "deny", modules: ["example.org/a"], versions: ["v1.1.0"], reason }],
    };
    for (const offline of [false, true]) {
      const proxy = await world.start({ offline, policy });
      for (const file of ["v1.1.0.info", "v1.1.0.mod", "v1.1.0.zip"]) {
        const reply = await fetch(`${proxy.url}${a}/@v/${file}`);
        expect(reply.status).toBe(403);
        expect(reply.headers.get("content-type")).toBe("text/plain; charset=utf-8");
        expect(reply.headers.get("cache-control")).toBe("no-store");
        expect(await reply.text()).toBe(
          "example.org/a@v1.1.0 is denied by this proxy's policy.\nMODULE_DENIED rule: bad-tag; reason: it was tagged by mistake\ncontact: security@example.internal\n",
        );
      }
      const offered = await fetch(`${proxy.url}${a}/@v/list`);
      expect([offered.status, (await offered.text()).split("\n")[0]]).toEqual(
        offline ? [403, "example.org/a@v1.1.0 is denied by this proxy's policy."] : [200, "v1.0.0"],
      );
    }
  });

  it("as a whole module asks upstream nothing", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start({ policy: { rules: [{ id: "no", action: "deny", modules: ["example.org"] }] } });
    for (const file of ["@v/list", "@latest", "@v/main.info", "@v/v1.0.0.info", "@v/v1.0.0.mod", "@v/v1.0.0.zip"])
      expect(await status(`${proxy.url}${a}/${file}`)).toBe(403);
    expect(world.asked).toEqual([]);
    expect(proxy.log[0]).toMatchObject({ refused: "example.org/a is denied by this proxy's policy." });
  });

  it("is answered with another status where the configuration says so", async () => {
    const proxy = await world.start({ policy: { default: "deny", status: 404 } });
    expect(await status(`${proxy.url}${a}/@v/list`)).toBe(404);
  });
});

describe("a cooldown", () => {
  const policy: PolicyConfig = { rules: [{ id: "cooldown", action: "quarantine", minAge: "168h" }] };

  it("offers what is old enough, and stores and proves the rest without serving it", async () => {
    world.publish("example.org/a", "v1.0.0", undefined, hoursAgo(1_000));
    world.publish("example.org/a", "v1.1.0", undefined, hoursAgo(1));
    let clock = now();
    const proxy = await world.start({ policy, now: () => clock });
    expect(await text(`${proxy.url}${a}/@v/list`)).toBe("v1.0.0\n");
    expect(await text(`${proxy.url}${a}/@v/v1.1.0.zip`)).toContain(
      "example.org/a@v1.1.0 is held back by this proxy's policy until 2026-06-22T11:00Z: it must be 168h old, and is of 2026-06-15T11:00Z.\nMODULE_QUARANTINED rule: cooldown",
    );
    const proof = join(world.store, "example.org/a/@v/v1.1.0.zip.proof");
    await expect.poll(() => existsSync(proof)).toBe(true);
    expect(await status(`${proxy.url}${a}/@v/v1.1.0.zip`)).toBe(403);
    clock = new Date("2026-06-22T11:00:00Z");
    const before = world.asked.length;
    expect(await status(`${proxy.url}${a}/@v/v1.1.0.zip`)).toBe(200);
    expect(world.asked.length).toBe(before);
  });

  it("gives the newest allowed version for @latest, and says why where there is none", async () => {
    world.publish("example.org/a", "v1.0.0", undefined, hoursAgo(1_000));
    world.publish("example.org/a", "v1.1.0", undefined, hoursAgo(1));
    world.publish("example.org/b", "v0.1.0", undefined, hoursAgo(2));
    world.lie = (path, response) => {
      const version = { "example.org/a/@latest": "v1.1.0", "example.org/b/@latest": "v0.1.0" }[path];
      const time = path.includes("/b/") ? hoursAgo(2) : hoursAgo(1);
      return version !== undefined && (response.end(JSON.stringify({ Version: version, Time: time })), true);
    };
    const proxy = await world.start({ policy, now });
    expect(JSON.parse(await text(`${proxy.url}${a}/@latest`))).toMatchObject({ Version: "v1.0.0" });
    const reply = await fetch(`${proxy.url}/example.org/b/@latest`);
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining("until 2026-06-22T10:00Z")]);
  });

  it("looks up few times of a long list", async () => {
    for (let minor = 0; minor < 3; minor++)
      for (let patch = 0; patch < 20; patch++)
        world.publish("example.org/a", `v1.${minor}.${patch}`, undefined, patch < 19 ? hoursAgo(900) : hoursAgo(1));
    const proxy = await world.start({ policy, now });
    const listed = (await text(`${proxy.url}${a}/@v/list`)).trim().split("\n");
    expect(listed).toHaveLength(57);
    expect(listed).not.toContain("v1.1.19");
    expect(world.asked.filter((path) => path.endsWith(".info"))).toHaveLength(6);
  });

  it("holds back what has no time, stored or not", async () => {
    world.publish("example.org/a", "v1.0.0", undefined, null);
    const proxy = await world.start({ policy, now });
    expect(await text(`${proxy.url}${a}/@v/v1.0.0.info`)).toContain("when it was published is not known");
    expect(await status(`${proxy.url}${a}/@v/v1.0.0.zip`)).toBe(403);
    expect(await status(`${proxy.url}${a}/@v/v9.0.0.zip`)).toBe(404);
  });

  it("resolves no branch to a commit that is too young", async () => {
    const version = "v0.0.0-20260615100000-0123456789ab";
    world.lie = (path, response) =>
      path.endsWith("/main.info") && (response.end(JSON.stringify({ Version: version, Time: hoursAgo(2) })), true);
    const proxy = await world.start({ policy, now });
    expect(await text(`${proxy.url}${a}/@v/main.info`)).toContain(`example.org/a@${version} is held back`);
  });
});

describe("a reply that was sent before", () => {
  const file = `${a}/@v/v1.0.0.mod`;

  it("is refused once the policy has changed", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    for (let round = 0; round < 2; round++) expect(await status(proxy.url + file)).toBe(200);
    expect(proxy.log.at(-1)?.kind).toBe("hot");
    proxy.gate.replace(readPolicy({ default: "deny" }), undefined);
    expect(await status(proxy.url + file)).toBe(403);
    proxy.gate.replace(readPolicy({}), undefined);
    expect(await status(proxy.url + file)).toBe(200);
  });

  it("is refused once an exception has ended", async () => {
    world.publish("example.org/a", "v1.0.0");
    const vulnerabilities: VulnerabilityLookup = {
      modified: hoursAgo(1),
      find: () => [{ id: "GO-2026-0001", aliases: [], summary: "A hole", fixed: "v1.0.1" }],
    };
    const exceptions = [{ id: "GO-2026-0001", until: "2026-06-15", reason: "not reached" }];
    const policy: PolicyConfig = { rules: [{ id: "known", action: "deny", vulnerable: { exceptions } }] };
    let clock = now();
    const proxy = await world.start({ policy, vulnerabilities, now: () => clock });
    for (let round = 0; round < 2; round++) expect(await status(proxy.url + file)).toBe(200);
    clock = new Date("2026-06-16T00:00:00Z");
    expect(await text(proxy.url + file)).toContain(
      "it has a known vulnerability.\nMODULE_DENIED rule: known\nGO-2026-0001: fixed in v1.0.1; A hole",
    );
  });
});

it("judges toolchains by their Go version", async () => {
  const proxy = await world.start({ policy: { rules: [{ id: "old-go", action: "deny", versions: ["<go1.22.5"] }] } });
  const path = (version: string): string => `${proxy.url}/golang.org/toolchain/@v/v0.0.1-go${version}.linux-amd64.zip`;
  expect([await status(path("1.22.4")), await status(path("1.22.5"))]).toEqual([403, 404]);
});
