import { readFile } from "node:fs/promises";
import { sha256File, sha256Hex } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import { hashGoMod, hashModuleZip, type ModuleVersion } from "../module/index.ts";
import {
  isSealed,
  parseProof,
  storedPath,
  withLocalFile,
  type FileProof,
  type ObjectStore,
  type ProvenKind,
  type StoredVersion,
} from "../proxy/index.ts";
import type { Fault, FaultKind } from "./types.ts";

/** What the database's record says of a version; a fault where it cannot be proven. Undefined: it is not the database that vouches. */
export type RecordOf = (module: ModuleVersion) => Promise<PublishedHashes | Omit<Fault, "path" | "module">>;

export interface PublishedHashes {
  readonly h1: string;
  readonly goModH1: string;
  /** `sum.golang.org#123456`. */
  readonly proven: string;
}

export interface CheckedVersion {
  readonly bytes: number;
  readonly faults: readonly Fault[];
}

/** Holds each file of a version against its proof, and each proof against the database. */
export async function verifyVersion(
  store: ObjectStore,
  { path, version, files }: StoredVersion,
  database: string,
  recordOf: RecordOf,
): Promise<CheckedVersion> {
  const module = { path, version };
  const faults: Fault[] = [];
  const found = (ending: string, kind: FaultKind, detail?: string): void =>
    void faults.push({ path: storedPath(module, ending), kind, module, ...(detail === undefined ? {} : { detail }) });
  const has = (ending: string): boolean => files.has(storedPath(module, ending).split("/@v/")[1] ?? "");
  let bytes = 0;
  let published: Awaited<ReturnType<RecordOf>> | undefined;
  for (const kind of ["mod", "zip"] as const) {
    if (!has(kind)) {
      if (has(`${kind}.proof`)) found(kind, "missing", "its proof is there");
      else if (kind === "mod") found(kind, "missing");
      continue;
    }
    if (!has(`${kind}.proof`)) {
      found(kind, "unproven");
      continue;
    }
    const text = (await store.read(storedPath(module, `${kind}.proof`))) ?? Buffer.alloc(0);
    const proof = parseProof(text);
    if (proof === undefined || !isSealed(text)) {
      found(`${kind}.proof`, "proof");
      continue;
    }
    bytes += proof.size;
    const problem = await problemOfFile(store, kind, module, proof);
    if (problem !== undefined) found(kind, "changed", problem);
    // What nobody but its source vouches for has no record.
    if (!proof.proven.startsWith(`${database}#`)) continue;
    published ??= await recordOf(module);
    if ("kind" in published) {
      found(`${kind}.proof`, published.kind, published.detail);
      continue;
    }
    const hash = kind === "zip" ? published.h1 : published.goModH1;
    if (hash !== proof.h1) found(`${kind}.proof`, "record", `${hash} is published, ${proof.h1} was proven`);
    else if (proof.proven !== published.proven) found(`${kind}.proof`, "record", `its record is ${published.proven}`);
  }
  if (has("info")) {
    const problem = await problemOfInfo(store, module, has("info.proof"));
    if (problem !== undefined) found(problem.ending, problem.kind, problem.detail);
  } else if (has("zip") || has("info.proof")) found("info", "missing");
  return { bytes, faults };
}

/** Size, digest of the bytes, and the hash that go.sum has. */
async function problemOfFile(
  store: ObjectStore,
  kind: ProvenKind,
  module: ModuleVersion,
  proof: FileProof,
): Promise<string | undefined> {
  const path = storedPath(module, kind);
  const file = await store.open(path);
  if (file === undefined) return "it cannot be read";
  await file[Symbol.asyncDispose]();
  if (file.size !== proof.size) return `${file.size} octets instead of ${proof.size}`;
  return await withLocalFile(store, path, async (local) => {
    if ((await sha256File(local)) !== proof.sha256) return "its SHA-256 is another";
    try {
      const h1 =
        kind === "zip" ? await hashModuleZip(local, module.path, module.version) : hashGoMod(await readFile(local));
      return h1 === proof.h1 ? undefined : `${h1} instead of ${proof.h1}`;
    } catch (error) {
      if (error instanceof MedkitError) return error.code;
      throw error;
    }
  });
}

interface InfoProblem {
  readonly ending: string;
  readonly kind: FaultKind;
  readonly detail?: string;
}

async function problemOfInfo(
  store: ObjectStore,
  module: ModuleVersion,
  isProven: boolean,
): Promise<InfoProblem | undefined> {
  const bytes = (await store.read(storedPath(module, "info"))) ?? Buffer.alloc(0);
  if (!isProven) return { ending: "info", kind: "unproven" };
  const proof = (await store.read(storedPath(module, "info.proof"))) ?? Buffer.alloc(0);
  if (!isSealed(proof)) return { ending: "info.proof", kind: "proof" };
  if (!proof.includes(`"sha256":"${sha256Hex(bytes)}"`))
    return { ending: "info", kind: "changed", detail: "its SHA-256 is another" };
  return bytes.includes(`"Version":"${module.version}"`)
    ? undefined
    : { ending: "info", kind: "changed", detail: "of another version" };
}
