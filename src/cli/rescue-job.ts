import { fstatSync } from "node:fs";
import { MedkitError, systemCode } from "../core/errors.ts";
import { openKit, type KitAccess } from "../rescue/index.ts";
import type { CommandContext } from "./context.ts";
import { readKeyFile } from "./key-file.ts";

/** The kit to take remedies from: the one that was named, else the one that is active in this shell. Never one that a project names. */
export async function rescueKit(
  context: CommandContext,
  flags: { readonly kit: string | undefined; readonly signer?: string | undefined },
): Promise<KitAccess | undefined> {
  const { ports } = context;
  const folder = flags.kit ?? ports.env["MEDKIT_KIT"];
  let signer;
  if (flags.signer !== undefined) {
    const { readPublicKey } = await import("../kit/index.ts");
    signer = readPublicKey(await readKeyFile(flags.signer), flags.signer);
  }
  if (folder === undefined || folder === "") return undefined;
  try {
    return await openKit(ports, folder, signer);
  } catch (error) {
    // A kit that was only active, and is gone, is no reason to refuse help.
    if (flags.kit === undefined && error instanceof MedkitError) return undefined;
    throw error;
  }
}

/** medkit's home, or undefined on a host without one. */
export async function homeOrNone(context: CommandContext): Promise<string | undefined> {
  try {
    return await context.home();
  } catch (error) {
    if (error instanceof MedkitError && error.code === "HOST_NO_HOME") return undefined;
    throw error;
  }
}

/** Whether stdout and stderr are one file, pipe or terminal; false where one is closed. */
export function sameOutput(): boolean {
  try {
    const [out, err] = [fstatSync(1), fstatSync(2)];
    return out.dev === err.dev && out.ino === err.ino && out.rdev === err.rdev;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}
