import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { platformText, toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import { findStored, removeStored, withStoreLock, type RebuiltRecord, type StoreRecord } from "../goroot/index.ts";
import { publishFolder, writeFileAtomic, type Layout } from "../state/index.ts";
import { sealTree } from "../toolchain/index.ts";
import { isMatched, type Rebuilt } from "./types.ts";

/** The record of a rebuilt toolchain, for the store. */
export function rebuiltRecord({ release, h1, recipe, match }: Rebuilt): StoreRecord {
  const named = (each: Rebuilt["recipe"]["source"]): RebuiltRecord["source"] => ({
    name: toolchainName(each.release),
    h1: each.h1,
  });
  return {
    schema: "medkit/stored-toolchain/v1",
    version: release.version,
    platform: platformText(release.platform),
    h1,
    trust: isMatched(match) ? "rebuilt" : REBUILT_UNMATCHED,
    source: `rebuilt from ${toolchainName(recipe.source.release)}`,
    rebuilt: {
      source: named(recipe.source),
      bootstrap: named(recipe.bootstrap),
      match: match.kind,
      ...(match.kind === "reference" ? { signaturesStripped: match.signaturesStripped } : {}),
    },
  };
}

/**
 * Puts a rebuilt toolchain into the store. One that is there and proven stays: where the rebuild is the same its record tells of that too. Gives what the
 * store has in the end.
 */
export async function storeRebuilt(ports: Ports, layout: Layout, rebuilt: Rebuilt): Promise<StoreRecord> {
  const record = rebuiltRecord(rebuilt);
  const { version, platform } = rebuilt.release;
  const text = `${JSON.stringify(record)}\n`;
  const folder = dirname(rebuilt.goroot);
  await writeFile(join(folder, "toolchain.json"), text);
  await sealTree(ports, folder);
  return await withStoreLock(layout, "toolchain rebuild", async () => {
    const stored = await findStored(layout, version, platform);
    const known = stored?.record;
    // One that is only linked gives way: its tree is somebody else's.
    const stays = known !== undefined && known.linked === undefined && known.trust !== REBUILT_UNMATCHED;
    if (stored !== undefined && stays) {
      if (known.h1 !== record.h1) return known;
      // What spoke for it before still does.
      const both = known.evidence === undefined ? record : { ...record, evidence: known.evidence };
      await writeFileAtomic(join(layout.toolchain(stored.name), "toolchain.json"), `${JSON.stringify(both)}\n`);
      return both;
    }
    if (stored !== undefined) await removeStored(layout, stored.name);
    await publishFolder(folder, layout.toolchain(toolchainName(rebuilt.release)));
    return record;
  });
}
