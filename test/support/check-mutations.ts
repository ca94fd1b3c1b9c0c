import { spawnSync } from "node:child_process";
import { expect } from "vitest";
import { verifyKitFolder } from "../../src/kit/index.ts";
import { mutate, seeded } from "./mutations.ts";

/** Mutates a kit `count` times and expects that `verify.sh` and `medkit kit verify` find each; the kit is as before afterwards. */
export async function expectMutationsFound(
  kit: string,
  paths: readonly string[],
  count: number,
  seed: number,
): Promise<void> {
  const random = seeded(seed);
  const missed: string[] = [];
  for (let index = 0; index < count; index++) {
    const mutation = mutate(kit, paths, random);
    const { differences, signature } = await verifyKitFolder(kit);
    if (differences.length === 0 && signature.state !== "invalid") missed.push(`kit verify: ${mutation.text}`);
    // A changed verify.sh cannot be asked about itself: that is what kit verify and sha256sum are for.
    if (!/verify\.sh/.test(mutation.text)) {
      const script = spawnSync("sh", ["verify.sh", "--quiet"], { cwd: kit, encoding: "utf8" });
      if (script.status === 0) missed.push(`verify.sh: ${mutation.text}`);
    }
    mutation.undo();
  }
  expect(missed).toEqual([]);
  const after = await verifyKitFolder(kit);
  expect(after.differences).toEqual([]);
}
