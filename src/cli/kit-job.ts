import { fileURLToPath } from "node:url";
import { MedkitError } from "../core/errors.ts";
import { meetsTrust } from "../core/evidence.ts";
import {
  buildKit,
  findConfig,
  homeSigningKey,
  parseKitConfig,
  planKit,
  readConfigText,
  readLock,
  readPrivateKey,
  writeLock,
  type BuiltKit,
  type KitConfig,
  type KitPlan,
} from "../kit/index.ts";
import { openHome, type Layout } from "../state/index.ts";
import { hostGoproxy } from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import { readKeyFile } from "./key-file.ts";
import { version } from "./version.ts";

export interface KitJob {
  readonly plan: KitPlan;
  readonly config: KitConfig;
  readonly configFile: string;
}

/** Parses the configuration and plans; touches nothing. `adapt` may change the configuration for this run. */
export async function planKitJob(
  context: CommandContext,
  wish: {
    readonly configFile?: string | undefined;
    readonly platforms?: readonly string[];
    readonly adapt?: (config: KitConfig) => KitConfig;
  },
): Promise<KitJob> {
  const { ports } = context;
  const configFile = wish.configFile ?? (await findConfig(ports.cwd));
  const parsed = parseKitConfig(await readConfigText(configFile), configFile);
  const config = wish.adapt?.(parsed) ?? parsed;
  if (config.trust !== undefined && !meetsTrust("checksum-database", config.trust))
    throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: config.trust, has: "checksum-database" });
  const goproxy = config.goproxy ?? (await hostGoproxy(ports));
  if (goproxy === undefined) throw new MedkitError("UPSTREAM_UNKNOWN");
  const platforms = wish.platforms === undefined || wish.platforms.length === 0 ? undefined : wish.platforms;
  const plan = planKit(config, { configFile, goproxy, host: ports.platform, platforms });
  return { plan, config, configFile };
}

export interface KitJobOptions {
  readonly out: string;
  readonly signKey?: string | undefined;
  readonly lock?: string | undefined;
  /** Folder with medkit's executables. */
  readonly tools?: string | undefined;
}

export interface KitJobResult extends BuiltKit {
  readonly layout: Layout;
}

/** `dist/` of a checkout, where `npm run package` puts executables. The packaged executable has none beside it: kits made by it go without, unless told. */
export function defaultTools(): string | undefined {
  const folder = new URL("../../dist", import.meta.url);
  return folder.protocol === "file:" ? fileURLToPath(folder) : undefined;
}

export async function runKitJob(context: CommandContext, job: KitJob, options: KitJobOptions): Promise<KitJobResult> {
  const { ports } = context;
  const layout = await openHome(await context.home());
  const signKey =
    options.signKey === undefined
      ? (await homeSigningKey(layout)).key
      : readPrivateKey(await readKeyFile(options.signKey), options.signKey);
  const lockFile = options.lock ?? job.configFile.replace(/\.ya?ml$/, ".lock.json");
  const lock = await readLock(lockFile);
  const epoch = ports.env["SOURCE_DATE_EPOCH"];
  if (epoch !== undefined && !/^\d{1,11}$/.test(epoch))
    throw new MedkitError("CONFIG_INVALID", { file: "SOURCE_DATE_EPOCH", line: 1, problem: "not a number of seconds" });
  const built = await buildKit(ports, layout, job.plan, {
    out: options.out,
    signKey,
    tools: options.tools ?? defaultTools(),
    head: lock?.head,
    sourceDate: epoch === undefined ? lock?.sourceDate : Number(epoch),
    madeBy: {
      tool: `medkit ${version}`,
      runtime:
        process.versions["bun"] === undefined ? `node ${process.versions.node}` : `bun ${process.versions["bun"]}`,
    },
  });
  if (options.lock !== undefined && lock === undefined)
    await writeLock(options.lock, { head: built.head, sourceDate: Date.parse(built.manifest.created) / 1000 });
  return { ...built, layout };
}
