import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderStore } from "../store/folder-store.ts";
import type { AccessRecord, BytesReply } from "../types.ts";
import { openUse } from "../use/ledger.ts";
import { storePage, StoreIndex } from "./index.ts";
import type { Say } from "./types.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-page-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function keep(path: string, version: string, size = 1_000, source = "https://goproxy.internal"): void {
  const folder = join(root, path, "@v");
  mkdirSync(folder, { recursive: true });
  const proof = {
    schema: "medkit/module-proof/v1",
    h1: "h1:x",
    sha256: "0".repeat(64),
    size,
    proven: "sum.golang.org#7",
    source,
    storedAt: "2024-01-02T03:04:05Z",
  };
  writeFileSync(join(folder, `${version}.zip.proof`), JSON.stringify(proof));
}

const served = (module: string, version: string, more: Partial<AccessRecord> = {}): AccessRecord => ({
  time: "2024-01-03T00:00:00Z",
  client: "10.0.0.1",
  method: "GET",
  path: "/",
  kind: "zip",
  status: 200,
  octets: 1,
  milliseconds: 1,
  module,
  version,
  ...more,
});

/** Shows keys and parameters, so that no test hangs on words. */
const say: Say = (key, params) => `${key}${params === undefined ? "" : JSON.stringify(params)}`;

async function open(showsClients = true) {
  const store = folderStore(root);
  const index = new StoreIndex(store);
  await index.walk(new AbortController().signal);
  const use = await openUse(store, "here");
  const page = storePage({
    clock: { now: () => new Date("2024-01-04T00:00:00Z") },
    index,
    use,
    texts: { en: say, "zh-CN": (key) => `中 ${key}` },
    server: {
      version: "0",
      started: new Date("2024-01-01T00:00:00Z"),
      secure: false,
      store: root,
      upstream: [],
      showsClients,
      database: () => Promise.resolve({ name: "sum.golang.org", size: undefined, seenAt: undefined }),
    },
  });
  const get = async (target: string, headers: Record<string, string> = {}) => {
    const url = new URL(target, "http://x");
    const reply = (await page.answer({ path: url.pathname, query: url.searchParams, headers })) as
      | BytesReply
      | undefined;
    return reply === undefined ? undefined : { ...reply, text: reply.bytes.toString("utf8") };
  };
  return { index, use, get };
}

describe("the page of a store", () => {
  it("lists modules under their plain names, sorted as asked", async () => {
    keep("github.com/!burnt!sushi/toml", "v1.0.0", 50);
    keep("example.org/a", "v1.0.0", 3_000_000);
    keep("example.org/a", "v1.10.0");
    keep("example.org/a", "v1.9.0");
    keep("sumdb/not", "v1.0.0");
    writeFileSync(join(root, "example.org/a/@v/torn.zip.proof"), "{");
    const { get, index } = await open();
    expect(index.totals).toEqual({ modules: 2, versions: 4, octets: 3_002_050 });
    const text = (await get("/"))?.text ?? "";
    expect(text.indexOf("toml")).toBeGreaterThan(text.indexOf("example.org/"));
    expect(text).toContain("/module/github.com/!burnt!sushi/toml");
    expect(text).toContain("v1.10.0</td>");
    const bySize = (await get("/?sort=size&down=0"))?.text ?? "";
    expect(bySize.indexOf("toml")).toBeLessThan(bySize.indexOf("/module/example.org/a"));
    expect((await get("/?q=BURNT"))?.text).not.toContain("/module/example.org/a");
    expect((await get("/?q=nowhere"))?.text).toContain("noMatch");
  });

  it("pages through many", async () => {
    for (let n = 100; n < 305; n++) keep(`example.org/m${n}`, "v1.0.0");
    const { get } = await open();
    expect((await get("/"))?.text).toContain('showing{"from":"1","to":"100","count":"205"}'.replaceAll('"', "&#34;"));
    const last = (await get("/?page=99"))?.text ?? "";
    expect(last).toContain("/module/example.org/m304");
    expect(last).not.toContain("/module/example.org/m299");
  });

  it("shows a module's versions with proof, source and who used them, as they are now", async () => {
    keep("example.org/a", "v1.0.0");
    const { get, use } = await open();
    use.note(served("example.org/a", "v1.0.0", { client: "10.9.8.7" }));
    keep("example.org/a", "v1.1.0");
    const text = (await get("/module/example.org/a"))?.text ?? "";
    for (const part of ["v1.0.0", "v1.1.0", "sum.golang.org#7", "https://goproxy.internal", "10.9.8.7"])
      expect(text).toContain(part);
    expect((await get("/module/example.org/b"))?.status).toBe(404);
    expect(await get("/module/../etc")).toBeUndefined();
    expect(await get("/elsewhere")).toBeUndefined();
  });

  it("takes in what is stored while it serves, and lets go what is gone", async () => {
    keep("example.org/a", "v1.0.0");
    const { index } = await open();
    keep("example.org/b", "v1.0.0");
    index.note(served("example.org/b", "v1.0.0"));
    await expect.poll(() => index.totals.modules).toBe(2);
    rmSync(join(root, "example.org/a"), { recursive: true });
    await index.walk(new AbortController().signal);
    expect([...index.modules].map(({ path }) => path)).toEqual(["example.org/b"]);
  });

  it("lets nothing that others wrote become markup", async () => {
    const evil = "<script>alert(1)</script>\"'&";
    keep("example.org/a", "v1.0.0", 1, evil);
    const { get, use } = await open();
    use.note(served("example.org/a", "v1.0.0", { client: evil, user: evil }));
    use.note(served("example.org/a", "v1.0.0", { status: 403, refused: evil, client: evil, path: evil }));
    const headers = { host: `x"><script>` };
    for (const path of ["/", `/?q=${encodeURIComponent(evil)}`, "/module/example.org/a", "/refused", "/about"]) {
      const reply = await get(path, headers);
      expect(reply?.text).not.toContain("<script");
      expect(reply?.more?.join(" ")).toContain("default-src 'none'");
    }
    expect((await get("/refused"))?.text).toContain("&#60;script&#62;alert(1)");
    expect((await get("/about", headers))?.text).not.toContain("GOPROXY=");
    expect((await get("/about", { host: "mirror.internal:3000" }))?.text).toContain(
      "GOPROXY=http://mirror.internal:3000",
    );
  });

  it("keeps to itself who asked, where it is told so", async () => {
    keep("example.org/a", "v1.0.0");
    const { get, use } = await open(false);
    use.note(served("example.org/a", "v1.0.0", { client: "10.9.8.7" }));
    use.note(served("example.org/a", "v1.0.0", { client: "10.9.8.7", status: 403, refused: "no" }));
    for (const path of [
      "/",
      "/module/example.org/a",
      "/refused",
      "/about",
      "/api/modules",
      "/api/refusals",
      "/api/module/example.org/a",
    ])
      expect((await get(path))?.text).not.toContain("10.9.8.7");
  });

  it.each([
    [{ "accept-language": "zh-TW,zh;q=0.9,en;q=0.8" }, "/", "zh-CN"],
    [{ "accept-language": "en-GB,zh;q=0.2" }, "/", "en"],
    [{ "accept-language": "fr" }, "/", "en"],
    [{ cookie: "a=b; lang=zh-CN" }, "/", "zh-CN"],
    [{ cookie: "lang=zh-CN" }, "/?lang=en", "en"],
  ])("speaks the reader's language: %j %s", async (headers, target, lang) => {
    const { get } = await open();
    expect((await get(target, headers as Record<string, string>))?.text).toContain(`<html lang="${lang}">`);
  });

  it("gives the same as JSON", async () => {
    keep("example.org/a", "v1.0.0");
    const { get } = await open();
    const reply = JSON.parse((await get("/api/module/example.org/a"))?.text ?? "") as { data: { versions: unknown[] } };
    expect(reply).toMatchObject({ schema: "medkit/proxy-page/v1", ok: true });
    expect(reply.data.versions).toHaveLength(1);
    expect((await get("/api/module/example.org/b"))?.status).toBe(404);
  });
});
