import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { KeyObject } from "node:crypto";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError } from "../core/errors.ts";
import { platformText } from "../core/go-version.ts";
import type { TreeHead } from "../module/index.ts";
import { REBUILT_UNMATCHED } from "../core/toolchain-words.ts";
import type { KitToolchainTree } from "./acquire.ts";
import type { KitModules } from "./build-modules.ts";
import { keepModuleLicences, keepToolchainLicences, type LicenceRecord } from "./documents.ts";
import { dynamicPrograms } from "./dynamic-programs.ts";
import { hashFiles, listKit } from "./inventory.ts";
import { formatManifest } from "./manifest.ts";
import { readmeText } from "./readme.ts";
import { formatCycloneDx, formatSpdx, type Component } from "./sbom.ts";
import { keyFingerprint, publicPem, signManifest } from "./signature.ts";
import { formatSumFile, isKitPath, sumFileFor, type SumLine } from "./sum-file.ts";
import type { PackedTools } from "./tools.ts";
import type { KitManifest, KitPlan, ManifestCache } from "./types.ts";

export interface FinishInput {
  readonly plan: KitPlan;
  /** The kit's folder, with everything in it but documents, sums, manifest and signature. */
  readonly kit: string;
  readonly packed: readonly KitToolchainTree[];
  readonly modules: KitModules;
  readonly caches: readonly ManifestCache[];
  readonly tools: PackedTools | undefined;
  readonly head: TreeHead;
  /** The database's verifier key. */
  readonly key: string;
  readonly mtime: number;
  readonly signKey: KeyObject | undefined;
  readonly madeBy: KitManifest["madeBy"];
}

export interface FinishedKit {
  readonly manifest: KitManifest;
  /** Every file of the kit. */
  readonly paths: readonly string[];
  /** Fingerprint of the key that signed; undefined: not signed. */
  readonly signer: string | undefined;
  /** The signer's public key, PEM. */
  readonly publicKey: string | undefined;
}

async function put(kit: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(kit, path)), { recursive: true });
  await writeFile(join(kit, path), text);
}

/** What is inside, for both SBOM formats: toolchains, modules with content, this tool, its runtime and packages. */
function components(input: FinishInput, licences: ReadonlyMap<string, LicenceRecord>): readonly Component[] {
  const { packed, modules, tools } = input;
  const go = packed.map((toolchain): Component => {
    const { version, platform } = toolchain.request;
    return {
      kind: "toolchain",
      name: "go",
      version,
      purl: `pkg:golang/golang.org/toolchain@${toolchain.moduleVersion}?os=${platform.os}&arch=${platform.arch}`,
      licences: licences.get(`go${version}`)?.spdx ?? [],
      h1: toolchain.h1,
    };
  });
  const listed = modules.manifest.flatMap((module): Component[] =>
    module.h1 === undefined
      ? []
      : [
          {
            kind: "module",
            name: module.path,
            version: module.version,
            purl: `pkg:golang/${module.path}@${encodeURIComponent(module.version)}`,
            licences: licences.get(`${module.path}@${module.version}`)?.spdx ?? [],
            h1: module.h1,
          },
        ],
  );
  return [...go, ...listed, ...(tools?.components ?? [])];
}

async function writeDocuments(input: FinishInput, created: string): Promise<readonly string[]> {
  const { kit, plan, packed, modules, tools, madeBy } = input;
  const records: LicenceRecord[] = [];
  const seen = new Set<string>();
  for (const toolchain of packed) {
    if (seen.has(toolchain.request.version)) continue;
    seen.add(toolchain.request.version);
    records.push(await keepToolchainLicences(kit, toolchain));
  }
  records.push(...(await keepModuleLicences(kit, modules.tree, modules.modules)));
  for (const [path, text] of tools?.licences ?? []) await put(kit, `licenses/${path}`, text);
  const licences = new Map(records.map((record) => [record.component, record]));
  const subject = { name: plan.name, version: plan.version, created, toolVersion: madeBy.tool.replace(/^medkit /, "") };
  const parts = components(input, licences);
  await put(kit, "sbom.cdx.json", formatCycloneDx(subject, parts));
  await put(kit, "sbom.spdx.json", formatSpdx(subject, parts));
  await put(kit, "README.txt", readmeText(plan, packed));
  return records.filter((record) => record.files.length === 0).map((record) => record.component);
}

async function coveredFiles(kit: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await listKit(kit)) {
    if (entry.type === "folder") continue;
    if (entry.type !== "file" || !isKitPath(entry.path)) throw new MedkitError("KIT_PATH_UNFIT", { path: entry.path });
    paths.push(entry.path);
  }
  return paths;
}

/** Writes documents, sum files, manifest and signature. Nothing in the kit may change after it. */
export async function finishKit(input: FinishInput): Promise<FinishedKit> {
  const { plan, kit, packed, modules, caches, tools, head, signKey } = input;
  const created = new Date(input.mtime * 1000).toISOString().replace(".000Z", "Z");
  const withoutLicence = await writeDocuments(input, created);
  const paths = await coveredFiles(kit);
  const digests = await hashFiles(kit, paths);
  const bySumFile = Map.groupBy(
    paths.map((path): SumLine => ({ path, sha256: digests.get(path) ?? "" })),
    (line) => sumFileFor(line.path) ?? "",
  );
  const sums: Record<string, string> = {};
  for (const name of [...bySumFile.keys()].toSorted()) {
    const text = formatSumFile(bySumFile.get(name) ?? []);
    await put(kit, name, text);
    sums[name] = sha256Hex(text);
  }
  const executables = paths.filter((path) => /^[^/]+\.sh$/.test(path) || path === "bin/medkit");
  const dynamic = await Promise.all(packed.map(({ goroot, files }) => dynamicPrograms(goroot, files)));
  const manifest: KitManifest = {
    schema: "medkit/kit/v1",
    name: plan.name,
    version: plan.version,
    created,
    sums,
    executables,
    toolchains: packed.map((toolchain, index) => ({
      version: toolchain.request.version,
      platform: platformText(toolchain.request.platform),
      module: `golang.org/toolchain@${toolchain.moduleVersion}`,
      h1: toolchain.h1,
      verifiedBy: toolchain.evidence === undefined ? REBUILT_UNMATCHED : "checksum-database",
      source: toolchain.source,
      ...(toolchain.evidence === undefined ? { rebuilt: toolchain.rebuilt } : { proof: toolchain.evidence }),
      ...(dynamic[index]?.length ? { dynamic: dynamic[index] } : {}),
      files: toolchain.files.length,
      bytes: toolchain.files.reduce((sum, file) => sum + file.size, 0),
    })),
    moduleSets: plan.moduleSets.map((set) => ({
      goVersion: set.goVersion,
      named: set.modules.map((module) => `${module.path}@${module.version}`),
      packages: [
        ...(modules.closures.find((closure) => closure.goVersion === set.goVersion)?.packages.values() ?? []),
      ].flat().length,
    })),
    modules: modules.manifest,
    caches,
    tools: tools?.tools ?? [],
    checksumDatabase: {
      name: input.key.split("+", 1)[0] ?? "",
      key: input.key,
      head: head.note,
      records: modules.records,
    },
    withoutLicence,
    madeBy: input.madeBy,
  };
  const text = formatManifest(manifest);
  await put(kit, "manifest.json", text);
  const last = ["manifest.json"];
  if (signKey !== undefined) {
    await put(kit, "manifest.json.sig", signManifest(text, signKey));
    await put(kit, "signer.pem", publicPem(signKey));
    last.push("manifest.json.sig", "signer.pem");
  }
  const lines = await Promise.all(
    last.map(async (path): Promise<SumLine> => ({ path, sha256: sha256Hex(await readFile(join(kit, path))) })),
  );
  await put(kit, "manifest.sha256sum", formatSumFile(lines));
  return {
    manifest,
    paths: [...paths, ...Object.keys(sums), ...last, "manifest.sha256sum"],
    signer: signKey === undefined ? undefined : keyFingerprint(signKey),
    publicKey: signKey === undefined ? undefined : publicPem(signKey),
  };
}
