import { stat } from "node:fs/promises";
import { join } from "node:path";
import { formatBytes } from "../../core/format-bytes.ts";
import { MedkitError } from "../../core/errors.ts";
import { locateKit, verifyKitFolder, withKitFolder, type KitLocation } from "../../kit/index.ts";
import { applyMerge, planMerge } from "../../mirror/index.ts";
import { ProxyClient } from "../../module/index.ts";
import { folderStore, proxyUpstream } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { incomplete, openMirror, storeUrl } from "../mirror-job.ts";
import { troubleLines } from "../render/mirror.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

/** A kit, or undefined where a folder is a plain tree of modules. PATH_NOT_FOUND, KIT_NOT_FOUND. */
async function kitAt(path: string): Promise<KitLocation | undefined> {
  try {
    return await locateKit(path);
  } catch (error) {
    const isTree = (await stat(join(path, "sumdb")).catch(() => undefined))?.isDirectory() === true;
    if (error instanceof MedkitError && error.code === "KIT_NOT_FOUND" && isTree) return undefined;
    throw error;
  }
}

/** A kit whose files are not those that were packed is not looked into any further. */
async function demandWhole(folder: string): Promise<void> {
  const { differences } = await verifyKitFolder(folder, undefined);
  const [first] = differences;
  if (first === undefined) return;
  const params = { path: join(folder, first.path), problem: first.kind, count: differences.length };
  throw new MedkitError("KIT_DAMAGED", params);
}

async function merge(
  context: CommandContext,
  tree: string,
  flags: Input<"module mirror merge">["flags"],
): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  // The tree is the only source: nobody else is asked.
  const offline = { ...context, flags: { ...globals, offline: true } };
  const opened = await openMirror(offline, flags);
  try {
    const { store, verifier, storeName } = opened;
    const upstream = proxyUpstream(new ProxyClient({ fetch: ports.fetch, signal: ports.signal }, storeUrl(tree)));
    const source = { store: folderStore(tree), upstream };
    const plan = await planMerge(store, source, verifier);
    const { fresh, present, refused } = plan;
    const versions = fresh.map(({ path, version, zip }) => ({ path, version, zip }));
    const facts = { store: storeName, treeSize: plan.head.size, present };
    const counts = { fresh: fresh.length, present, store: storeName };
    if (globals.dryRun)
      return {
        data: json({ ...facts, plan: { versions, refused } }),
        ...incomplete(refused),
        text: (t, style) =>
          [
            t.text("mirror.merge.plan", counts),
            ...troubleLines(refused, t, style),
            t.text("kit.build.plan.nothing"),
          ].join("\n"),
      };
    const result = await applyMerge(ports, plan, store, source);
    return {
      data: json({ ...facts, versions, ...result }),
      ...incomplete(result.failed),
      text: (t, style) => {
        const { fetched, bytes, records } = result;
        const done = { count: fetched, size: formatBytes(bytes), records, store: storeName };
        const lines = [t.text("mirror.merge.plan", counts), t.text("mirror.synced", done)];
        return [...lines, ...troubleLines(result.failed, t, style)].join("\n");
      },
    };
  } finally {
    await opened.close();
  }
}

export async function run(
  context: CommandContext,
  { args, flags }: Input<"module mirror merge">,
): Promise<CommandResult> {
  const location = await kitAt(args.path);
  if (location === undefined) return await merge(context, args.path, flags);
  return await withKitFolder(location, undefined, async (folder) => {
    await demandWhole(folder);
    return await merge(context, join(folder, "modules"), flags);
  });
}
