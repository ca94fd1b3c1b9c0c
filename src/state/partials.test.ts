import {
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256Hex } from "../core/digest.ts";
import { openHome } from "./index.ts";
import type { Layout } from "./layout.ts";
import { claimPartial, dropPartials } from "./partials.ts";

const address = "https://goproxy.internal/file";
const week = 7 * 24 * 60 * 60;

let root = "";
let layout: Layout;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "medkit-partials-"));
  layout = await openHome(join(root, "home"));
  mkdirSync(folder(), { recursive: true });
  writeFileSync(file("data"), "0123456789");
  const map = { schema: "medkit/partial-download/v1", validator: '"one"', total: 20, there: [[0, 10]] };
  writeFileSync(file("map.json"), JSON.stringify(map));
});
afterEach(() => rmSync(root, { recursive: true }));

const folder = (): string => layout.partial(sha256Hex(address));
const file = (name: string): string => join(folder(), name);

/** Whether what lies there is gone on with. */
async function isFound(): Promise<boolean> {
  const claimed = await claimPartial(layout, address);
  claimed?.release();
  return claimed?.found !== undefined;
}

describe("a left-over is not gone on with, and nothing else is written to,", () => {
  test.each<readonly [string, (mine: string) => void]>([
    ["where its data is a link", (mine) => symlinkSync(mine, file("data"))],
    ["where its data has another name too", (mine) => linkSync(mine, file("data"))],
  ])("%s", async (_, put) => {
    expect(await isFound()).toBe(true);
    const mine = join(root, "mine");
    writeFileSync(mine, "0123456789");
    rmSync(file("data"));
    put(mine);
    expect(await isFound()).toBe(false);
    expect(readFileSync(mine, "utf8")).toBe("0123456789");
  });

  test.runIf(process.getuid?.() === 0)("where another user owns it", async () => {
    chownSync(file("data"), 1, 1);
    expect(await isFound()).toBe(false);
  });

  test("where its folder is a link", async () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(elsewhere);
    for (const name of ["data", "map.json"]) writeFileSync(join(elsewhere, name), readFileSync(file(name)));
    rmSync(folder(), { recursive: true });
    symlinkSync(elsewhere, folder());
    expect(await isFound()).toBe(false);
    expect(readFileSync(join(elsewhere, "data"), "utf8")).toBe("0123456789");
  });
});

test("one that a clock of the future has dated is removed as an old one is", async () => {
  const far = Date.now() / 1000 + week + 60;
  utimesSync(file("map.json"), far, far);
  expect(await dropPartials(layout)).toEqual([folder()]);
});
