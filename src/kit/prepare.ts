import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { refuseForeignConfig } from "../core/foreign-file.ts";
import { MedkitError, systemCode } from "../core/errors.ts";
import { writeFileAtomic, type Layout } from "../state/index.ts";
import { readPrivateKey } from "./signature.ts";

/** `medkit.yaml` here or in a folder above. CONFIG_NOT_FOUND. */
export async function findConfig(cwd: string): Promise<string> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const candidate = join(folder, "medkit.yaml");
    try {
      await access(candidate);
    } catch {
      if (dirname(folder) === folder) throw new MedkitError("CONFIG_NOT_FOUND", { path: join(cwd, "medkit.yaml") });
      continue;
    }
    await refuseForeignConfig(candidate);
    return candidate;
  }
}

/** Reads a text file that a person named; CONFIG_NOT_FOUND where it is absent. */
export async function readConfigText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw new MedkitError("CONFIG_NOT_FOUND", { path }, { cause: error });
    throw new MedkitError("FILE_UNREADABLE", { path }, { cause: error });
  }
}

/** The key that signs kits of this home: made at first use, readable by its owner only. */
export async function homeSigningKey(layout: Layout): Promise<{ readonly key: KeyObject; readonly path: string }> {
  const path = layout.key("kit-signing.pem");
  try {
    return { key: readPrivateKey(await readFile(path, "utf8"), path), path };
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  const { privateKey } = generateKeyPairSync("ed25519");
  await writeFileAtomic(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return { key: privateKey, path };
}

const lockSchema = z.strictObject({
  schema: z.literal("medkit/kit-lock/v1"),
  /** The signed tree head of the checksum database that everything is proven against. */
  head: z.string(),
  /** Seconds since 1970: the time of every file in the kit. */
  sourceDate: z.int().positive(),
});

export type KitLock = z.infer<typeof lockSchema>;

/** What would differ from day to day, written down: with it the same configuration gives the same bytes. Undefined where the file is absent. */
export async function readLock(path: string): Promise<KitLock | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new MedkitError("FILE_UNREADABLE", { path }, { cause: error });
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new MedkitError(
      "CONFIG_INVALID",
      { file: path, line: 1, problem: "not a medkit/kit-lock/v1 file" },
      { cause: error },
    );
  }
}

export function writeLock(path: string, lock: Omit<KitLock, "schema">): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify({ schema: "medkit/kit-lock/v1", ...lock }, null, 2)}\n`);
}
