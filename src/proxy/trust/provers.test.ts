import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import { folderStore } from "../store/folder-store.ts";
import { firstUseProver, PRIVATE } from "./provers.ts";

const root = mkdtempSync(join(tmpdir(), "medkit-first-"));
afterAll(() => removeTree(root));

const clock = { now: () => new Date() };
const module = { path: "private.internal/m", version: "v1.0.0" };
const fact = (letter: string) => ({ h1: `h1:${letter.repeat(43)}=`, source: "https://git.internal" });

it("lets one of several replicas be the first, and holds the others to it", async () => {
  const provers = Array.from({ length: 4 }, () => firstUseProver(folderStore(root), clock));
  // All have looked before any of them has fetched.
  const confirms = await Promise.all(provers.map((prover) => prover.judge("zip", module)));
  const ends = await Promise.allSettled(confirms.map((confirm, index) => confirm(fact("abcd"[index] ?? ""))));
  const won = ends.findIndex((end) => end.status === "fulfilled");
  expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
  for (const end of ends) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "MODULE_CHANGED" });
  // The same bytes come through, at any replica, now and later.
  const again = await Promise.all(provers.map((prover) => prover.judge("zip", module)));
  for (const confirm of [...confirms, ...again]) expect(await confirm(fact("abcd"[won] ?? ""))).toBe(PRIVATE);
});
