import { MedkitError } from "../core/errors.ts";
import { parsePlatform, platformText, type Platform } from "../core/go-version.ts";
import {
  demandUsable,
  listStored,
  parseSelector,
  resolveSelector,
  type Selector,
  type StoredToolchain,
} from "../goroot/index.ts";
import { layoutAt, openHome, type Layout } from "../state/index.ts";
import type { CommandContext } from "./context.ts";

/** The home's paths, for commands that only look. Creates nothing. */
export async function lookAtHome(context: CommandContext): Promise<Layout> {
  return layoutAt(await context.home());
}

/** The home, made ready to be written to. */
export async function openToolchainHome(context: CommandContext): Promise<Layout> {
  return openHome(await context.home());
}

/** The home of a command that changes it: ready to be written to, or only looked at with `--dry-run`. */
export async function toolchainHome(context: CommandContext): Promise<Layout> {
  return context.flags.dryRun ? lookAtHome(context) : openToolchainHome(context);
}

/** A version as typed. TOOLCHAIN_VERSION_INVALID. */
export function readSelector(text: string): Selector {
  const selector = parseSelector(text);
  if (selector === undefined) throw new MedkitError("TOOLCHAIN_VERSION_INVALID", { version: text });
  return selector;
}

/** `--platform`, by default this host's. TOOLCHAIN_PLATFORM_INVALID. */
export function readPlatform(context: CommandContext, text: string | undefined): Platform {
  if (text === undefined) return context.ports.platform;
  const platform = parsePlatform(text);
  if (platform === undefined) throw new MedkitError("TOOLCHAIN_PLATFORM_INVALID", { platform: text });
  return platform;
}

/** A toolchain of the store that a person named, and whether it had to be worked out which one that is. */
export interface Chosen {
  readonly stored: StoredToolchain;
  readonly typed: string;
  /** `1.22` and `latest` mean something today that they may not mean tomorrow: it is said. */
  readonly resolved: boolean;
}

/**
 * Which installed toolchain `text` means. Only what is installed counts, so that no network is asked: `latest` is the newest one here.
 * TOOLCHAIN_NOT_INSTALLED, TOOLCHAIN_VERSION_INVALID.
 */
export async function chooseInstalled(
  layout: Layout,
  text: string,
  platform: Platform,
  from?: readonly StoredToolchain[],
): Promise<Chosen> {
  const selector = readSelector(text);
  const stored = (from ?? (await listStored(layout))).filter(
    (each) => platformText(each.platform) === platformText(platform),
  );
  const version = resolveSelector(
    selector,
    stored.map((each) => each.version),
  );
  const found = stored.find((each) => each.version === version);
  if (found === undefined)
    throw new MedkitError("TOOLCHAIN_NOT_INSTALLED", {
      version: text,
      platform: platformText(platform),
      installed: stored.map((each) => each.version).join(", ") || "-",
    });
  return { stored: found, typed: text, resolved: selector.kind !== "exact" };
}

/** As {@link chooseInstalled}, for what is going to be run: of a linked one also that it is still what was proven. TOOLCHAIN_LINK_CHANGED, TOOLCHAIN_LINK_GONE. */
export async function chooseUsable(layout: Layout, text: string, platform: Platform): Promise<Chosen> {
  const chosen = await chooseInstalled(layout, text, platform);
  await demandUsable(layout, chosen.stored);
  return chosen;
}
