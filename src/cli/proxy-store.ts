import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import {
  Claims,
  createTransport,
  credentialSource,
  folderStore,
  isS3Address,
  parseS3Address,
  s3AddressText,
  s3Place,
  s3Store,
  type ObjectStore,
  type ProxyConfig,
  type S3Config,
  type S3Place,
} from "../proxy/index.ts";
import { cleanStaging, ensureFolder, openHome } from "../state/index.ts";
import type { CommandContext } from "./context.ts";

/** Where a proxy's modules lie, settled before anything is opened. `shown` has no secrets. */
export type StorePlan =
  | { readonly kind: "folder"; readonly shown: string; readonly root: string }
  | {
      readonly kind: "s3";
      readonly shown: string;
      readonly place: S3Place;
      readonly config: S3Config;
      /** Local folder for files on their way. */
      readonly scratch: string;
    };

export interface OpenedStore {
  readonly store: ObjectStore;
  /** Whether several processes on this store can agree who fetches a module. */
  readonly isShared: boolean;
  close(): void;
}

/** Makes the paths of a configuration absolute that are about the store. */
export function absoluteStore(
  { store, s3 }: Pick<ProxyConfig, "store" | "s3">,
  absolute: (path: string | undefined) => string | undefined,
): Pick<ProxyConfig, "store" | "s3"> {
  const ours = store !== undefined && isS3Address(store) ? store : absolute(store);
  if (s3 === undefined) return { store: ours };
  const { ca, credentials, scratch } = s3;
  const paths = { ca: absolute(ca), credentials: absolute(credentials), scratch: absolute(scratch) };
  return { store: ours, s3: { ...s3, ...paths } };
}

/** What results say of a store. */
export function storeFacts(plan: StorePlan): {
  readonly store: string;
  readonly endpoint?: string;
  readonly region?: string;
} {
  if (plan.kind === "folder") return { store: plan.shown };
  return { store: plan.shown, endpoint: plan.place.endpoint.origin, region: plan.place.region };
}

/** Reads what names a store: a folder, `s3://BUCKET/PREFIX`, or nothing, which is `modules` in medkit's home. S3_ADDRESS_INVALID. */
export async function planStore(
  context: CommandContext,
  given: string | undefined,
  config: S3Config,
): Promise<StorePlan> {
  if (given === undefined || !isS3Address(given)) {
    const root = given ?? (await openHome(await context.home())).modules;
    return { kind: "folder", shown: root, root };
  }
  const place = s3Place(parseS3Address(given), config, context.ports.env);
  const scratch = config.scratch ?? (await openHome(await context.home())).work;
  return { kind: "s3", shown: s3AddressText(place), place, config, scratch };
}

/** Opens the store and looks whether it can do what will be asked of it; `writes`: modules will be fetched into it; `dry`: nothing is made or tidied up. */
export async function openStore(
  { env, clock }: Pick<Ports, "env" | "clock">,
  plan: StorePlan,
  writes: boolean,
  dry = false,
): Promise<OpenedStore> {
  if (plan.kind === "folder") {
    if (!dry) {
      await ensureFolder(plan.root);
      await cleanStaging(join(plan.root, ".work"));
    }
    const store = folderStore(plan.root);
    if (writes && !dry) tidy(() => new Claims({ store, clock }).sweep());
    return { store, isShared: true, close: () => undefined };
  }
  const { place, config, scratch } = plan;
  await ensureFolder(scratch);
  await cleanStaging(scratch);
  const transport = createTransport({
    env,
    ca: config.ca === undefined ? undefined : await readAuthorities(config.ca),
  });
  const { credentials: file, profile } = config;
  const credentials = credentialSource({ env, monotonic: () => clock.monotonic(), file, profile });
  const store = s3Store({ place, credentials, send: transport.send, clock, scratch });
  const { atomic } = await store.check(writes);
  if (writes) {
    tidy(() => store.abortLeftovers());
    tidy(() => new Claims({ store, clock }).sweep());
  }
  return { store, isShared: atomic || !writes, close: () => transport.close() };
}

/** Tidying up is nothing that a start has to wait for, or fail with. */
function tidy(work: () => Promise<unknown>): void {
  void work().catch(() => undefined);
}

/** Authorities in PEM form. TLS_FILE_INVALID. */
async function readAuthorities(file: string): Promise<string> {
  try {
    const text = await readFile(file, "utf8");
    // Node takes any text for a list of authorities, and then trusts none.
    return new X509Certificate(text).raw.length > 0 ? text : "";
  } catch (error) {
    const code = systemCode(error) ?? "";
    const problem = /^E[A-Z]+$/.test(code) ? code : "it is no certificate in PEM form";
    const params = { file, problem };
    throw new MedkitError("TLS_FILE_INVALID", params, { cause: error });
  }
}
