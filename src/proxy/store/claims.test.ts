import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import type { ObjectStore } from "../types.ts";
import { Claims } from "./claims.ts";
import { folderStore } from "./folder-store.ts";

const root = mkdtempSync(join(tmpdir(), "medkit-claims-"));
afterAll(() => removeTree(root));

const clock = { monotonic: () => performance.now() };
let count = 0;
let store: ObjectStore;
let folder: string;
beforeEach(() => {
  folder = join(root, String(count++));
  store = folderStore(folder);
});

const replica = (over: ObjectStore = store): Claims =>
  new Claims({ store: over, clock, beat: 40, patience: 600, longest: 20_000 });
const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const claimFiles = (): readonly string[] => readdirSync(join(folder, ".medkit", "claims"));

describe("claims", () => {
  it("let one of many work, and give the others what it stored", async () => {
    let stored: string | undefined;
    let worked = 0;
    const work = async (): Promise<string> => {
      worked++;
      // Longer than patience: its signs of life keep the others away.
      await sleep(900);
      return (stored = "done");
    };
    const found = (): Promise<string | undefined> => Promise.resolve(stored);
    const results = await Promise.all(Array.from({ length: 8 }, () => replica().run("k", found, work)));
    expect(results).toEqual(Array.from({ length: 8 }, () => "done"));
    expect(worked).toBe(1);
    expect(claimFiles()).toEqual([]);
  });

  it("of other keys do not wait for each other", async () => {
    const log: string[] = [];
    await Promise.all([
      replica().run("slow", nothing, async () => (await sleep(200), log.push("slow"))),
      sleep(50).then(() => replica().run("quick", nothing, async () => log.push("quick"))),
    ]);
    expect(log).toEqual(["quick", "slow"]);
  });

  it("whose work failed let the others try, and not one after the other", async () => {
    const now = { working: 0, most: 0, worked: 0 };
    const work = async (): Promise<never> => {
      now.worked++;
      now.most = Math.max(now.most, ++now.working);
      await sleep(400);
      now.working--;
      throw new Error("upstream");
    };
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => replica().run("k", nothing, work)));
    expect(results.every((each) => each.status === "rejected")).toBe(true);
    expect(now.worked).toBe(5);
    expect(now.most).toBeGreaterThan(1);
    expect(claimFiles()).toEqual([]);
  });

  it("of a holder that gives no sign of life pass to one other", async () => {
    // As a replica on another machine that was killed leaves it.
    const other = { pid: 1, start: "1", host: "elsewhere.invalid", boot: "x", namespace: "" };
    let path = "";
    const spying = {
      ...store,
      replace: (at: string, previous: Uint8Array | undefined, next: Uint8Array) => {
        path = at;
        return store.replace(at, previous, next);
      },
    };
    await replica(spying).run("k", nothing, () => Promise.resolve(1));
    await store.write(path, Buffer.from(JSON.stringify({ token: "t", beat: 3, process: other })));
    let stored: number | undefined;
    let worked = 0;
    const started = performance.now();
    const run = (): Promise<number> =>
      replica().run(
        "k",
        () => Promise.resolve(stored),
        () => Promise.resolve((stored = ++worked)),
      );
    await Promise.all([run(), run(), run()]);
    expect(worked).toBe(1);
    expect(performance.now() - started).toBeGreaterThan(590);
  });

  it("that cannot be kept keep nobody from working", async () => {
    const broken = { ...store, replace: () => Promise.reject(Object.assign(new Error("no"), { code: "EROFS" })) };
    expect(await replica(broken).run("k", nothing, () => Promise.resolve(7))).toBe(7);
  });

  it("that nobody asked for again are swept away, and living ones are not", async () => {
    await store.write(".medkit/claims/old", Buffer.from("as a kill left it"));
    let swept: number | undefined;
    await replica().run("k", nothing, async () => {
      swept = await replica().sweep();
    });
    expect(swept).toBe(1);
    expect(claimFiles()).toEqual([]);
  });

  it("are left alone by a holder that was taken over", async () => {
    let path = "";
    await replica({
      ...store,
      replace: (at, previous, next) => ((path = at), store.replace(at, previous, next)),
    }).run("k", nothing, async () => {
      await store.write(path, Buffer.from("another's"));
      await sleep(200);
      return 1;
    });
    expect((await store.read(path))?.toString()).toBe("another's");
  });
});
