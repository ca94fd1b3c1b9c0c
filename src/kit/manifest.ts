import { z } from "zod";
import { MedkitError } from "../core/errors.ts";
import type { KitManifest } from "./types.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const h1 = z.string().regex(/^h1:[A-Za-z0-9+/]{43}=$/);

/** The schema of `manifest.json`; `schemas/kit-manifest-v1.schema.json` is generated from it. */
export const manifestSchema = z.strictObject({
  schema: z.literal("medkit/kit/v1"),
  name: z.string(),
  version: z.string(),
  created: z.iso.datetime(),
  sums: z.record(z.string(), sha256),
  executables: z.array(z.string()),
  toolchains: z.array(
    z.strictObject({
      version: z.string(),
      platform: z.string(),
      module: z.string(),
      h1,
      verifiedBy: z.enum(["checksum-database", "rebuilt-unmatched"]),
      source: z.string(),
      proof: z
        .strictObject({
          recordId: z.int().nonnegative(),
          record: z.string(),
          treeSize: z.int().positive(),
          hashes: z.array(z.string()),
        })
        .optional(),
      rebuilt: z
        .strictObject({
          source: z.strictObject({ name: z.string(), h1 }),
          bootstrap: z.strictObject({ name: z.string(), h1 }),
          match: z.enum(["checksum-database", "reference", "second-rebuild", "none"]),
          signaturesStripped: z.int().nonnegative().optional(),
        })
        .optional(),
      dynamic: z.array(z.string()).optional(),
      files: z.int().positive(),
      bytes: z.int().positive(),
    }),
  ),
  moduleSets: z.array(
    z.strictObject({ goVersion: z.string(), named: z.array(z.string()), packages: z.int().nonnegative() }),
  ),
  modules: z.array(
    z.strictObject({
      path: z.string(),
      version: z.string(),
      h1: h1.optional(),
      goModH1: h1,
      verifiedBy: z.enum(["checksum-database", "kit-signature"]),
    }),
  ),
  caches: z.array(
    z.strictObject({
      goVersion: z.string(),
      platform: z.string(),
      cgo: z.boolean(),
      entries: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      compiler: z.string().optional(),
    }),
  ),
  tools: z.array(
    z.strictObject({
      platform: z.string(),
      libc: z.string().optional(),
      file: z.string(),
      sha256,
      bytes: z.int().positive(),
      version: z.string(),
      runtime: z.string(),
    }),
  ),
  checksumDatabase: z.strictObject({
    name: z.string(),
    key: z.string(),
    head: z.string(),
    records: z.int().nonnegative(),
  }),
  withoutLicence: z.array(z.string()),
  madeBy: z.strictObject({ tool: z.string(), runtime: z.string() }),
});

/** The file's text: two-space JSON, members in the order of the schema, final newline (`verify.sh` reads some of its lines). */
export function formatManifest(manifest: KitManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads `manifest.json`; anything that is not a manifest of this schema is an integrity failure. */
export function parseManifest(text: string): KitManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MedkitError("KIT_MANIFEST_INVALID", { problem: "not JSON" }, { cause: error });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new MedkitError("KIT_MANIFEST_INVALID", {
      problem: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    });
  }
  return parsed.data as KitManifest;
}
