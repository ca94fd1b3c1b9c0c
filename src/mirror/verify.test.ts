import {
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../test/support/proxy-world.ts";
import { settle } from "./apply-sync.ts";
import { repairStore } from "./repair.ts";
import type { Fault } from "./types.ts";
import { verifyStore } from "./verify-store.ts";

let world: ProxyWorld;
let opened: ReturnType<ProxyWorld["open"]>;
// Each test leaves a whole store behind.
beforeAll(async () => {
  world = await createProxyWorld();
  world.database.fill(300);
  world.publish("example.org/a", "v1.0.0");
  world.database.fill(300);
  world.publish("example.org/a", "v1.1.0-rc.1");
  world.publish("example.org/b", "v1.0.0");
  opened = world.open();
  for (const [path, version] of [
    ["example.org/a", "v1.0.0"],
    ["example.org/a", "v1.1.0-rc.1"],
    ["example.org/b", "v1.0.0"],
  ] as const) {
    const file = await opened.mirror.file("zip", { path, version }, { mayFetch: true });
    await file?.file[Symbol.asyncDispose]();
  }
  await settle(ports, opened.store, opened.mirror, []);
});
afterAll(async () => {
  opened.end();
  await world.close();
});

const signal = new AbortController().signal;
const ports = { signal, clock: { now: () => new Date(), monotonic: () => 0 }, progress: { emit: () => undefined } };

async function faults(): Promise<readonly Fault[]> {
  return (await verifyStore(ports, opened.store, world.database.verifier)).faults;
}

function files(): string[] {
  return readdirSync(world.store, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => relative(world.store, join(each.parentPath, each.name)))
    .filter((path) => !path.startsWith("."))
    .toSorted();
}

/** What names a file, or where it is one of the tree's edge, the edge. */
function names(found: readonly Fault[], path: string): boolean {
  const bare = path.replace(/\.proof$/, "");
  return found.some((each) => each.path === path || each.path === bare || each.path === `${bare}.proof`);
}

describe("verify", () => {
  it("finds nothing in a store that is whole", async () => {
    const { versions, records, tiles, faults: found } = await verifyStore(ports, opened.store, world.database.verifier);
    expect(found).toEqual([]);
    expect({ versions, records }).toEqual({ versions: 3, records: 3 });
    expect(tiles).toBeGreaterThan(2);
  });

  it("finds a flipped bit in the middle, at the end, and a cut, of each single file", async () => {
    expect(files().length).toBeGreaterThan(25);
    for (const path of files()) {
      const file = join(world.store, path);
      const whole = readFileSync(file);
      for (const place of [0, Math.floor(whole.length / 2), whole.length - 1]) {
        if (whole.length === 0) break;
        const bytes = Buffer.from(whole);
        bytes[place] = (bytes[place] ?? 0) ^ 1;
        writeFileSync(file, bytes);
        expect({ path, place, found: names(await faults(), path) }).toEqual({ path, place, found: true });
      }
      writeFileSync(file, whole.subarray(0, -1));
      if (whole.length > 0) expect({ path, cut: names(await faults(), path) }).toEqual({ path, cut: true });
      writeFileSync(file, Buffer.concat([whole, Buffer.from("x")]));
      expect({ path, longer: names(await faults(), path) }).toEqual({ path, longer: true });
      writeFileSync(file, whole);
    }
    expect(await faults()).toEqual([]);
  });

  it("finds each file that is gone, and each that is of another version", async () => {
    for (const path of files()) {
      const file = join(world.store, path);
      // Without `supported` a client asks the database elsewhere: it has no content that could be damaged.
      if (path.endsWith("/supported")) continue;
      renameSync(file, `${world.root}/away`);
      const found = await faults();
      expect({ path, found: found.length > 0 }).toEqual({ path, found: true });
      renameSync(`${world.root}/away`, file);
    }
    const at = join(world.store, "example.org/a/@v");
    for (const ending of ["zip", "zip.proof"]) renameSync(join(at, `v1.0.0.${ending}`), `${world.root}/${ending}`);
    for (const ending of ["zip", "zip.proof"])
      writeFileSync(join(at, `v1.0.0.${ending}`), readFileSync(join(at, `v1.1.0-rc.1.${ending}`)));
    expect((await faults()).map((each) => each.path)).toContain("example.org/a/@v/v1.0.0.zip");
    for (const ending of ["zip", "zip.proof"]) renameSync(`${world.root}/${ending}`, join(at, `v1.0.0.${ending}`));
  });

  it("finds what is no file of a store, and passes over the ledger and scratch files", async () => {
    writeFileSync(join(world.store, "example.org/a/@v/v1.0.0.zip.tmp"), "x");
    writeFileSync(join(world.store, "notes.txt"), "x");
    await opened.store.write(".use/a.json", Buffer.from("torn"));
    expect(await faults()).toEqual([
      { path: "example.org/a/@v/v1.0.0.zip.tmp", kind: "extra" },
      { path: "notes.txt", kind: "extra" },
    ]);
    for (const path of ["example.org/a/@v/v1.0.0.zip.tmp", "notes.txt"]) rmSync(join(world.store, path));
  });
});

describe("repair", () => {
  it("fetches again what was damaged, and proves what has no proof without fetching it", async () => {
    const at = join(world.store, "example.org/a/@v");
    truncateSync(join(at, "v1.0.0.zip"), 20);
    rmSync(join(at, "v1.1.0-rc.1.zip.proof"));
    rmSync(join(at, "v1.1.0-rc.1.info.proof"));
    writeFileSync(join(at, "list"), "v9.9.9\n");
    const tile = files().find((path) => path.includes("/tile/8/0/001"));
    writeFileSync(join(world.store, tile ?? ""), "x");
    const before = world.asked.length;
    expect(await repairStore(ports, await faults(), opened)).toMatchObject({ failed: [] });
    expect(await faults()).toEqual([]);
    expect(world.asked.slice(before).filter((path) => path.endsWith(".zip"))).toEqual(["example.org/a/@v/v1.0.0.zip"]);
  });

  it("takes away what a kill left half written, and nothing that may be being written", async () => {
    const folder = join(world.store, "example.org/a/@v");
    const [left, fresh] = [".list.4711-0123456789ab.tmp", ".list.4711-ba9876543210.tmp"];
    for (const name of [left, fresh]) writeFileSync(join(folder, name), "v1");
    utimesSync(join(folder, left), 1, 1);
    expect((await repairStore(ports, await faults(), opened)).removed).toEqual([`example.org/a/@v/${left}`]);
    expect((await faults()).map(({ path }) => path)).toEqual([`example.org/a/@v/${fresh}`]);
    rmSync(join(folder, fresh));
  });

  it("takes a damaged version out of the list where nobody has it", async () => {
    const zip = join(world.store, "example.org/a/@v/v1.0.0.zip");
    writeFileSync(zip, Buffer.alloc(statSync(zip).size));
    const offline = world.open({ offline: true });
    const { removed, failed } = await repairStore(ports, await faults(), offline);
    offline.end();
    expect(removed).toEqual(["example.org/a/@v/v1.0.0.zip.proof", "example.org/a/@v/v1.0.0.zip"]);
    expect(failed).toMatchObject([{ subject: "example.org/a@v1.0.0" }]);
    expect(readFileSync(join(world.store, "example.org/a/@v/list"), "utf8")).toBe("v1.1.0-rc.1\n");
    expect(await faults()).toEqual([]);
  });
});
